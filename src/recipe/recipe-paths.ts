/** Paths in recipes: they start from the folder of the recipe, and are told from where one is. */
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** `../base.yaml` in `/project/data/csvclean.yaml` → `/project/base.yaml`. */
export function besideRecipe(folder: string, path: string): string {
  return resolve(folder, path);
}

/** The shortest name from the current folder: absolute where it is not near. */
export function shownPath(path: string): string {
  const name = relative(process.cwd(), path);
  if (name === '') return '.';
  return isAbsolute(name) || name.startsWith(join('..', '..', '..')) ? path : name;
}

/** A path in a recipe as the same path from the current folder; globs and `!globs`, too. */
export function pathFromRecipe(folder: string, path: string): string {
  if (path.startsWith('!')) return `!${pathFromRecipe(folder, path.slice(1))}`;
  if (isAbsolute(path)) return path;
  const here = relative(process.cwd(), folder);
  return here === '' ? path : join(here, path);
}

export function folderOf(path: string): string {
  return dirname(resolve(path));
}
