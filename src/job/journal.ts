/**
 * Which files csvclean wrote itself: an append-only list of paths with the mark of their content,
 * beside the outputs. A line is written before each rename, so that it knows the file also after a
 * kill.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type ContentMark, markOfFile } from '../store/digest.js';
import { closeQuietly, fileSystem } from '../store/file-system.js';
import { writeFully } from '../store/output-file.js';
import { storeError } from '../store/store-error.js';

export const STATE_FOLDER = '.csvclean';
const JOURNAL_NAME = 'journal.jsonl';

/** The journal of one output folder. */
export interface Journal {
  readonly folder: string;
  readonly path: string;
  /** Every mark ever written under an absolute path. */
  readonly marks: ReadonlyMap<string, readonly ContentMark[]>;
  fd: number | null;
}

/** Reads the journal of `folder`; there may be none yet. A torn last line is ignored. */
export function readJournal(folder: string): Journal {
  const path = join(folder, STATE_FOLDER, JOURNAL_NAME);
  const marks = new Map<string, ContentMark[]>();
  for (const line of linesOf(path)) {
    const entry = parseEntry(line);
    if (entry === null) continue;
    const file = resolve(folder, entry.path);
    const known = marks.get(file);
    if (known === undefined) marks.set(file, [entry.mark]);
    else known.push(entry.mark);
  }
  return { folder, path, marks, fd: null };
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    throw storeError('CANNOT_READ', error, path);
  }
}

function parseEntry(line: string): { path: string; mark: ContentMark } | null {
  try {
    const entry: unknown = JSON.parse(line);
    const { path, size, crc32 } = entry as { path: unknown; size: unknown; crc32: unknown };
    if (typeof path !== 'string' || typeof size !== 'number' || typeof crc32 !== 'string') {
      return null;
    }
    return { path, mark: { sizeBytes: size, digest: Number.parseInt(crc32, 16) } };
  } catch {
    return null;
  }
}

/**
 * Whether the file at `path` is what a run of csvclean wrote there. Any of its marks will do, not
 * only the last: a run killed between its line and the rename leaves the file of the line before.
 */
export function isOurs(journal: Journal, path: string, sizeBytes: number): boolean {
  const marks = journal.marks.get(path)?.filter((mark) => mark.sizeBytes === sizeBytes) ?? [];
  if (marks.length === 0) return false;
  const now = markOfFile(path);
  return marks.some((mark) => mark.digest === now.digest && mark.sizeBytes === now.sizeBytes);
}

/** The same for a file of any size. One that cannot be read is not known: cleaning it says why. */
export function isNoted(journal: Journal, path: string): boolean {
  try {
    const marks = journal.marks.get(path) ?? [];
    return marks.some((mark) => isOurs(journal, path, mark.sizeBytes));
  } catch {
    return false;
  }
}

/** Notes a finished file before it gets its name. @throws CsvcleanError CANNOT_WRITE. */
export function appendToJournal(
  journal: Journal,
  path: string,
  mark: ContentMark,
  isDurable: boolean,
): void {
  try {
    journal.fd ??= openForAppend(journal.path);
    const entry = {
      path: relative(journal.folder, path).replaceAll(sep, '/'),
      size: mark.sizeBytes,
      crc32: mark.digest.toString(16).padStart(8, '0'),
    };
    writeFully(journal.fd, Buffer.from(`${JSON.stringify(entry)}\n`));
    if (isDurable) fileSystem.fsyncSync(journal.fd);
  } catch (error) {
    // Half a line may stand there now: opened anew, the journal ends it before the next.
    if (journal.fd !== null) closeQuietly(journal.fd);
    journal.fd = null;
    throw storeError('CANNOT_WRITE', error, journal.path);
  }
}

/**
 * Opens the journal; a line torn by an earlier kill is ended first, so that the next one stands
 * alone.
 */
function openForAppend(path: string): number {
  fileSystem.mkdirSync(dirname(path), { recursive: true });
  const isTorn = (linesOf(path).at(-1) ?? '') !== '';
  const fd = fileSystem.openSync(path, 'a');
  try {
    if (isTorn) writeFully(fd, Buffer.from('\n'));
    return fd;
  } catch (error) {
    closeQuietly(fd);
    throw error;
  }
}

/**
 * @throws CsvcleanError CANNOT_WRITE when the system only now says that a line could not be
 * written.
 */
export function closeJournal(journal: Journal): void {
  const { fd } = journal;
  journal.fd = null;
  try {
    if (fd !== null) fileSystem.closeSync(fd);
  } catch (error) {
    throw storeError('CANNOT_WRITE', error, journal.path);
  }
}
