/** The file of a recipe, as nodes. What its keys mean is not known here. */
import { closeSync, openSync, readSync } from 'node:fs';
import { storeError } from '../store/store-error.js';
import { readYaml } from './read-yaml.js';
import { recipeError } from './recipe-error.js';
import type { RecipeNode, RecipePlace } from './recipe-node.js';

/** A larger file is no recipe, but perhaps data under a wrong name. */
export const MAX_RECIPE_BYTES = 2 ** 20;

/**
 * @param name as the user would name it.
 * @param namedAt where a recipe names it; null: it is not named by one.
 * @returns null for one without any key.
 * @throws CsvcleanError BAD_RECIPE.
 */
export function readRecipeFile(
  path: string,
  name: string,
  namedAt: RecipePlace | null,
): RecipeNode | null {
  const text = decode(readBytes(path, name, namedAt), name);
  if (/\.json$/i.test(path)) refuseBadJson(text, name);
  return readYaml(text, { path: name, hasLines: true });
}

function readBytes(path: string, name: string, namedAt: RecipePlace | null): Buffer {
  const bytes = Buffer.alloc(MAX_RECIPE_BYTES + 1);
  let length = 0;
  try {
    const file = openSync(path, 'r');
    try {
      for (;;) {
        const count = readSync(file, bytes, length, bytes.length - length, null);
        length += count;
        if (count === 0 || length === bytes.length) break;
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const { message, remedy } = storeError('CANNOT_READ', error, name);
    const [place, what] = namedAt === null ? [{ path: name }, ''] : [namedAt, `${name}: `];
    throw recipeError(place, `${what}${message}`, remedy ?? 'Check the path.');
  }
  if (length > MAX_RECIPE_BYTES) {
    const message = `a recipe has at most ${MAX_RECIPE_BYTES / 2 ** 20} MB`;
    throw recipeError({ path: name }, message, 'Is it the file you meant?');
  }
  return bytes.subarray(0, length);
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw recipeError({ path: name }, 'it is not UTF-8', 'Save it as UTF-8.');
  }
}

/** YAML takes more than JSON does; other readers of the file would not. */
function refuseBadJson(text: string, name: string): void {
  if (text.trim() === '') return;
  try {
    JSON.parse(text);
  } catch (error) {
    const said = (error as Error).message;
    const offset = Number(/position (\d+)/.exec(said)?.[1] ?? Number.NaN);
    const before = text.slice(0, offset).split('\n');
    const place = Number.isNaN(offset)
      ? { path: name }
      : { path: name, line: before.length, character: before.at(-1)!.length + 1 };
    const what = said.replace(/ in JSON at position.*$|, .* is not valid JSON$/s, '');
    throw recipeError(place, `not valid JSON: ${what}`, 'Mend it, or rename it to .yaml.');
  }
}
