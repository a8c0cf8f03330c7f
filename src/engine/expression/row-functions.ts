/**
 * The functions over several values of a row, and over texts and dates: what each takes and gives,
 * and what it does with values. Both ways of evaluation call the same. Knows no columns, and not
 * whether rows come one by one or in blocks.
 */
import { assert } from '../../base/assert.js';
import { createIsoDate, type IsoDate, readIsoDate, secondsOf, weekdayOf } from '../iso-date.js';
import { type ExpressionCounts, toCell, type Value } from './tree.js';

/** As what an argument is read: `any` as it is. */
export type TakenAs = 'number' | 'text' | 'any';

export interface RowFunction {
  /** Of the first arguments; all others are as the last. */
  readonly takes: readonly TakenAs[];
  readonly gives: 'number' | 'text' | 'boolean';
  /**
   * Whether `apply` gets missing arguments, and whether they are counted; not given: one makes the
   * result missing, and is counted.
   */
  readonly missing?: 'ignored' | 'counted';
  /**
   * @param values of the arguments, none missing unless it gets those; valid for this call.
   * @returns null for missing. Numbers are finite.
   */
  apply(values: readonly Value[], counts: ExpressionCounts): Value;
}

export function takenAs({ takes }: RowFunction, argument: number): TakenAs {
  return takes[Math.min(argument, takes.length - 1)]!;
}

const date = createIsoDate();
const otherDate = createIsoDate();

/** Reads a date; what is none is missing and counted. */
function isDate(value: Value, into: IsoDate, counts: ExpressionCounts): boolean {
  if (readIsoDate(toCell(value), into)) return true;
  counts.notDates++;
  return false;
}

function ofDate(part: (date: IsoDate) => number): RowFunction {
  return {
    takes: ['text'],
    gives: 'number',
    apply: (values, counts) => (isDate(values[0]!, date, counts) ? part(date) : null),
  };
}

function ofTexts(
  takes: readonly TakenAs[],
  gives: RowFunction['gives'],
  calculate: (text: string, values: readonly Value[]) => Value,
): RowFunction {
  return { takes, gives, apply: (values) => calculate(toCell(values[0]!), values) };
}

/** Seconds in each unit of `date_diff`. */
export const DATE_UNITS: ReadonlyMap<string, number> = new Map([
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
]);

const ROW_FUNCTIONS: ReadonlyMap<string, RowFunction> = new Map<string, RowFunction>([
  ['least', extreme((a, b) => a < b)],
  ['greatest', extreme((a, b) => a > b)],
  ['year', ofDate(({ year }) => year)],
  ['month', ofDate(({ month }) => month)],
  ['day', ofDate(({ day }) => day)],
  ['weekday', ofDate(weekdayOf)],
  ['hour', ofDate(({ hour }) => hour)],
  ['minute', ofDate(({ minute }) => minute)],
  ['second', ofDate(({ second }) => second)],
  ['date_diff', { takes: ['text'], gives: 'number', apply: dateDiff }],
  ['contains', ofTexts(['text'], 'boolean', (text, [, part]) => text.includes(toCell(part!)))],
  ['starts_with', ofTexts(['text'], 'boolean', (text, [, part]) => text.startsWith(toCell(part!)))],
  ['ends_with', ofTexts(['text'], 'boolean', (text, [, part]) => text.endsWith(toCell(part!)))],
  ['replace', ofTexts(['text'], 'text', replaceAll)],
  [
    'substr',
    ofTexts(['text', 'number'], 'text', (text, [, from, count]) => sub(text, from!, count)),
  ],
  ['split_part', ofTexts(['text', 'text', 'number'], 'text', splitPart)],
  ['concat', { takes: ['any'], gives: 'text', missing: 'ignored', apply: joinTexts }],
  ['||', { takes: ['any'], gives: 'text', apply: joinTexts }],
]);

/** The function of this name, or null when it is none of these. */
export function rowFunction(name: string): RowFunction | null {
  return ROW_FUNCTIONS.get(name) ?? null;
}

/** Missing only where all are, as in PostgreSQL and DuckDB. */
function extreme(isBetter: (a: number, b: number) => boolean): RowFunction {
  return {
    takes: ['number'],
    gives: 'number',
    missing: 'ignored',
    apply(values) {
      let best: Value = null;
      for (const value of values) {
        if (value !== null && (best === null || isBetter(value as number, best as number))) {
          best = value;
        }
      }
      return best;
    },
  };
}

/** From the first to the second, in days or the unit given; with their fractions. */
function dateDiff(values: readonly Value[], counts: ExpressionCounts): Value {
  const [from, to, unit] = values;
  // Both are read, so that both are counted.
  const isFrom = isDate(from!, date, counts);
  const isTo = isDate(to!, otherDate, counts);
  if (!isFrom || !isTo) return null;
  const seconds = DATE_UNITS.get(unit === undefined ? 'days' : toCell(unit));
  assert(seconds !== undefined, 'the unit was checked');
  return (secondsOf(otherDate) - secondsOf(date)) / seconds;
}

function joinTexts(values: readonly Value[]): string {
  let text = '';
  for (const value of values) text += toCell(value);
  return text;
}

/** Nothing is found nowhere. */
function replaceAll(text: string, [, part, by]: readonly Value[]): string {
  const sought = toCell(part!);
  return sought === '' ? text : text.split(sought).join(toCell(by!));
}

/**
 * Code points from the first-th on, which is 1 for the first and −1 for the last; up to `count`,
 * or to the end. Fractions are cut off.
 */
function sub(text: string, first: Value, count: Value | undefined): string {
  const points = [...text];
  const wanted = Math.trunc(first as number);
  const from = wanted < 0 ? points.length + wanted : wanted - 1;
  if (count === undefined) return points.slice(Math.max(0, from)).join('');
  const length = Math.trunc(count as number);
  // What lies before the text counts, as in SQL.
  return points.slice(Math.max(0, from), Math.max(0, from + length)).join('');
}

/** The n-th piece between delimiters, from 1; −1 is the last. Missing where there is none. */
function splitPart(text: string, [, delimiter, n]: readonly Value[]): Value {
  const sought = toCell(delimiter!);
  const pieces = sought === '' ? [text] : text.split(sought);
  const wanted = Math.trunc(n as number);
  const at = wanted < 0 ? pieces.length + wanted : wanted - 1;
  return pieces[at] ?? null;
}
