/** `--set columns.amount.numbers=auto`: single keys of a recipe, from the command line. */

import { type Recipe, readRecipe } from './read-recipe.js';
import { readYaml } from './read-yaml.js';
import { recipeError } from './recipe-error.js';
import type { RecipeNode, RecipePlace } from './recipe-node.js';

/**
 * Each as a recipe of its own.
 * @param folder where paths in it start.
 * @throws CsvcleanError BAD_RECIPE.
 */
export function readSets(texts: readonly string[], folder: string): readonly Recipe[] {
  return texts.map((text) => {
    const place = { path: `--set ${text}` };
    const { path, value } = splitSet(text, place);
    const node = path.reduceRight(
      (inner: RecipeNode, key): RecipeNode => {
        return { kind: 'map', entries: [{ key, place, value: inner }], place };
      },
      valueNode(value, place),
    );
    return readRecipe(node, folder, () => ({ kind: 'set', text }));
  });
}

const HOW = 'Write KEY=VALUE, such as --set columns.amount.numbers=auto.';

/** Names with dots between, those with dots or `=` in quotes; then `=`, then the value. */
function splitSet(text: string, place: RecipePlace): { path: readonly string[]; value: string } {
  const path: string[] = [];
  const name = /(?:"((?:[^"]|"")*)"|([^".=]+))([.=])/y;
  for (;;) {
    const match = name.exec(text);
    if (match === null) throw recipeError(place, 'found no key and "="', HOW);
    const [, quoted, bare, end] = match;
    path.push(quoted === undefined ? bare!.trim() : quoted.replaceAll('""', '"'));
    if (end === '=') return { path, value: text.slice(name.lastIndex) };
  }
}

/** A scalar or flow collection of YAML; a text that would be a comment is meant as it stands. */
function valueNode(value: string, place: RecipePlace): RecipeNode {
  const node = readYaml(value, { path: place.path, hasLines: false });
  if (node !== null) return node;
  return { kind: 'scalar', text: value, isBlank: false, place };
}
