/**
 * The type of a column by how its values are written, and what disagrees. Strict: one value of
 * another kind makes it mixed, since a program that reads the column will trip over that one.
 */
import { formatCount } from '../../base/format-count.js';
import type { KindCount } from './column-state.js';
import { type Family, familyOf, isFormattedNumber, type ValueKind } from './value-kind.js';

export type TypeName =
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'text'
  /** Most values are of one type, but some are not. */
  | 'mixed'
  /** No cell has a value. */
  | 'empty';

export interface ColumnType {
  readonly name: TypeName;
  /** Of a mixed column, what most values are. */
  readonly mostly: Exclude<TypeName, 'mixed' | 'empty'> | null;
  /** Of dates: as `YYYY-MM-DD`; with `??` where day and month could be either. */
  readonly format: string | null;
  /** The values that make it mixed, the most frequent kind first. */
  readonly disagreeing: readonly KindCount[];
  /** In words, by which values. */
  readonly evidence: string;
}

/** Least share of the values that a family must have to be what a mixed column mostly is. */
const LEAST_SHARES: Readonly<Record<Exclude<Family, 'text'>, number>> = {
  number: 0.5,
  date: 0.5,
  boolean: 0.95,
};

/** @param kinds the most frequent first. */
export function judgeType(kinds: readonly KindCount[], valueCount: number): ColumnType {
  const none = { mostly: null, format: null, disagreeing: [] };
  if (valueCount === 0) return { ...none, name: 'empty', evidence: 'no cell has a value' };
  const families = countFamilies(kinds);
  for (const family of ['number', 'date', 'boolean'] as const) {
    const count = families.get(family) ?? 0;
    if (count / valueCount < LEAST_SHARES[family] || count === 0) continue;
    return judgeFamily(family, kinds, valueCount, count);
  }
  return { ...none, name: 'text', evidence: textEvidence(kinds, valueCount) };
}

function countFamilies(kinds: readonly KindCount[]): ReadonlyMap<Family, number> {
  const families = new Map<Family, number>();
  for (const { kind, count } of kinds) {
    const family = familyOf(kind);
    families.set(family, count + (families.get(family) ?? 0));
  }
  return families;
}

function judgeFamily(
  family: Exclude<Family, 'text'>,
  kinds: readonly KindCount[],
  valueCount: number,
  familyCount: number,
): ColumnType {
  const own = kinds.filter(({ kind }) => familyOf(kind) === family);
  const others = kinds.filter(({ kind }) => familyOf(kind) !== family);
  const date = family === 'date' ? judgeDates(own) : null;
  const format = date?.format ?? null;
  const disagreeing = [...others, ...(date?.disagreeing ?? [])];
  const name = nameOf(family, own);
  // Text may be anything.
  if (disagreeing.length === 0 || name === 'text') {
    return {
      ...{ name, mostly: null, format, disagreeing: [] },
      evidence: ownEvidence(name, own, familyCount, date),
    };
  }
  const [worst] = disagreeing;
  const share = `${formatCount(familyCount)} of ${formatCount(valueCount)} values`;
  const evidence = `${share} are ${wordOf(name)}, but ${saying(worst!)}`;
  return { name: 'mixed', mostly: name, format, disagreeing, evidence };
}

function nameOf(
  family: Exclude<Family, 'text'>,
  own: readonly KindCount[],
): 'integer' | 'number' | 'boolean' | 'date' | 'text' {
  if (family !== 'number') return family;
  // A number loses its leading zeros, and an integer its last digits.
  if (own.some(({ kind }) => kind === 'leading_zero' || kind === 'long_integer')) return 'text';
  return own.every(({ kind }) => kind === 'integer') ? 'integer' : 'number';
}

interface DateJudgement {
  readonly format: string;
  /** A date that settles the order of day and month for the others. */
  readonly proven: string | null;
  readonly disagreeing: readonly KindCount[];
}

/** The format of most dates; an open order of day and month is closed by dates that prove it. */
function judgeDates(own: readonly KindCount[]): DateJudgement {
  const formatOf = ({ kind }: KindCount): string => kind.slice('date '.length);
  const first = formatOf(own[0]!);
  const open = openForm(first);
  const proofs = own.filter((one) => formatOf(one) !== open && openForm(formatOf(one)) === open);
  const format = proofs.length === 0 ? first : formatOf(proofs[0]!);
  const hasOpen = own.some((one) => formatOf(one) === open);
  const disagreeing = own.filter((one) => {
    return formatOf(one) !== format && (formatOf(one) !== open || proofs.length === 0);
  });
  const proven = hasOpen && proofs.length > 0 ? proofs[0]!.example : null;
  return { format, proven, disagreeing };
}

/** The format with the order of day and month left open, where they are both numbers. */
function openForm(format: string): string {
  return format.replace(/^(?:DD([-/.])MM|MM([-/.])DD)(?=[-/.]Y)/, (_, a, b) => `??${a ?? b}??`);
}

function ownEvidence(
  name: TypeName,
  own: readonly KindCount[],
  count: number,
  date: DateJudgement | null,
): string {
  const all = count === 1 ? 'the one value is' : `all ${formatCount(count)} values are`;
  if (name === 'text') {
    const code = own.find(({ kind }) => kind === 'leading_zero' || kind === 'long_integer')!;
    return `${formatCount(count)} values are digits, but ${saying(code)}`;
  }
  if (date === null) return `${all} ${wordOf(name)}`;
  if (date.format.includes('?'))
    return `${all} dates, but which is the day and which the month is open`;
  if (date.proven !== null)
    return `${all} dates; "${date.proven}" proves the order of day and month`;
  return `${all} dates`;
}

function textEvidence(kinds: readonly KindCount[], valueCount: number): string {
  const formatted = kinds.find(({ kind }) => isFormattedNumber(kind));
  const isMost = formatted !== undefined && formatted.count / valueCount >= 0.5;
  if (!isMost) return 'most values are no numbers, dates or booleans';
  return `of ${formatCount(valueCount)} values, ${saying(formatted)}`;
}

/** `3 have leading zeros, such as "007"`. */
function saying({ kind, count, example }: KindCount): string {
  return `${formatCount(count)} ${kindWords(kind, count)}, such as "${example}"`;
}

function wordOf(name: TypeName): string {
  if (name === 'integer') return 'integers';
  if (name === 'boolean') return 'booleans';
  if (name === 'text') return 'digits';
  return `${name}s`;
}

/** What one value of a kind is, and what several are. */
const KIND_WORDS: Readonly<Partial<Record<ValueKind, readonly [one: string, more: string]>>> = {
  integer: ['is an integer', 'are integers'],
  number: ['is a number', 'are numbers'],
  leading_zero: ['has a leading zero', 'have leading zeros'],
  long_integer: ['has more than 15 digits', 'have more than 15 digits'],
  boolean: ['is a boolean', 'are booleans'],
  decimal_comma: ['has a decimal comma', 'have a decimal comma'],
  grouped: ['has grouped digits', 'have grouped digits'],
  comma: ['has one comma', 'have one comma'],
  percent: ['is a percentage', 'are percentages'],
  currency: ['is an amount of money', 'are amounts of money'],
  unit: ['has a unit', 'have a unit'],
  text: ['is text', 'are text'],
};

/** What so many values of a kind are, as `have a decimal comma`. */
export function kindWords(kind: ValueKind, count: number): string {
  const format = kind.slice('date '.length);
  const words = KIND_WORDS[kind] ?? [`is a date as ${format}`, `are dates as ${format}`];
  return words[count === 1 ? 0 : 1]!;
}
