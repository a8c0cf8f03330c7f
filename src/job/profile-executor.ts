/** Where a profile is made: on threads, unless that takes longer to begin than to do. */
import { availableCpus } from '../executor/available-cpus.js';
import type { Executor } from '../executor/executor.js';
import { createInlineExecutor } from '../executor/inline.js';
import { planMemory } from '../executor/plan-memory.js';
import type { Options } from '../options/options.js';
import { compressionOf } from '../store/compression.js';
import type { RunSettings } from '../task/task.js';
import type { FoundInput } from './find-inputs.js';
import { isLarge, LIKELY_RATIO } from './run-inputs.js';

/** Less is looked at sooner than a thread starts, in bytes. */
const SMALL_BYTES = 4 * 2 ** 20;

export async function createProfileExecutor(
  settings: RunSettings,
  { workers, spanSize, maxMemory, timeout }: Options,
  inputs: readonly FoundInput[],
): Promise<Executor> {
  const sizes = inputs.map(({ path, sizeBytes }) => {
    return sizeBytes * (compressionOf(path) === null ? 1 : LIKELY_RATIO);
  });
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const isSmall = workers === 'auto' && bytes <= SMALL_BYTES && timeout === null;
  if (workers === 0 || isSmall) return createInlineExecutor(settings);
  const atOnce = sizes.reduce((sum, sizeBytes) => {
    return (
      sum + (isLarge({ sizeBytes }, settings[0]!, spanSize) ? Math.ceil(sizeBytes / spanSize) : 1)
    );
  }, 0);
  const wanted = workers === 'auto' ? availableCpus() : workers;
  const { createThreadPool } = await import('../executor/thread-pool/thread-pool.js');
  return createThreadPool(settings, {
    workerCount: Math.max(1, Math.min(wanted, atOnce)),
    heapMiB: planMemory(maxMemory).heapMiB,
    timeoutMs: timeout === null ? null : timeout * 1000,
  });
}
