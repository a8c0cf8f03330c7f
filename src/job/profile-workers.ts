/** Inputs and workers for as long as something looks at files without writing any. */
import type { Executor } from '../executor/executor.js';
import type { Options } from '../options/options.js';
import { makeScratch, removeScratch } from '../store/temp-name.js';
import type { RunSettings, TaskInput, TaskSettings } from '../task/task.js';
import type { FoundInput } from './find-inputs.js';
import { toTaskWithoutOutput } from './plan-tasks.js';
import { createProfileExecutor } from './profile-executor.js';
import { settingsByInput } from './settings-by-input.js';

export interface Looking {
  readonly inputs: readonly TaskInput[];
  readonly executor: Executor;
  readonly settings: RunSettings;
}

/**
 * Runs `look`, and takes back what it needed.
 * @param toSettings what of the options, or of those for one input, is heeded.
 * @param signal closes the executor.
 */
export async function withWorkers<T>(
  found: readonly FoundInput[],
  options: Options,
  toSettings: (options: Options) => TaskSettings,
  signal: AbortSignal,
  look: (looking: Looking) => Promise<T>,
): Promise<T> {
  const { all: settings, indexes } = await settingsByInput(found, options, toSettings);
  const scratch = makeScratch();
  const executor = await createProfileExecutor(settings, options, found);
  const stop = (): void => void executor.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const inputs = found.map((input, index) => ({
      ...toTaskWithoutOutput(input, index, scratch),
      settingsIndex: indexes[index]!,
    }));
    return await look({ inputs, executor, settings });
  } finally {
    signal.removeEventListener('abort', stop);
    await executor.close();
    removeScratch(scratch);
  }
}
