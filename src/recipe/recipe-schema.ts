/**
 * The JSON Schema of recipes, for editors: made from the option table, so that there is no second
 * list. Nothing that runs needs it; it is written to `schema.json` and shipped.
 */
import { PER_FILE_KEYS } from '../options/file-options.js';
import {
  anyOf,
  type JsonSchema,
  mapOf,
  oneOrMore,
  recordOf,
  TEXT_SCHEMA,
} from '../options/json-schema.js';
import type { OptionSpec } from '../options/option-spec.js';
import { OPTION_TABLE } from '../options/option-table.js';
import { BUILT_RULES_SCHEMA } from '../options/parse-column-rules.js';
import { PRESETS } from './presets.js';
import { OPTION_KEYS } from './read-recipe.js';

const NOTHING: JsonSchema = { type: 'null' };
const NAMES: JsonSchema = oneOrMore({ ...TEXT_SCHEMA, minLength: 1 });

/** Draft 7, which editors know best. */
export function recipeSchema(): JsonSchema {
  const keys = new Map<string, JsonSchema>([
    ['$schema', { type: 'string', description: 'this schema, for editors' }],
    ['extends', { description: 'recipes that lie under this one', ...NAMES }],
    [
      'preset',
      { description: 'built-in recipes that lie under this one', ...oneOrMore(presetSchema()) },
    ],
    ...OPTION_KEYS.map((key): [string, JsonSchema] => [key, optionSchema(key)]),
    ['columns', columnsSchema()],
    ['files', anyOf(NOTHING, { type: 'array', items: fileSchema() })],
  ]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'a recipe of csvclean',
    ...recordOf(keys),
  };
}

function presetSchema(): JsonSchema {
  return { enum: [...PRESETS.keys()] };
}

function optionSchema(key: string): JsonSchema {
  const spec = new Map<string, OptionSpec<unknown>>(Object.entries(OPTION_TABLE)).get(key)!;
  const { flags, help, parse, byDefault, defaultText } = spec;
  const description = flags?.startsWith('--no-') ? `false: ${help}` : help;
  return { description, default: defaultText ?? byDefault, ...parse.schema };
}

function columnsSchema(): JsonSchema {
  const rules = anyOf(NOTHING, BUILT_RULES_SCHEMA);
  const description = 'rules for the values of single columns, by original or cleaned name';
  return { description, ...anyOf(NOTHING, mapOf(rules)) };
}

function fileSchema(): JsonSchema {
  const keys = new Map<string, JsonSchema>([
    ['match', { description: 'globs; one without a slash is about names alone', ...NAMES }],
    ...PER_FILE_KEYS.filter((key) => key !== 'columns').map((key): [string, JsonSchema] => [
      key,
      optionSchema(key),
    ]),
    ['columns', columnsSchema()],
  ]);
  return recordOf(keys, ['match']);
}
