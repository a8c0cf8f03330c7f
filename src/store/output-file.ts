/**
 * An output while it is written: a temporary file beside its final name, created anew, never
 * through a link. It becomes the output only by `replaceFile`.
 */
import { constants, lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ContentMark, EMPTY_MARK, extendMark } from './digest.js';
import { closeQuietly, fileSystem } from './file-system.js';
import { isAbsent, storeError } from './store-error.js';

export interface OutputFile {
  readonly path: string;
  fd: number | null;
  /** Of all that was written through it, in the order of the calls. */
  mark: ContentMark;
}

const CREATE =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
const REOPEN = constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);
const DEFAULT_MODE = 0o666;

/** Creates `path`, which must not exist, and its folder. @throws CsvcleanError CANNOT_WRITE. */
export function createOutput(path: string): OutputFile {
  const folder = dirname(path);
  try {
    fileSystem.mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw storeError('CANNOT_WRITE', error, folder, `cannot create the folder ${folder}`);
  }
  try {
    return { path, fd: fileSystem.openSync(path, CREATE, DEFAULT_MODE), mark: EMPTY_MARK };
  } catch (error) {
    throw storeError('CANNOT_WRITE', error, path);
  }
}

/**
 * The most that one call writes: Linux takes large pages for large writes, and longer to find them
 * than to fill small ones (10 MB at once: 2 – 3 times as long).
 */
const PIECE_BYTES = 1 << 20;

/**
 * Writes all of `bytes`, in as many calls as the system takes. Throws what the system says.
 * @param offsetBytes where; null: behind what was last written.
 */
export function writeFully(fd: number, bytes: Uint8Array, offsetBytes: number | null = null): void {
  let done = 0;
  while (done < bytes.length) {
    const length = Math.min(PIECE_BYTES, bytes.length - done);
    const position = offsetBytes === null ? null : offsetBytes + done;
    done += fileSystem.writeSync(fd, bytes, done, length, position);
  }
}

/** Creates an output whose parts are written by `openPart`. @throws CsvcleanError CANNOT_WRITE. */
export function createEmpty(path: string): void {
  const output = createOutput(path);
  try {
    finishOutput(output, false);
  } catch (error) {
    discardOutput(output);
    throw error;
  }
}

/** The end of an output in parts: as `finishOutput`. */
export function finishParts(path: string, isDurable: boolean, mode: number | null): void {
  finishOutput(openPart(path), isDurable, mode);
}

/**
 * Opens an output that `createEmpty` made, to write a part of it.
 * @throws CsvcleanError CANNOT_WRITE.
 */
export function openPart(path: string): OutputFile {
  try {
    return { path, fd: fileSystem.openSync(path, REOPEN), mark: EMPTY_MARK };
  } catch (error) {
    throw storeError('CANNOT_WRITE', error, path);
  }
}

/**
 * Appends all of `bytes`, or writes them from `offsetBytes` on.
 * @throws CsvcleanError CANNOT_WRITE.
 */
export function writeOutput(
  output: OutputFile,
  bytes: Uint8Array,
  offsetBytes: number | null = null,
): void {
  try {
    writeFully(output.fd!, bytes, offsetBytes);
  } catch (error) {
    throw storeError('CANNOT_WRITE', error, output.path);
  }
  output.mark = extendMark(output.mark, bytes);
}

/**
 * Closes the finished file.
 * @param isDurable waits until the disk has it.
 * @param mode permission bits to give it, or null for the default ones.
 */
export function finishOutput(
  output: OutputFile,
  isDurable: boolean,
  mode: number | null = null,
): void {
  const { fd } = output;
  try {
    if (mode !== null) fileSystem.fchmodSync(fd!, mode);
    if (isDurable) fileSystem.fsyncSync(fd!);
    output.fd = null;
    fileSystem.closeSync(fd!);
  } catch (error) {
    throw storeError('CANNOT_WRITE', error, output.path);
  }
}

/** Closes and removes what was begun. Never throws: it runs while another error is on its way. */
export function discardOutput(output: OutputFile): void {
  if (output.fd !== null) closeQuietly(output.fd);
  output.fd = null;
  removeQuietly(output.path);
}

/** Removes a file if it is there. Never throws. @returns whether none is left. */
export function removeQuietly(path: string): boolean {
  try {
    // Mostly nothing is there, and an error costs ten times the look.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return true;
    fileSystem.unlinkSync(path);
    return true;
  } catch (error) {
    return isAbsent(error);
  }
}

/** Puts a finished file under its final name, in one step. @throws CsvcleanError CANNOT_WRITE. */
export function replaceFile(tempPath: string, finalPath: string, isDurable: boolean): void {
  try {
    fileSystem.renameSync(tempPath, finalPath);
    if (isDurable) syncFolder(dirname(finalPath));
  } catch (error) {
    throw storeError('CANNOT_WRITE', error, finalPath);
  }
}

/** Waits until the disk has a folder's entries. */
export function syncFolder(path: string): void {
  const fd = fileSystem.openSync(path, 'r');
  try {
    fileSystem.fsyncSync(fd);
  } finally {
    closeQuietly(fd);
  }
}
