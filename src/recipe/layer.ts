/**
 * Options from one source, each with where it came from, and how one source lies over another.
 * Values are as they were given: they are read by the option table in the end.
 */
import type { RecipePlace } from './recipe-node.js';

/** Where an option's value is from. */
export type Origin =
  | { readonly kind: 'flag'; readonly flag: string }
  /** Handed to the library. */
  | { readonly kind: 'given' }
  | { readonly kind: 'set'; readonly text: string }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'recipe'; readonly place: RecipePlace }
  | { readonly kind: 'preset'; readonly name: string }
  | { readonly kind: 'default' };

export interface Given {
  readonly value: unknown;
  readonly origin: Origin;
}

export type Settings = ReadonlyMap<string, Given>;

/** The rules of columns, by column and rule. */
export type ColumnSettings = ReadonlyMap<string, Settings>;

/** What is different for the inputs that match. */
export interface FileLayer {
  readonly match: readonly string[];
  /** Absolute: what `match` starts from. */
  readonly folder: string;
  readonly origin: Origin;
  readonly settings: Settings;
  readonly columns: ColumnSettings;
}

export interface Layer {
  readonly settings: Settings;
  readonly columns: ColumnSettings;
  /** Later ones win. */
  readonly files: readonly FileLayer[];
}

export const NO_SETTINGS: Settings = new Map();

export const EMPTY_LAYER: Layer = { settings: NO_SETTINGS, columns: new Map(), files: [] };

/** A layer of values that have one origin each, without columns and files. */
export function layerOf(settings: Settings): Layer {
  return { ...EMPTY_LAYER, settings };
}

/**
 * Lays each over those before it: a value replaces a value, columns are merged rule by rule, and
 * files stand in a row.
 */
export function stack(layers: readonly Layer[]): Layer {
  return layers.reduce(
    (under, over) => ({
      settings: new Map([...under.settings, ...over.settings]),
      columns: stackColumns(under.columns, over.columns),
      files: [...under.files, ...over.files],
    }),
    EMPTY_LAYER,
  );
}

function stackColumns(under: ColumnSettings, over: ColumnSettings): ColumnSettings {
  const columns = new Map(under);
  for (const [column, rules] of over) {
    columns.set(column, new Map([...(under.get(column) ?? []), ...rules]));
  }
  return columns;
}

/** What `over` says is not said by files either: it holds for all of them. */
export function overrule(files: readonly FileLayer[], over: Layer): readonly FileLayer[] {
  return files.map((file) => ({
    ...file,
    settings: without(file.settings, over.settings),
    columns: new Map(
      [...file.columns].map(([column, rules]) => [
        column,
        without(rules, over.columns.get(column) ?? NO_SETTINGS),
      ]),
    ),
  }));
}

function without(settings: Settings, over: Settings): Settings {
  return new Map([...settings].filter(([key]) => !over.has(key)));
}
