/**
 * Runs tasks on the calling thread, one after another: for the library, for tests, for `--workers
 * 0`.
 */
import { setImmediate } from 'node:timers/promises';
import { runInput } from '../task/run-input.js';
import type { InputResult, Task, TaskSettings } from '../task/task.js';
import type { Executor, WorkerProgress } from './executor.js';

const WORKER = 'main';

export function createInlineExecutor(settings: TaskSettings): Executor {
  let isClosed = false;
  let now: WorkerProgress = { worker: WORKER, inputIndex: null, offsetBytes: 0 };
  async function* run(tasks: readonly Task[]): AsyncGenerator<InputResult> {
    for (const input of tasks.flatMap((task) => task.inputs)) {
      // Signals and timers have their turn between inputs.
      await setImmediate();
      if (isClosed) return;
      now = { worker: WORKER, inputIndex: input.index, offsetBytes: 0 };
      const result = await runInput(input, settings, WORKER, (offsetBytes) => {
        now = { worker: WORKER, inputIndex: input.index, offsetBytes };
      });
      now = { worker: WORKER, inputIndex: null, offsetBytes: 0 };
      yield result;
    }
  }
  return {
    workerCount: 1,
    run,
    progress: () => [now],
    async close() {
      isClosed = true;
    },
  };
}
