/**
 * Runs tasks on the calling thread, one after another: for the library, for tests, for `--workers
 * 0`.
 */
import { setImmediate } from 'node:timers/promises';
import { runInput } from '../task/run-input.js';
import { runSpan } from '../task/run-span.js';
import type { InputResult, RunSettings, Task, TaskResult } from '../task/task.js';
import type { Executor, WorkerProgress } from './executor.js';
import { enqueue, type QueuedTask } from './task-queue.js';

const WORKER = 'main';
const WAITING: WorkerProgress = { worker: WORKER, inputIndex: null, offsetBytes: 0 };

export function createInlineExecutor(settings: RunSettings): Executor {
  const queue: QueuedTask[] = [];
  let isClosed = false;
  let isRunning = false;
  let now = WAITING;
  const progressAt = (inputIndex: number) => (offsetBytes: number) => {
    now = { worker: WORKER, inputIndex, offsetBytes };
  };
  const runPack = async (inputs: Extract<Task, { kind: 'pack' }>['inputs']) => {
    const results: InputResult[] = [];
    for (const input of inputs) {
      // Signals and timers have their turn between inputs.
      await setImmediate();
      if (isClosed) return null;
      progressAt(input.index)(0);
      results.push(
        await runInput(input, settings[input.settingsIndex]!, WORKER, progressAt(input.index)),
      );
    }
    return results;
  };
  const runStep = async (task: Extract<Task, { kind: 'span' }>) => {
    await setImmediate();
    if (isClosed) return null;
    return runSpan(task, settings[task.input.settingsIndex]!, WORKER, progressAt(task.input.index));
  };
  const runAll = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { task, resolve } = next;
      resolve(await (task.kind === 'pack' ? runPack(task.inputs) : runStep(task)));
      now = WAITING;
    }
    isRunning = false;
  };
  return {
    workerCount: 1,
    submit: <T extends Task>(task: T, order: number) =>
      new Promise<TaskResult<T> | null>((resolve) => {
        enqueue(queue, { task, order, resolve: resolve as QueuedTask['resolve'] });
        if (isRunning) return;
        isRunning = true;
        void runAll();
      }),
    progress: () => [now],
    async close() {
      isClosed = true;
    },
  };
}
