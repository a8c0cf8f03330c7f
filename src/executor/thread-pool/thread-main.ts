/** A worker thread: runs the tasks it is sent, one at a time, and keeps its shared state true. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../base/assert.js';
import { loadForRules } from '../../engine/load-for-rules.js';
import { loadProfiler, profiler } from '../../engine/profile/load-profiler.js';
import { readProfilerFile } from '../../store/kernel-file.js';
import { shareKernelModule } from '../../task/choose-engine.js';
import { runInput } from '../../task/run-input.js';
import { runSpan } from '../../task/run-span.js';
import type { InputResult, SpanResult, SpanTask, Task, TaskInput } from '../../task/task.js';
import type { FromWorker, ThreadStart, ToWorker } from '../messages.js';
import { beginInput, clearInput, reachOffset, viewThreadState } from './thread-state.js';

const start = workerData as ThreadStart;
if (start.kernel !== null) shareKernelModule(start.kernel);
const state = viewThreadState(start.state);
const port = parentPort;
assert(port !== null, 'this file runs as a worker thread');
// Awaited by the tasks: the bundler keeps modules that wait by themselves in files of their own.
const ready = Promise.all(
  start.settings.map(({ profiles, rules }) =>
    profiles ? loadProfiler(readProfilerFile) : loadForRules(rules),
  ),
);

port.on('message', (message: ToWorker) => {
  void runTask(message.task).then((answer) => port.postMessage(answer, [...givenAway(answer)]));
});

async function runTask(task: Task): Promise<FromWorker> {
  await ready;
  const result = task.kind === 'pack' ? await runPack(task.inputs) : await runStep(task);
  clearInput(state);
  return { kind: 'done', result };
}

/** What goes to the main thread without a copy. */
function givenAway({ result }: FromWorker): readonly ArrayBuffer[] {
  const value = 'value' in result ? result.value : null;
  if (value === null || typeof value !== 'object' || !('measures' in value)) return [];
  const { measures } = value;
  return measures.kind === 'profile' ? profiler().heldBuffers(measures.table) : [];
}

async function runPack(inputs: readonly TaskInput[]): Promise<readonly InputResult[]> {
  const results: InputResult[] = [];
  for (const input of inputs) {
    beginInput(state, input.index);
    results.push(
      await runInput(input, start.settings[input.settingsIndex]!, start.name, onProgress),
    );
  }
  return results;
}

async function runStep(task: SpanTask): Promise<SpanResult> {
  beginInput(state, task.input.index);
  return runSpan(task, start.settings[task.input.settingsIndex]!, start.name, onProgress);
}

function onProgress(offsetBytes: number): void {
  reachOffset(state, offsetBytes);
}
