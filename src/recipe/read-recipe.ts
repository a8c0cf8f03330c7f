/** What a recipe says: its keys and values checked, each with its place. */

import { PER_FILE_KEYS, whyNotPerFile } from '../options/file-options.js';
import type { OptionSpec } from '../options/option-spec.js';
import { OPTION_TABLE } from '../options/option-table.js';
import { parseRule, RULE_NAMES } from '../options/parse-column-rules.js';
import { parseTexts } from '../options/parse-lists.js';
import { flagOf } from '../options/parse-options.js';
import type { ColumnSettings, FileLayer, Given, Layer, Origin, Settings } from './layer.js';
import { inRecipe, recipeError, unknownName } from './recipe-error.js';
import {
  type MapEntry,
  type MapNode,
  plainValue,
  type RecipeNode,
  type RecipePlace,
} from './recipe-node.js';
import { pathFromRecipe } from './recipe-paths.js';

/** A name in `extends` or `preset`. */
export interface Reference {
  readonly name: string;
  readonly place: RecipePlace;
}

export interface Recipe {
  /** Null: the key is not there. */
  readonly bases: readonly Reference[] | null;
  readonly presets: readonly Reference[] | null;
  readonly layer: Layer;
}

/** Where a recipe was read, and how its values are told of. */
interface Source {
  /** Absolute: its paths start there. */
  readonly folder: string;
  readonly originAt: (place: RecipePlace) => Origin;
}

const SPECS = new Map<string, OptionSpec<unknown>>(Object.entries(OPTION_TABLE));

/** The options that a recipe may say. */
export const OPTION_KEYS: readonly string[] = [...SPECS]
  .filter(([key, { isFlagOnly }]) => isFlagOnly !== true && key !== 'columns')
  .map(([key]) => key);

/** The keys that are no options. `$schema` is for editors. */
const OWN_KEYS = ['extends', 'preset', 'columns', 'files', '$schema'] as const;

/** @throws CsvcleanError BAD_RECIPE. */
export function readRecipe(
  node: RecipeNode,
  folder: string,
  originAt: Source['originAt'] = (place) => ({ kind: 'recipe', place }),
): Recipe {
  const source = { folder, originAt };
  const map = expectMap(node, 'a recipe is a map from keys to values', 'Write key: value.');
  const find = (key: string) => map.entries.find((entry) => entry.key === key);
  for (const { key, place } of map.entries) refuseUnknownKey(key, place);
  return {
    bases: referencesOf(find('extends')),
    presets: referencesOf(find('preset')),
    layer: {
      settings: settingsOf(map.entries, OPTION_KEYS, source),
      columns: columnsOf(find('columns'), source),
      files: filesOf(find('files'), source),
    },
  };
}

function expectMap(node: RecipeNode, message: string, remedy: string): MapNode {
  if (node.kind !== 'map') throw recipeError(node.place, message, remedy);
  return node;
}

function refuseUnknownKey(key: string, place: RecipePlace): void {
  if (OPTION_KEYS.includes(key) || OWN_KEYS.some((own) => own === key)) return;
  if (SPECS.has(key)) {
    throw recipeError(place, `"${key}" is no key of recipes`, remedyFor(key));
  }
  const meant = optionMeant(key);
  if (meant !== null) throw recipeError(place, `there is no key "${key}"`, `Write ${meant}.`);
  throw unknownName(place, 'key', key, [...OPTION_KEYS, ...OWN_KEYS.slice(0, -1)]);
}

function remedyFor(key: string): string {
  return key === 'recipe' ? 'Write extends.' : `Give ${flagOf(key)} on the command line.`;
}

/** `out-dir` → `outDir`; `noHeaders` → `headers: false`. */
function optionMeant(key: string): string | null {
  const camel = key.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
  if (OPTION_KEYS.includes(camel)) return camel;
  const positive = /^no([A-Z])(.*)$/.exec(camel);
  const name = positive === null ? '' : `${positive[1]!.toLowerCase()}${positive[2]}`;
  return OPTION_KEYS.includes(name) ? `${name}: false` : null;
}

