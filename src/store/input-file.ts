/**
 * An input opened for reading, with its identity: a file that changes while it is read is noticed
 * at the end. Regular files only; symbolic links to them are followed.
 */
import { fstatSync, type Stats, statSync } from 'node:fs';
import { CsvcleanError } from '../base/error.js';
import { closeQuietly, fileSystem } from './file-system.js';
import { storeError } from './store-error.js';

/** What tells that a file is still the one that was opened. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export interface InputFile {
  readonly path: string;
  readonly fd: number;
  readonly identity: FileIdentity;
  /** Permission bits. */
  readonly mode: number;
}

/** @throws CsvcleanError CANNOT_READ, or NOT_A_FILE for folders, devices, FIFOs and sockets. */
export function openInput(path: string): InputFile {
  // Looked at before it is opened: opening a FIFO would wait for a writer.
  refuseSpecial(path, statInput(path));
  let fd: number | null = null;
  try {
    fd = fileSystem.openSync(path, 'r');
    const stats = fstatSync(fd);
    refuseSpecial(path, stats);
    return { path, fd, identity: identityOf(stats), mode: stats.mode & 0o777 };
  } catch (error) {
    if (fd !== null) closeQuietly(fd);
    throw storeError('CANNOT_READ', error, path);
  }
}

/**
 * Opens the file that was opened before under this identity.
 * @throws CsvcleanError CHANGED_WHILE_READ when it is no longer that one, or is gone; CANNOT_READ.
 */
export function reopenInput(path: string, identity: FileIdentity): InputFile {
  const file = openAgain(path, identity);
  try {
    assertSame(path, identity, () => fstatSync(file.fd));
    return file;
  } catch (error) {
    closeQuietly(file.fd);
    throw error;
  }
}

function openAgain(path: string, identity: FileIdentity): InputFile {
  try {
    return openInput(path);
  } catch (error) {
    assertStillThere(path, identity);
    throw error;
  }
}

function statInput(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw storeError('CANNOT_READ', error, path);
  }
}

function refuseSpecial(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  const what = stats.isDirectory()
    ? 'a folder'
    : stats.isFIFO()
      ? 'a FIFO'
      : stats.isSocket()
        ? 'a socket'
        : 'a device';
  throw new CsvcleanError('NOT_A_FILE', `it is ${what}, not a file`, {
    path,
    remedy: stats.isFIFO() ? 'Write its content to a file first.' : 'Name a regular file.',
  });
}

export function identityOf(stats: Stats): FileIdentity {
  return { dev: stats.dev, ino: stats.ino, sizeBytes: stats.size, mtimeMs: stats.mtimeMs };
}

/** Reads into `target` from `offsetBytes`. @returns bytes read, 0 at the end. */
export function readInput(input: InputFile, target: Uint8Array, offsetBytes: number): number {
  try {
    return fileSystem.readSync(input.fd, target, 0, target.length, offsetBytes);
  } catch (error) {
    throw storeError('CANNOT_READ', error, input.path);
  }
}

/** @throws CsvcleanError CHANGED_WHILE_READ when file or path are no longer what was opened. */
export function assertUnchanged(input: InputFile): void {
  assertSame(input.path, input.identity, () => fstatSync(input.fd));
  assertStillThere(input.path, input.identity);
}

/** @throws CsvcleanError CHANGED_WHILE_READ when `path` is no longer the file of that identity. */
export function assertStillThere(path: string, identity: FileIdentity): void {
  assertSame(path, identity, () => statSync(path));
}

function assertSame(path: string, identity: FileIdentity, look: () => Stats): void {
  try {
    if (isSame(identity, identityOf(look()))) return;
  } catch {
    // Gone: changed.
  }
  throw new CsvcleanError('CHANGED_WHILE_READ', 'the file changed while it was read', {
    path,
    remedy: 'Run again when nothing writes to it.',
  });
}

function isSame(a: FileIdentity, b: FileIdentity): boolean {
  return (
    a.dev === b.dev && a.ino === b.ino && a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs
  );
}

export function closeInput(input: InputFile): void {
  closeQuietly(input.fd);
}
