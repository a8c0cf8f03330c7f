/** One run at a time in an output folder: two would take each other's outputs for foreign files. */
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { CsvcleanError } from '../base/error.js';
import { fileSystem } from '../store/file-system.js';
import { createOutput, finishOutput, removeQuietly, writeOutput } from '../store/output-file.js';
import { isRunning, ownIdentity, type ProcessIdentity } from '../store/process-identity.js';
import { storeError } from '../store/store-error.js';
import { tempPathIn } from '../store/temp-name.js';
import { STATE_FOLDER } from './journal.js';

export interface Lock {
  readonly path: string;
}

/**
 * Takes the lock of `folder`, which is created where needed. A lock whose process is dead is taken
 * over.
 * @throws CsvcleanError LOCKED when another run holds it, OUTPUT_FOLDER when the folder cannot be
 *   written.
 */
export function acquireLock(folder: string, shownFolder: string): Lock {
  const state = join(folder, STATE_FOLDER);
  const path = join(state, 'lock');
  try {
    mkdirSync(state, { recursive: true });
    const temp = writeOwnIdentity(state);
    try {
      // A link appears with its content, and fails when the name is taken: no half-written lock
      // exists.
      for (let attempt = 1; ; attempt++) {
        try {
          fileSystem.linkSync(temp, path);
          return { path };
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        const holder = readHolder(path);
        if (holder !== null && (isRunning(holder) || attempt > MAX_ATTEMPTS)) {
          throw locked(holder, shownFolder);
        }
        if (holder !== null) takeAway(path, state);
      }
    } finally {
      removeQuietly(temp);
    }
  } catch (error) {
    throw asFolderError(error, shownFolder);
  }
}

const MAX_ATTEMPTS = 10;

function writeOwnIdentity(folder: string): string {
  const temp = tempPathIn(folder);
  const output = createOutput(temp);
  writeOutput(output, Buffer.from(`${JSON.stringify(ownIdentity())}\n`));
  finishOutput(output, false);
  return temp;
}

/** Who holds the lock; null when it is gone by now. An unreadable one belongs to nobody alive. */
function readHolder(path: string): ProcessIdentity | null {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { pid, tag } = holder as { pid: unknown; tag: unknown };
    if (typeof pid === 'number' && typeof tag === 'string') return { pid, tag };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  }
  return { pid: -1, tag: '' };
}

/** Moves a dead run's lock aside; of two that try, one succeeds and the other looks again. */
function takeAway(path: string, state: string): void {
  const aside = tempPathIn(state);
  try {
    renameSync(path, aside);
    removeQuietly(aside);
  } catch {
    // Another run was quicker.
  }
}

function locked(holder: ProcessIdentity, shownFolder: string): CsvcleanError {
  return new CsvcleanError('LOCKED', `another csvclean (pid ${holder.pid}) is writing there`, {
    path: shownFolder,
    remedy: 'Wait for it, or choose another --out-dir.',
  });
}

function asFolderError(error: unknown, shownFolder: string): CsvcleanError {
  const known = storeError('CANNOT_WRITE', error, shownFolder);
  if (known.code !== 'CANNOT_WRITE') return known;
  const cause = known.message.replace(/^cannot write: /, '');
  return new CsvcleanError('OUTPUT_FOLDER', `the output folder cannot be written: ${cause}`, {
    path: shownFolder,
    remedy: 'Check its permissions, or choose another --out-dir.',
  });
}

export function releaseLock(lock: Lock): void {
  removeQuietly(lock.path);
}
