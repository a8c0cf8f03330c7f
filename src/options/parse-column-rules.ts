/** Reads `columns`: a map from column to its rules. */
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import type { ColumnRules, NamedRules } from '../engine/column-rules.js';
import { BUILT_COLUMN_RULES, COLUMN_RULE_TABLE } from './column-rule-table.js';
import { type JsonSchema, mapOf, recordOf } from './json-schema.js';
import { entriesOf } from './parse-lists.js';
import { badValue, type Parse, reader } from './parse-values.js';

export const RULE_NAMES: readonly string[] = Object.keys(COLUMN_RULE_TABLE);

const RULES = new Map<string, { readonly help: string; readonly parse: Parse<unknown> }>(
  Object.entries(COLUMN_RULE_TABLE),
);

/** Of the rules that are taken. */
export const BUILT_RULES_SCHEMA: JsonSchema = recordOf(
  new Map(
    [...RULES]
      .filter(([rule]) => BUILT_COLUMN_RULES.has(rule as keyof ColumnRules))
      .map(([rule, { help, parse }]) => [rule, { description: help, ...parse.schema }]),
  ),
);

/** A map, or a list of pairs: columns in the order in which they are given. */
export const parseColumnRules: Parse<readonly NamedRules[]> = reader(
  mapOf(BUILT_RULES_SCHEMA),
  (given, flag) => {
    const named = columnEntries(given, flag).map(([column, rules]) => ({
      column,
      rules: parseRules(rules, `${flag}.${column}`),
    }));
    const again = named.find(
      ({ column }, i) => named.findIndex((one) => one.column === column) < i,
    );
    if (again !== undefined) throw badValue(flag, again.column, 'each column once');
    return named;
  },
);

/** Columns and what stands with them. @throws CsvcleanError USAGE. */
export function columnEntries(
  given: unknown,
  flag: string,
): readonly (readonly [string, unknown])[] {
  const entries = Array.isArray(given) ? pairsOf(given, flag) : entriesOf(given);
  if (entries === null) throw badValue(flag, given, 'a map from column to rules');
  return entries;
}

function pairsOf(given: readonly unknown[], flag: string): readonly (readonly [string, unknown])[] {
  return given.map((pair) => {
    const isPair = Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string';
    if (!isPair) throw badValue(flag, pair, 'a column and its rules');
    return pair as [string, unknown];
  });
}

function parseRules(given: unknown, flag: string): ColumnRules {
  const entries = given === null ? [] : entriesOf(given);
  if (entries === null) throw badValue(flag, given, 'a map of rules');
  return Object.fromEntries(
    entries.map(([rule, value]) => [rule, parseRule(rule, value, `${flag}.${rule}`)]),
  ) as ColumnRules;
}

/** One rule of one column. @throws CsvcleanError USAGE. */
export function parseRule(rule: string, given: unknown, flag: string): unknown {
  const spec = RULES.get(rule);
  if (spec === undefined) {
    const near = suggest(rule, RULES.keys());
    throw new CsvcleanError('USAGE', `${flag}: there is no rule "${rule}"`, {
      remedy:
        near === null ? `Rules are ${[...RULES.keys()].join(', ')}.` : `Did you mean ${near}?`,
    });
  }
  const value = spec.parse(given, flag);
  if (!BUILT_COLUMN_RULES.has(rule as keyof ColumnRules)) {
    throw new CsvcleanError('USAGE', `${flag}: this version does not know what to do with it`, {
      remedy: 'Leave it out, or use a later version.',
    });
  }
  return value;
}
