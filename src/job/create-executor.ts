/** Where the tasks of a run are run: on how many threads, or on none. */
import { availableCpus } from '../executor/available-cpus.js';
import type { Executor } from '../executor/executor.js';
import { createInlineExecutor } from '../executor/inline.js';
import { planMemory } from '../executor/plan-memory.js';
import type { Options } from '../options/options.js';
import type { RunSettings, TaskSettings } from '../task/task.js';
import type { PlannedInput } from './plan-outputs.js';
import { packInputs } from './plan-tasks.js';
import { isLarge, isStreamable, LIKELY_RATIO } from './run-inputs.js';

/** Less is cleaned sooner than a thread starts, in bytes. */
const SMALL_JOB_BYTES = 8 * 2 ** 20;

export function totalBytes(inputs: readonly { readonly sizeBytes: number }[]): number {
  return inputs.reduce((sum, input) => sum + input.sizeBytes, 0);
}

/** How much there is to clean, as far as that is known: compressed inputs are estimated. */
function likelyBytes(inputs: readonly PlannedInput[]): number {
  return inputs.reduce(
    (sum, { sizeBytes, compression }) =>
      sum + sizeBytes * (compression === null ? 1 : LIKELY_RATIO),
    0,
  );
}

/** How many tasks there can be at one time. */
function mostAtOnce(
  inputs: readonly PlannedInput[],
  settings: RunSettings,
  spanBytes: number,
): number {
  // A stream may be of any length.
  const of = (input: PlannedInput): TaskSettings => settings[input.settingsIndex]!;
  const isSpooled = inputs.some((input) => input.isStream && !isStreamable(of(input)));
  if (isSpooled) return Number.POSITIVE_INFINITY;
  const likely = inputs.map((input) => ({ ...input, sizeBytes: likelyBytes([input]) }));
  const large = likely.filter((input) => isLarge(input, of(input), spanBytes));
  return packInputs(inputs).length + Math.ceil(totalBytes(large) / spanBytes);
}

/** Threads, unless none were asked for, or the job is small and nobody asked for some. */
export async function createExecutor(
  settings: RunSettings,
  options: Options,
  inputs: readonly PlannedInput[],
  workers = options.workers,
): Promise<Executor> {
  // Only a thread can be stopped when its time is over.
  // Only beside one can streams be read and written.
  const hasStream = inputs.some((input) => input.isStream || input.outputPath === null);
  const needsThread = options.timeout !== null || options.baseline || hasStream;
  const isSmall = workers === 'auto' && likelyBytes(inputs) <= SMALL_JOB_BYTES && !needsThread;
  if ((workers === 0 && !hasStream) || isSmall) return createInlineExecutor(settings);
  const wanted = workers === 'auto' ? availableCpus() : Math.max(1, workers);
  const { createThreadPool } = await import('../executor/thread-pool/thread-pool.js');
  return createThreadPool(settings, {
    workerCount: Math.max(1, Math.min(wanted, mostAtOnce(inputs, settings, options.spanSize))),
    heapMiB: planMemory(options.maxMemory).heapMiB,
    timeoutMs: options.timeout === null ? null : options.timeout * 1000,
  });
}
