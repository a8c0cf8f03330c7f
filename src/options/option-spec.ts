/** What is said of an option, and the groups of the help. */
import { anyOf } from './json-schema.js';
import type { Options } from './options.js';
import { type Parse, parseSwitch, reader } from './parse-values.js';

export type OptionGroup =
  | 'Inputs'
  | 'Output'
  | 'Workers'
  | 'Dialect'
  | 'Columns'
  | 'Rows and values'
  | 'Outliers'
  | 'Rejects'
  | 'Recipe'
  | 'Run'
  | 'Talk';

/** In the order of the help. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  'Inputs',
  'Output',
  'Workers',
  'Dialect',
  'Columns',
  'Rows and values',
  'Outliers',
  'Rejects',
  'Recipe',
  'Run',
  'Talk',
];

export interface OptionSpec<T> {
  /** As commander writes it: `-o, --out-dir <dir>`. Null for the inputs themselves. */
  readonly flags: string | null;
  readonly group: OptionGroup;
  readonly byDefault: T;
  readonly help: string;
  readonly parse: Parse<T>;
  /** May be given several times. */
  readonly isRepeatable?: boolean;
  /** Of the command line and the library alone: no key of recipes. */
  readonly isFlagOnly?: boolean;
  /** A path, or a list of them: in a recipe, from its folder. These words are none. */
  readonly pathBut?: readonly string[];
  /** The default as a recipe would say it, where it is not said by the value itself. */
  readonly defaultText?: string;
  /** Other spellings, not shown in the help. */
  readonly hiddenFlags?: readonly string[];
}

/** Some of the options: what a file of one group holds. */
export type OptionSpecs = { readonly [K in keyof Options]?: OptionSpec<Options[K]> };

/** What may be left out. */
export function orNull<T>(parse: Parse<T>): Parse<T | null> {
  return reader(anyOf({ type: 'null' }, parse.schema), (given, flag) =>
    given === null ? null : parse(given, flag),
  );
}

/** What may be found out. */
export function orAuto<T>(parse: Parse<T>): Parse<T | 'auto'> {
  return reader(anyOf({ const: 'auto' }, parse.schema), (given, flag) =>
    given === 'auto' ? 'auto' : parse(given, flag),
  );
}

/** A flag without a value; `--no-…` turns off what is on. */
export function switchOption(flags: string, group: OptionGroup, help: string): OptionSpec<boolean> {
  return { flags, group, byDefault: flags.startsWith('--no-'), help, parse: parseSwitch };
}
