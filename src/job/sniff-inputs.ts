/** `csvclean sniff`: how each input would be read. Writes nothing that stays. */
import { CsvcleanError } from '../base/error.js';
import type { Options } from '../options/options.js';
import { makeScratch, removeScratch } from '../store/temp-name.js';
import { type InputSniffed, sniffInput } from '../task/sniff-input.js';
import { findInputs } from './find-inputs.js';
import { toTaskWithoutOutput } from './plan-tasks.js';
import { settingsByInput } from './settings-by-input.js';

/**
 * In the order of the inputs.
 * @throws CsvcleanError for wrong usage: a stream among them, or none at all.
 */
export async function* sniffInputs(options: Options): AsyncGenerator<InputSniffed> {
  const found = await findInputs(options, () => false);
  const stream = found.find(({ isStream }) => isStream);
  if (stream !== undefined) {
    throw new CsvcleanError('USAGE', `${stream.name} is a stream, which comes only once`, {
      remedy: 'Write it to a file first.',
    });
  }
  const { all, indexes } = await settingsByInput(found, options);
  const scratch = makeScratch();
  try {
    for (const [index, input] of found.entries()) {
      const settings = { ...all[indexes[index]!]!, isInPlace: false };
      yield await sniffInput(toTaskWithoutOutput(input, index, scratch), settings);
    }
  } finally {
    removeScratch(scratch);
  }
}
