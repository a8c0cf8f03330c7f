/** `csvclean sniff`: how each input would be read. Writes nothing that stays. */
import { CsvcleanError } from '../base/error.js';
import type { Options } from '../options/options.js';
import { compressionOf } from '../store/compression.js';
import { makeScratch, removeScratch, tempPathIn } from '../store/temp-name.js';
import { type InputSniffed, sniffInput } from '../task/sniff-input.js';
import type { TaskInput } from '../task/task.js';
import { type FoundInput, findInputs } from './find-inputs.js';
import { toTaskInput } from './plan-tasks.js';
import { settingsOf } from './settings-of-options.js';

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
  const settings = { ...settingsOf(options), isInPlace: false };
  const scratch = makeScratch();
  try {
    for (const [index, input] of found.entries()) {
      yield await sniffInput(taskOf(input, index, scratch), settings);
    }
  } finally {
    removeScratch(scratch);
  }
}

/** An input that has no output. */
export function taskOf(input: FoundInput, index: number, scratch: string): TaskInput {
  const outputs = { outputPath: null, outputName: '', outputCompression: null };
  const rejects = { rejectsPath: null, rejectsName: null };
  const compression = compressionOf(input.path);
  return toTaskInput({ ...input, index, compression, ...outputs, ...rejects }, tempPathIn, scratch);
}
