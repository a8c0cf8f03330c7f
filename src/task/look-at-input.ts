/** Opens an input as a run would, for a look at its header, and removes what that made. */
import { checkEncoding } from '../engine/check-encoding.js';
import type { Header } from '../engine/read-header.js';
import { closeInput, type InputFile, openInput } from '../store/input-file.js';
import { sourceOfFile, walkContext } from './file-source.js';
import { UTF8 } from './find-encoding.js';
import {
  makeReadable,
  type Readable,
  removeReadable,
  tryEncodings,
  withReadable,
} from './make-readable.js';
import { readTextHeader } from './read-text.js';
import { removeTemps } from './run-input.js';
import { spooledInput, spoolInput } from './spool-input.js';
import type { TaskInput, TaskSettings } from './task.js';

/** @param file what is read: the input, or what was made of it. */
type Look<T> = (file: InputFile, header: Header, readable: Readable) => T;

/**
 * All of the input is read: one byte may tell that it is not UTF-8.
 * @throws CsvcleanError for what a run would fail at, header included.
 */
export async function lookAtInput<T>(
  input: TaskInput,
  settings: TaskSettings,
  look: Look<T>,
): Promise<T> {
  try {
    if (input.compression === null) return await lookAtFile(input, settings, look);
    return await lookAtFile(spooledInput(input, await spoolInput(input, settings)), settings, look);
  } finally {
    removeTemps(input);
  }
}

async function lookAtFile<T>(input: TaskInput, settings: TaskSettings, look: Look<T>): Promise<T> {
  const file = openInput(input.path);
  try {
    const readable = await tryEncodings(
      settings,
      (isOther) => checkedReadable(file, input, settings, isOther),
      () => removeReadable(input),
    );
    return withReadable(file, readable, input, (readFile) => {
      const context = walkContext(settings, readable.form);
      return look(readFile, readTextHeader(sourceOfFile(readFile), context), readable);
    });
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
