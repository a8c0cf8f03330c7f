/** What a recipe may say of columns, by what a profile found in them. Pure. */
import { formatCount } from '../base/format-count.js';
import { parseNumber } from '../csv/parse-number.js';
import type { ColumnRules } from '../engine/column-rules.js';
import type { ColumnProfile, Suspect } from '../engine/profile/column-profile.js';
import { BUILT_COLUMN_RULES } from '../options/column-rule-table.js';

export interface Proposal {
  readonly column: string;
  /** The key of the recipe; null: a note, or a rule of the column. */
  readonly key: 'min' | 'max' | 'outlierExclude' | null;
  /** Of `columns`; null: it is none. */
  readonly rule: keyof ColumnRules | null;
  /** As YAML. */
  readonly value: string;
  readonly reason: string;
  /** Whether csvclean obeys it yet. */
  readonly isBuilt: boolean;
}

/** In the order of the columns. */
export function proposeColumns(columns: readonly ColumnProfile[]): readonly Proposal[] {
  const rules = [proposeNulls, proposeSentinels, proposeNumbers, proposeDates];
  const more = [proposeExclusion, noteStrangers, noteConstant];
  return columns.flatMap((column) => [...rules, ...more].flatMap((propose) => propose(column)));
}

function keyed(
  column: ColumnProfile,
  key: NonNullable<Proposal['key']>,
  value: string,
  reason: string,
): Proposal {
  return { column: column.name, key, rule: null, value, reason, isBuilt: true };
}

function ruled(
  { name }: ColumnProfile,
  rule: keyof ColumnRules,
  value: string,
  reason: string,
): Proposal {
  const isBuilt = BUILT_COLUMN_RULES.has(rule);
  return { column: name, key: null, rule, value, reason, isBuilt };
}

function note({ name }: ColumnProfile, reason: string): Proposal {
  return { column: name, key: null, rule: null, value: '', reason, isBuilt: false };
}

function typeOf({ type }: ColumnProfile): string {
  return type.mostly ?? type.name;
}

/** Words for no value are emptied where they cannot be meant. */
function proposeNulls(column: ColumnProfile): readonly Proposal[] {
  const { tokens } = column.missing;
  if (tokens.length === 0 || typeOf(column) === 'text' || typeOf(column) === 'empty') return [];
  const words = tokens.map(({ token, count }) => `${token} ${formatCount(count)}`).join(', ');
  const sentinels = sentinelsOf(column);
  if (sentinels.length > 0) return [];
  return [ruled(column, 'nulls', 'auto', `words for no value: ${words}`)];
}

function sentinelsOf({ suspects }: ColumnProfile): readonly Suspect[] {
  return suspects.filter(({ kind }) => kind === 'sentinel');
}

/**
 * Emptied, where that is built and it is known how they are written; else their rows are set aside
 * by a bound.
 */
function proposeSentinels(column: ColumnProfile): readonly Proposal[] {
  const found = sentinelsOf(column);
  if (found.length === 0) return [];
  const reason = found.map(({ message }) => message).join('; ');
  const tokens = column.missing.tokens.map(({ token }) => token);
  const texts = [...tokens, ...found.flatMap(({ values }) => values)];
  const list = `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;
  const nulls = ruled(column, 'nulls', list, reason);
  if (column.top === null && column.numbers !== null) return boundsOf(column, found);
  return nulls.isBuilt ? [nulls] : [nulls, ...boundsOf(column, found)];
}

/** The next number stays. */
function boundsOf(column: ColumnProfile, found: readonly Suspect[]): readonly Proposal[] {
  const { numbers } = column;
  if (numbers === null) return [];
  return found.flatMap(({ values, message }) => {
    const isLowest = parseNumber(values[0]!) === numbers.min;
    const next = (isLowest ? numbers.lowest : numbers.highest)[1];
    if (next === undefined) return [];
    return [keyed(column, isLowest ? 'min' : 'max', String(next.value), message)];
  });
}

/** How numbers are written, where all of a column are written in one way that says so. */
function proposeNumbers(column: ColumnProfile): readonly Proposal[] {
  const counts = new Map<string, number>(column.kinds.map(({ kind, count }) => [kind, count]));
  const only = (...kinds: readonly string[]): boolean =>
    [...counts.keys()].every((kind) => kinds.includes(kind));
  const example = (kind: string): string =>
    column.kinds.find((one) => one.kind === kind)?.example ?? '';
  if (counts.has('decimal_comma') && only('decimal_comma', 'integer', 'comma')) {
    const sample = example('decimal_comma');
    const thousands = /[. ']/.exec(sample)?.[0];
    const more = thousands === undefined ? '' : `, thousands: ${JSON.stringify(thousands)}`;
    return [
      ruled(column, 'numbers', `{ decimal: ','${more} }`, `a decimal comma, as in ${sample}`),
    ];
  }
  if (counts.has('grouped') && only('grouped', 'integer', 'number', 'comma')) {
    const sample = example('grouped');
    const thousands = /[, ']/.exec(sample)?.[0] ?? ',';
    const value = `{ decimal: '.', thousands: ${JSON.stringify(thousands)} }`;
    return [ruled(column, 'numbers', value, `grouped digits, as in ${sample}`)];
  }
  const signed = ['percent', 'currency'].find((kind) => counts.has(kind) && counts.size === 1);
  if (signed === undefined) return [];
  return [ruled(column, 'numbers', 'auto', `all are as ${example(signed)}`)];
}

/** Formats other than ISO 8601, of days alone. */
function proposeDates(column: ColumnProfile): readonly Proposal[] {
  const { type } = column;
  const format = type.format ?? '';
  if (type.name !== 'date' || format.startsWith('YYYY-')) return [];
  if (format.includes('?')) {
    const both = ['DD', 'MM'].map((first) => {
      const second = first === 'DD' ? 'MM' : 'DD';
      return format.replace('??', first).replace('??', second);
    });
    return [note(column, `dates: ${both.join(' or ')}? ${type.evidence}`)];
  }
  if (!/^[DMY./-]+$/.test(format)) return [note(column, `dates as ${format}: ${type.evidence}`)];
  return [ruled(column, 'dates', JSON.stringify(format), type.evidence)];
}

function proposeExclusion(column: ColumnProfile): readonly Proposal[] {
  const found = column.suspects.find(({ kind }) => kind === 'identifier');
  if (found === undefined || column.numbers === null) return [];
  return [keyed(column, 'outlierExclude', '', found.message)];
}

function noteStrangers(column: ColumnProfile): readonly Proposal[] {
  const found = column.suspects.filter(
    ({ kind }) => kind === 'strangers' || kind === 'conventions',
  );
  return found.map(({ message }) => note(column, message));
}

function noteConstant(column: ColumnProfile): readonly Proposal[] {
  const found = column.suspects.find(({ kind }) => kind === 'constant' || kind === 'empty');
  return found === undefined ? [] : [note(column, `${found.message}; drop it?`)];
}