function referencesOf(entry: MapEntry | undefined): readonly Reference[] | null {
  if (entry === undefined) return null;
  const { value } = entry;
  const nodes = value.kind === 'list' ? value.items : [value];
  return nodes.map((node) => {
    const name = inRecipe(node.place, () => parseTexts(plainValue(node), entry.key)[0]!);
    return { name, place: node.place };
  });
}

function settingsOf(
  entries: readonly MapEntry[],
  keys: readonly string[],
  source: Source,
): Settings {
  return new Map(
    entries
      .filter(({ key }) => keys.includes(key) && key !== 'columns')
      .map((entry) => [entry.key, readOption(entry, source)]),
  );
}

function readOption({ key, value, place }: MapEntry, { folder, originAt }: Source): Given {
  refuseBlank(key, value);
  const { parse, pathBut } = SPECS.get(key)!;
  const plain = plainValue(value);
  inRecipe(value.place, () => parse(plain, key));
  return {
    value: pathBut === undefined ? plain : fromFolder(folder, plain, pathBut),
    origin: originAt(place),
  };
}

/** `comment: #` says nothing, since # begins a comment of YAML. */
function refuseBlank(key: string, node: RecipeNode): void {
  if (node.kind !== 'scalar' || !node.isBlank) return;
  throw recipeError(
    node.place,
    `"${key}" has no value`,
    'Leave it out, or put special characters such as # in quotes.',
  );
}

function fromFolder(folder: string, value: unknown, words: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => fromFolder(folder, one, words));
  return typeof value !== 'string' || words.includes(value) ? value : pathFromRecipe(folder, value);
}

function columnsOf(entry: MapEntry | undefined, source: Source): ColumnSettings {
  if (entry === undefined || isNothing(entry.value)) return new Map();
  const message = '"columns" is a map from column to rules';
  const { entries } = expectMap(entry.value, message, 'Write amount: { numbers: auto }.');
  return new Map(entries.map((column) => [column.key, rulesOf(column, source)]));
}

function rulesOf({ key: column, value }: MapEntry, { originAt }: Source): Settings {
  if (isNothing(value)) return new Map();
  const message = `the rules of column "${column}" are a map`;
  const { entries } = expectMap(value, message, 'Write numbers: auto, or another rule.');
  return new Map(
    entries.map((rule): [string, Given] => {
      if (!RULE_NAMES.includes(rule.key)) {
        throw unknownName(rule.place, 'rule', rule.key, RULE_NAMES);
      }
      refuseBlank(rule.key, rule.value);
      const plain = plainValue(rule.value);
      inRecipe(rule.value.place, () => parseRule(rule.key, plain, `columns.${column}.${rule.key}`));
      return [rule.key, { value: plain, origin: originAt(rule.place) }];
    }),
  );
}

/** Nothing is listed: all that stands below is a comment, perhaps. */
function isNothing(node: RecipeNode): boolean {
  return node.kind === 'scalar' && node.text === null;
}

function filesOf(entry: MapEntry | undefined, source: Source): readonly FileLayer[] {
  if (entry === undefined || isNothing(entry.value)) return [];
  const { value } = entry;
  if (value.kind !== 'list') {
    throw recipeError(
      value.place,
      '"files" is a list',
      "Write - match: 'bank/*.csv', and below it the keys for these files.",
    );
  }
  return value.items.map((item) => fileOf(item, source));
}

function fileOf(node: RecipeNode, source: Source): FileLayer {
  const remedy = "Write match: 'bank/*.csv', and beside it the keys for these files.";
  const { entries, place } = expectMap(node, 'an entry of "files" is a map', remedy);
  const find = (key: string) => entries.find((entry) => entry.key === key);
  const match = find('match');
  if (match === undefined) {
    throw recipeError(place, 'an entry of "files" says which it is about', remedy);
  }
  for (const { key, place: at } of entries) {
    const why = key === 'match' ? null : whyNotPerFile(key);
    if (why !== null) throw recipeError(at, why.message, why.remedy);
  }
  const patterns = inRecipe(match.value.place, () => parseTexts(plainValue(match.value), 'match'));
  if (patterns.length === 0) throw recipeError(match.value.place, 'nothing to match', remedy);
  return {
    match: patterns,
    folder: source.folder,
    origin: source.originAt(place),
    settings: settingsOf(entries, PER_FILE_KEYS, source),
    columns: columnsOf(find('columns'), source),
  };
}
