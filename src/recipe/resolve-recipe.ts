/** A recipe with all that it extends: one layer over the other. */

import { EMPTY_LAYER, type Layer, layerOf, stack } from './layer.js';
import { PRESETS } from './presets.js';
import { type Recipe, type Reference, readRecipe } from './read-recipe.js';
import { readRecipeFile } from './read-recipe-file.js';
import { recipeError, unknownName } from './recipe-error.js';
import type { RecipePlace } from './recipe-node.js';
import { besideRecipe, folderOf, shownPath } from './recipe-paths.js';

/** A longer chain of recipes is a mistake. */
export const MAX_EXTENDS_DEPTH = 16;
/** So are more recipes than these, however they extend one another. */
export const MAX_RECIPES = 100;

/** An empty one has no keys. */
export function openRecipe(path: string, namedAt: RecipePlace | null = null): Recipe {
  const node = readRecipeFile(path, shownPath(path), namedAt);
  if (node === null) return { bases: null, presets: null, layer: EMPTY_LAYER };
  return readRecipe(node, folderOf(path));
}

/** The recipes on the way to this one, the first of them outermost. */
interface Way {
  readonly paths: readonly string[];
  readonly count: { opened: number };
}

/**
 * What it extends lies lowest, in its order; then its presets; then what it says itself.
 * @param path absolute; null: it is no file.
 * @throws CsvcleanError BAD_RECIPE, also for a circle.
 */
export function resolveRecipe(recipe: Recipe, path: string | null, folder: string): Layer {
  return resolveOn(recipe, folder, { paths: path === null ? [] : [path], count: { opened: 1 } });
}

function resolveOn(recipe: Recipe, folder: string, way: Way): Layer {
  const bases = (recipe.bases ?? []).map((base) => openBase(base, folder, way));
  const presets = (recipe.presets ?? []).map(presetLayer);
  return stack([...bases, ...presets, recipe.layer]);
}

function openBase({ name, place }: Reference, folder: string, { paths, count }: Way): Layer {
  const path = besideRecipe(folder, name);
  const way = { paths: [...paths, path], count };
  if (paths.includes(path)) {
    const chain = way.paths.slice(paths.indexOf(path)).map(shownPath).join(' → ');
    throw recipeError(place, `recipes extend one another in a circle: ${chain}`, 'Break it.');
  }
  if (way.paths.length > MAX_EXTENDS_DEPTH) {
    const message = `more than ${MAX_EXTENDS_DEPTH} recipes extend one another`;
    throw recipeError(place, message, 'Put some of them together.');
  }
  if (++count.opened > MAX_RECIPES) {
    throw recipeError(place, `more than ${MAX_RECIPES} recipes`, 'Put some of them together.');
  }
  const base = openRecipe(path, place);
  return resolveOn(base, folderOf(path), way);
}

function presetLayer({ name, place }: Reference): Layer {
  const preset = PRESETS.get(name);
  if (preset === undefined) throw unknownName(place, 'preset', name, [...PRESETS.keys()]);
  const origin = { kind: 'preset', name } as const;
  return layerOf(new Map([...preset.settings].map(([key, value]) => [key, { value, origin }])));
}
