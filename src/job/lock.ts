/** One run at a time in an output folder: two would take each other's outputs for foreign files. */
import { constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CsvcleanError } from '../base/error.js';
import { testPoint } from '../base/test-point.js';
import { fileSystem } from '../store/file-system.js';
import {
  createOutput,
  discardOutput,
  finishOutput,
  removeQuietly,
  writeOutput,
} from '../store/output-file.js';
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
    fileSystem.mkdirSync(state, { recursive: true });
    const temp = writeOwnIdentity(state);
    testPoint('before-lock');
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          placeLock(temp, path);
          return { path };
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        const holder = readHolder(path);
        if (holder !== null && (isRunning(holder) || attempt > MAX_ATTEMPTS)) {
          throw locked(holder, shownFolder);
        }
        if (holder !== null) takeAway(path, state, holder);
      }
    } finally {
      removeQuietly(temp);
    }
  } catch (error) {
    throw asFolderError(error, shownFolder);
  }
}

const MAX_ATTEMPTS = 10;

/**
 * Gives a lock its name, which must be free. A link appears with its content: no half-written lock
 * exists. Where there are no hard links a copy must do, and a run that looks at it in that instant
 * takes it for nobody's.
 */
function placeLock(from: string, path: string): void {
  try {
    fileSystem.linkSync(from, path);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    fileSystem.copyFileSync(from, path, constants.COPYFILE_EXCL);
  }
}

/** What file systems without hard links say (FAT, some network shares). */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

function writeOwnIdentity(folder: string): string {
  const temp = tempPathIn(folder);
  const output = createOutput(temp);
  try {
    writeOutput(output, Buffer.from(`${JSON.stringify(ownIdentity())}\n`));
    finishOutput(output, false);
    return temp;
  } catch (error) {
    discardOutput(output);
    throw error;
  }
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

/**
 * Moves a dead run's lock aside; of two that try, one succeeds and the other looks again. Should
 * the lock have got a new holder since `dead` was read from it, that one gets it back.
 */
function takeAway(path: string, state: string, dead: ProcessIdentity): void {
  const aside = tempPathIn(state);
  try {
    fileSystem.renameSync(path, aside);
    const moved = readHolder(aside);
    if (moved?.pid !== dead.pid || moved.tag !== dead.tag) placeLock(aside, path);
  } catch {
    // Another run was quicker.
  } finally {
    removeQuietly(aside);
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
