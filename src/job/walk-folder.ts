/**
 * Finds the tables below a folder that the user named. A walk of its own, because globs pass over
 * folders with a line break in their name and go round in links that lead back to a folder above.
 * Knows endings only; what is ours is left out by the caller.
 */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { storeError } from '../store/store-error.js';

const TABLE_ENDING = /\.(csv|tsv|tab|txt)(\.(gz|br|zst))?$/i;

/**
 * Every file with the ending of a table, relative to `folder`; hidden files and folders are left
 * out, links are followed.
 * @throws CsvcleanError CANNOT_READ for a folder that cannot be listed.
 */
export function walkFolder(folder: string): readonly string[] {
  return [...walk(folder, '', [])];
}

/** @param above the identities of the folders on the way here. */
function* walk(folder: string, way: string, above: readonly string[]): Generator<string> {
  const path = join(folder, way);
  const here = identityOf(path);
  if (here !== null && above.includes(here)) return;
  const within = here === null ? above : [...above, here];
  for (const entry of listFolder(path)) {
    if (entry.name.startsWith('.')) continue;
    const name = way === '' ? entry.name : join(way, entry.name);
    const kind = kindOf(entry, join(folder, name));
    if (kind === 'folder') yield* walk(folder, name, within);
    else if (kind === 'file' && TABLE_ENDING.test(entry.name)) yield name;
  }
}

function listFolder(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw storeError('CANNOT_READ', error, path);
  }
}

function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/** What an entry is, or what it links to; links to nothing are neither. */
function kindOf(entry: Dirent, path: string): 'file' | 'folder' | 'other' {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return 'other';
  try {
    const stats = statSync(path);
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'other';
  }
}
