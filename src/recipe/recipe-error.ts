/** Errors in recipes: what was found where, and what to do. */
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import type { RecipePlace } from './recipe-node.js';

export function recipeError(place: RecipePlace, message: string, remedy: string): CsvcleanError {
  return new CsvcleanError('BAD_RECIPE', message, { ...place, remedy });
}

/** What `work` refuses, at `place`. */
export function inRecipe<T>(place: RecipePlace, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CsvcleanError) || error.code !== 'USAGE') throw error;
    throw recipeError(place, error.message, error.remedy ?? 'See docs/recipes.md.');
  }
}

/** More names than these are not read in an error. */
const MOST_LISTED = 24;

/** The refusal of a name that is none of `known`. */
export function unknownName(
  place: RecipePlace,
  what: string,
  name: string,
  known: readonly string[],
): CsvcleanError {
  const near = suggest(name, known);
  const isShort = known.length <= MOST_LISTED;
  const list = isShort ? `There are ${known.join(', ')}.` : 'See docs/recipes.md.';
  const remedy = near === null ? list : `Did you mean ${near}?`;
  return recipeError(place, `there is no ${what} "${name}"`, remedy);
}
