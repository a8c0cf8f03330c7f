/**
 * Options that differ for some of the inputs (`files` in a recipe): which may, how they are read,
 * and what they make of the options of the run.
 */
import { resolve } from 'node:path';
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import type { NamedRules } from '../engine/column-rules.js';
import type { OptionGroup, OptionSpec } from './option-spec.js';
import { OPTION_TABLE } from './option-table.js';
import type { FileOptions, OptionInput, Options } from './options.js';
import { entriesOf, listOf, parseTexts } from './parse-lists.js';
import { badValue, parseFilledText } from './parse-values.js';

const SPECS = new Map<string, OptionSpec<unknown>>(Object.entries(OPTION_TABLE));

/** All that is said of one file: how it is read, and what is done to it. */
const GROUPS_PER_FILE: ReadonlySet<OptionGroup> = new Set<OptionGroup>([
  'Dialect',
  'Columns',
  'Rows and values',
  'Outliers',
]);
/** How one file is written. */
export const FORM_KEYS: readonly (keyof Options)[] = [
  'outDelimiter',
  'crlf',
  'bom',
  'keepDialect',
  'escapeFormulas',
];
/** Of groups that are of the whole run otherwise; and the other way round. */
const ALSO_PER_FILE: readonly (keyof Options)[] = [...FORM_KEYS, 'maxDecompressed'];
const NOT_PER_FILE: readonly (keyof Options)[] = ['outlierScope'];

/** The options that may differ from file to file. */
export const PER_FILE_KEYS: readonly string[] = [...SPECS]
  .filter(([key, { group }]) => {
    if (NOT_PER_FILE.includes(key as keyof Options)) return false;
    return GROUPS_PER_FILE.has(group) || ALSO_PER_FILE.includes(key as keyof Options);
  })
  .map(([key]) => key);

/** Why `key` cannot stand in `files`, and what to do; null when it can. */
export function whyNotPerFile(
  key: string,
): { readonly message: string; readonly remedy: string } | null {
  if (PER_FILE_KEYS.includes(key)) return null;
  if (SPECS.has(key) || ['files', 'extends', 'preset'].includes(key)) {
    const message = `"${key}" is of the whole run, not of some of its files`;
    return { message, remedy: 'Put it at the top.' };
  }
  const near = suggest(key, PER_FILE_KEYS);
  return {
    message: `there is no key "${key}"`,
    remedy: near === null ? 'See docs/recipes.md.' : `Did you mean ${near}?`,
  };
}

/**
 * A list of maps: `match`, and the options for what matches.
 * @throws CsvcleanError USAGE.
 */
export function parseFiles(given: unknown): readonly FileOptions[] {
  return listOf(given).map((part, i) => parsePart(part, `files[${i}]`));
}

function parsePart(given: unknown, flag: string): FileOptions {
  const entries = entriesOf(given);
  if (entries === null) throw badValue(flag, given, 'a map with match and options');
  const fields = new Map(entries);
  const match = parseTexts(fields.get('match') ?? [], `${flag}.match`);
  if (match.length === 0) throw badValue(`${flag}.match`, match, 'a glob, or several');
  const folder = resolve(parseFilledText(fields.get('folder') ?? '.', `${flag}.folder`));
  const options = [...fields].flatMap(([key, value]) => {
    if (key === 'match' || key === 'folder' || value === undefined) return [];
    const why = whyNotPerFile(key);
    if (why !== null) {
      throw new CsvcleanError('USAGE', `${flag}: ${why.message}`, { remedy: why.remedy });
    }
    return [[key, SPECS.get(key)!.parse(value, `${flag}.${key}`)]];
  });
  return { match, folder, options: Object.fromEntries(options) as Partial<Options> };
}

/** The options of an input that these parts are for; later ones win. */
export function withFileOptions(options: Options, parts: readonly FileOptions[]): Options {
  let all = options;
  for (const part of parts) {
    const columns = mergeColumns(all.columns, part.options.columns ?? []);
    const asked = all.asksOutliers || asksOutliers(part.options);
    all = { ...all, ...part.options, columns, asksOutliers: asked };
  }
  return all;
}

/** Whether outliers are spoken of there. */
export function asksOutliers({ outliers, outlierAction, outlierColumns }: OptionInput): boolean {
  return [outliers, outlierAction, outlierColumns].some((one) => one !== undefined);
}

/** Rule by rule, where a column stands in both. */
function mergeColumns(
  under: readonly NamedRules[],
  over: readonly NamedRules[],
): readonly NamedRules[] {
  const rules = new Map(under.map((one) => [one.column, one.rules]));
  for (const one of over) rules.set(one.column, { ...rules.get(one.column), ...one.rules });
  return [...rules].map(([column, all]) => ({ column, rules: all }));
}
