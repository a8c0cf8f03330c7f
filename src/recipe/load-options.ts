/**
 * From flags, environment and recipe to the options of a run, each with where it came from. Loaded
 * only when there is more than flags.
 */
import { type OptionInput, type Options, STDIN } from '../options/options.js';
import { columnEntries } from '../options/parse-column-rules.js';
import { entriesOf, listOf } from '../options/parse-lists.js';
import { flagOf, parseOptions } from '../options/parse-options.js';
import { type Environment, environmentLayer } from './environment.js';
import {
  type ColumnSettings,
  EMPTY_LAYER,
  type FileLayer,
  type Given,
  type Layer,
  type Origin,
  overrule,
  type Settings,
  stack,
} from './layer.js';
import type { Recipe } from './read-recipe.js';
import { folderOf, shownPath } from './recipe-paths.js';
import { openRecipe, resolveRecipe } from './resolve-recipe.js';
import { readSets } from './set-values.js';
import { withOrigins } from './with-origins.js';

export interface LoadRequest {
  /** What was given directly: by flags, or to the library. */
  readonly given: OptionInput;
  /** Whether by flags. */
  readonly isByFlags: boolean;
  /** Absolute, or null for none. */
  readonly recipePath: string | null;
  readonly environment: Environment;
}

export interface LoadedOptions {
  readonly options: Options;
  /** As the user would name it. */
  readonly recipe: string | null;
  /** What was given, by whichever source, with its origin. */
  readonly layer: Layer;
}

/**
 * Flags over `--set` over the environment over the recipe over defaults.
 * @throws CsvcleanError BAD_RECIPE or USAGE.
 */
export function loadOptions(request: LoadRequest): LoadedOptions {
  const { given, recipePath, environment } = request;
  const folder = process.cwd();
  const sets = readSets((given.set ?? []) as readonly string[], folder);
  const recipe = recipeLayer(recipePath, sets, folder);
  const around = environmentLayer(environment);
  const said = stack([...sets.map(({ layer }) => layer), directLayer(given, request.isByFlags)]);
  const under = stack([recipe, around]);
  const layer: Layer = {
    ...stack([without(under, overruledBy(given)), said]),
    // What is said beside the recipe holds for all files, also those it makes different.
    files: [...overrule(recipe.files, stack([around, said])), ...said.files],
  };
  try {
    const options = parseOptions(inputOf(layer, given));
    const name = recipePath === null ? null : shownPath(recipePath);
    return { options, recipe: name, layer };
  } catch (error) {
    throw withOrigins(error, layer);
  }
}

/** `--set extends=…` and `--set preset=…` take the place of the recipe's own. */
function recipeLayer(path: string | null, sets: readonly Recipe[], folder: string): Layer {
  const own: Recipe =
    path === null ? { bases: null, presets: null, layer: EMPTY_LAYER } : openRecipe(path);
  const bases = sets.findLast((one) => one.bases !== null)?.bases;
  const presets = sets.findLast((one) => one.presets !== null)?.presets ?? own.presets;
  const recipe = { ...own, bases: bases ?? own.bases, presets };
  return resolveRecipe(
    recipe,
    path,
    bases === undefined && path !== null ? folderOf(path) : folder,
  );
}

function directLayer(given: OptionInput, isByFlags: boolean): Layer {
  const settings = new Map<string, Given>();
  for (const [key, value] of Object.entries(given)) {
    const isNothing = value === undefined || (key === 'inputs' && listOf(value).length === 0);
    if (isNothing || key === 'columns' || key === 'files') continue;
    settings.set(key, { value, origin: originOf(key, isByFlags) });
  }
  const { columns, files } = given;
  return {
    settings,
    columns: columns === undefined ? new Map() : givenColumns(columns),
    files: files === undefined ? [] : listOf(files).map(givenFile),
  };
}

const GIVEN: Origin = { kind: 'given' };

function originOf(key: string, isByFlags: boolean): Origin {
  if (!isByFlags) return GIVEN;
  return { kind: 'flag', flag: key === 'inputs' ? 'the command line' : flagOf(key) };
}

function givenColumns(given: unknown): ColumnSettings {
  return new Map(
    columnEntries(given, 'columns').map(([column, rules]) => [
      column,
      givenSettings(entriesOf(rules) ?? []),
    ]),
  );
}

function givenSettings(entries: readonly (readonly [string, unknown])[]): Settings {
  return new Map(entries.map(([key, value]) => [key, { value, origin: GIVEN }]));
}

/** What is wrong with it is told when it is read. */
function givenFile(given: unknown): FileLayer {
  const { match, folder, columns, ...rest } = Object.fromEntries(entriesOf(given) ?? []);
  return {
    match: listOf(match ?? []) as readonly string[],
    folder: typeof folder === 'string' ? folder : '.',
    origin: GIVEN,
    settings: givenSettings(Object.entries(rest)),
    columns: columns === undefined ? new Map() : givenColumns(columns),
  };
}

/** Where outputs go is said in one of these ways, each with what goes with it alone. */
const WAYS_OUT: readonly (readonly (keyof Options)[])[] = [
  ['outDir'],
  ['output'],
  ['concat', 'concatSource'],
  ['inPlace', 'backup'],
];

/**
 * The keys that recipe and environment have no say in: what is given directly says the same in
 * another way. Whoever names one way out, is a filter, or only checks, means no other; whoever
 * names inputs means these alone.
 */
function overruledBy(given: OptionInput): readonly (keyof Options)[] {
  const isSaid = (key: keyof Options): boolean => (given[key] ?? false) !== false;
  const named = given.inputs === undefined ? [] : listOf(given.inputs);
  const isFilter = named.length === 1 && named[0] === STDIN;
  const others = WAYS_OUT.filter((way) => !way.some(isSaid)).flat();
  const isAnswered = others.length < WAYS_OUT.flat().length || isFilter || isSaid('check');
  return [
    ...(isAnswered ? others : []),
    ...(isSaid('check') ? (['compress'] as const) : []),
    ...(named.length > 0 ? (['filesFrom'] as const) : []),
    ...(isSaid('filesFrom') ? (['inputs'] as const) : []),
  ];
}

function without(layer: Layer, keys: readonly (keyof Options)[]): Layer {
  const settings = new Map(layer.settings);
  for (const key of keys) settings.delete(key);
  return { ...layer, settings };
}

/** As one input for the option table. */
function inputOf({ settings, columns, files }: Layer, given: OptionInput): OptionInput {
  return {
    ...(given.inputs === undefined ? {} : { inputs: given.inputs }),
    ...plainOf(settings),
    ...(columns.size === 0 ? {} : { columns: plainColumns(columns) }),
    ...(files.length === 0 ? {} : { files: files.map(plainFile) }),
  };
}

/** Keys are names of options, checked before. */
function plainOf(settings: Settings): Record<string, unknown> {
  return Object.fromEntries([...settings].map(([key, { value }]) => [key, value]));
}

function plainColumns(columns: ColumnSettings): ReadonlyMap<string, unknown> {
  return new Map([...columns].map(([column, rules]) => [column, plainRules(rules)]));
}

function plainRules(rules: Settings): ReadonlyMap<string, unknown> {
  return new Map([...rules].map(([rule, { value }]) => [rule, value]));
}

function plainFile({ match, folder, settings, columns }: FileLayer): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ...plainRules(settings),
    ...(columns.size === 0 ? [] : [['columns', plainColumns(columns)] as const]),
    ['match', match],
    ['folder', folder],
  ]);
}
