/**
 * Every call that touches a file, in one object: the seam where tests fail the n-th of them, and
 * where another kind of storage could be put. Nothing else in the project opens, writes or renames
 * data.
 */
import fs from 'node:fs';

export const fileSystem = {
  openSync: fs.openSync,
  readSync: fs.readSync,
  writeSync: fs.writeSync,
  fsyncSync: fs.fsyncSync,
  closeSync: fs.closeSync,
  renameSync: fs.renameSync,
  linkSync: fs.linkSync,
  copyFileSync: fs.copyFileSync,
  unlinkSync: fs.unlinkSync,
  mkdirSync: fs.mkdirSync,
  fchmodSync: fs.fchmodSync,
};

/** Closes what was only read. Never throws: what was read is not lost by that. */
export function closeQuietly(fd: number): void {
  try {
    fileSystem.closeSync(fd);
  } catch {
    // The descriptor is free in any case.
  }
}
