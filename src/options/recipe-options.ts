/** The options that say where other options come from. None of them is a key of recipes. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseTexts } from './parse-lists.js';
import { parseFilledText } from './parse-values.js';

export const RECIPE_OPTIONS = {
  recipe: {
    flags: '-c, --recipe <file>',
    group: 'Recipe',
    byDefault: null,
    help: 'options from a YAML or JSON file (default: csvclean.yaml, .yml or .json, here or above)',
    parse: orNull(parseFilledText),
    isFlagOnly: true,
  },
  config: {
    ...switchOption('--no-config', 'Recipe', 'look for no recipe'),
    isFlagOnly: true,
  },
  set: {
    flags: '--set <key=value>',
    group: 'Recipe',
    byDefault: [],
    help: 'any key of a recipe, such as columns.amount.numbers=auto',
    parse: parseTexts,
    isRepeatable: true,
    isFlagOnly: true,
  },
  printConfig: {
    ...switchOption('--print-config', 'Recipe', 'print every option, where it is from, and end'),
    isFlagOnly: true,
  },
} satisfies OptionSpecs;
