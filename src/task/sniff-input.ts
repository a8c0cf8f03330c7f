/** Finds out how one input would be read, without cleaning it. */
import type { PlainError } from '../base/error.js';
import { checkEncoding } from '../engine/check-encoding.js';
import type { Warning } from '../engine/engine.js';
import { closeInput, type InputFile, openInput } from '../store/input-file.js';
import { doubtsOf } from './doubt-dialect.js';
import { sourceOfFile, walkContext } from './file-source.js';
import { UTF8 } from './find-encoding.js';
import {
  makeReadable,
  type Readable,
  removeReadable,
  tryEncodings,
  withReadable,
} from './make-readable.js';
import { placedError } from './placed-error.js';
import { readTextHeader } from './read-text.js';
import { removeTemps } from './run-input.js';
import { spooledInput, spoolInput } from './spool-input.js';
import type { FoundDialect, TaskInput, TaskSettings } from './task.js';

/** How an input would be read, or why it would not be. */
export interface InputSniffed {
  readonly input: string;
  readonly dialect: FoundDialect | null;
  /** Names of the columns, as they stand in the input. */
  readonly columns: readonly string[];
  readonly warnings: readonly Warning[];
  readonly error: PlainError | null;
}

/** All of the input is read: one byte may tell that it is not UTF-8. */
export async function sniffInput(input: TaskInput, settings: TaskSettings): Promise<InputSniffed> {
  try {
    return { input: input.name, ...(await sniffAny(input, settings)), error: null };
  } catch (error) {
    const nothing = { dialect: null, columns: [], warnings: [] };
    return { input: input.name, ...nothing, error: placedError(error, input.name) };
  } finally {
    removeTemps(input);
  }
}

async function sniffAny(input: TaskInput, settings: TaskSettings) {
  if (input.compression === null) return sniffFile(input, settings);
  return sniffFile(spooledInput(input, await spoolInput(input, settings)), settings);
}

async function sniffFile(input: TaskInput, settings: TaskSettings) {
  const file = openInput(input.path);
  try {
    const readable = await tryEncodings(
      settings,
      (isOther) => checkedReadable(file, input, settings, isOther),
      () => removeReadable(input),
    );
    const { form, found: dialect, warnings } = readable;
    const header = withReadable(file, readable, input, (readFile) =>
      readTextHeader(sourceOfFile(readFile), walkContext(settings, form)),
    );
    const doubts = [...warnings, ...doubtsOf(header, dialect)];
    return { dialect, columns: header.names, warnings: doubts };
  } finally {
    closeInput(file);
  }
}

/** @throws CsvcleanError NOT_UTF8 for what a run would find to be none. */
async function checkedReadable(
  file: InputFile,
  input: TaskInput,
  settings: TaskSettings,
  isOther: boolean,
): Promise<Readable> {
  const readable = await makeReadable(file, input, settings, isOther);
  const { dialect, layout } = readable.form;
  const mayBeOther = readable.found.encoding === UTF8 && !layout.rejectsBadBytes;
  if (mayBeOther) checkEncoding(sourceOfFile(file), dialect.recordEnd);
  return readable;
}
