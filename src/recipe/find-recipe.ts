/**
 * Looks for the recipe of a folder: in it, then in those above. Loaded by every run, so it does
 * nothing else.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CsvcleanError } from '../base/error.js';

export const RECIPE_NAMES: readonly string[] = ['csvclean.yaml', 'csvclean.yml', 'csvclean.json'];

/**
 * @param folder absolute.
 * @param highest is looked at, too, but no folder above it; null: up to the root.
 * @returns the path of the nearest, or null.
 * @throws CsvcleanError BAD_RECIPE where two stand side by side.
 */
export function findRecipe(folder: string, highest: string | null): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const paths = RECIPE_NAMES.map((name) => join(at, name)).filter((path) => existsSync(path));
    if (paths.length > 1) {
      throw new CsvcleanError('BAD_RECIPE', `${paths.join(' and ')} stand side by side`, {
        remedy: 'Keep one, or name it with --recipe.',
      });
    }
    if (paths.length === 1) return paths[0]!;
    if (at === highest || dirname(at) === at) return null;
  }
}
