/** Finds out how one input would be read, without cleaning it. */
import { CsvcleanError, type PlainError } from '../base/error.js';
import { checkEncoding } from '../engine/check-encoding.js';
import type { Warning } from '../engine/engine.js';
import { closeInput, type InputFile, openInput } from '../store/input-file.js';
import { doubtsOf } from './doubt-dialect.js';
import { sourceOfFile, walkContext } from './file-source.js';
import { isOtherEncoding, makeReadable, type Readable } from './make-readable.js';
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
    const readable = await readableText(file, input, settings);
    const readFile = readable.path === input.path ? file : openInput(readable.path);
    try {
      const { form, found: dialect, warnings } = readable;
      const header = readTextHeader(sourceOfFile(readFile), walkContext(settings, form));
      const doubts = [...warnings, ...doubtsOf(header, dialect)];
      return { dialect, columns: header.names, warnings: doubts };
    } finally {
      if (readFile !== file) closeInput(readFile);
    }
  } finally {
    closeInput(file);
  }
}

async function readableText(
  file: InputFile,
  input: TaskInput,
  settings: TaskSettings,
): Promise<Readable> {
  try {
    const readable = await makeReadable(file, input, settings, false);
    const { dialect, layout } = readable.form;
    const isChecked = layout.rejectsBadBytes || readable.isRewritten;
    if (!isChecked) checkEncoding(sourceOfFile(file), dialect.recordEnd);
    return readable;
  } catch (error) {
    const code = error instanceof CsvcleanError ? error.code : undefined;
    if (!isOtherEncoding(code, settings)) throw error;
    return makeReadable(file, input, settings, true);
  }
}
