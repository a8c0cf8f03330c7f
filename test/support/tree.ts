/** Folders as plain data, to compare what runs have written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isTempName } from '../../src/store/temp-name.js';

/**
 * The paths of all files and links below `folder`, relative to it, in order; none when it is not
 * there.
 */
export function listTree(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();
  } catch {
    return [];
  }
}

/** Every output and rejects file below `folder` with its content; lock and journal are left out. */
export function readOutputs(folder: string): Readonly<Record<string, string>> {
  const paths = listTree(folder).filter((path) => !path.startsWith('.csvclean'));
  return Object.fromEntries(
    paths.map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );
}

/** The temporary files below `folder`, wherever they lie. */
export function listTemps(folder: string): readonly string[] {
  return listTree(folder).filter((path) => isTempName(path.split('/').at(-1)!));
}
