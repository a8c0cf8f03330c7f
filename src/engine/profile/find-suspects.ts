/**
 * What of a column a person should look at before its values are used: signs that cells do not mean
 * what they say. Each by a rule of its own, and none is certain.
 */
import { formatCount } from '../../base/format-count.js';
import { parseNumber } from '../../csv/parse-number.js';
import { idLikeReason } from '../outliers/id-like.js';
import type { ColumnProfile, Suspect, SuspectKind, ValueCount } from './column-profile.js';
import type { CellCount } from './column-state.js';
import { sortsByTime } from './date-format.js';
import { kindWords } from './judge-type.js';
import { familyOf, isFormattedNumber, unitOf } from './value-kind.js';

type Described = Omit<ColumnProfile, 'suspects'>;

const SENTINEL_DATES: ReadonlySet<string> = new Set([
  ...['1900-01-01', '1970-01-01', '0001-01-01', '1899-12-30', '9999-12-31', '2999-12-31'],
]);
/** `-999`, `9999.9`, `-1` is not: it is too often meant. */
const SENTINEL = /^-?(?:9{3,}|99)(?:\.9+|\.0+)?$/;
const LEAST_ROWS_TO_BE_CONSTANT = 2;
/** Numbers of an identifier are all different, but for so many in a thousand. */
const MOST_REPEATED = 0.01;
const LEAST_IDENTIFIERS = 10;

/** All of a column's values with their counts, where they are few: seldom asked for. */
type ListAll = () => readonly ValueCount[] | null;

export function findSuspects(column: Described, listAll: ListAll): readonly Suspect[] {
  const rules = [
    ...[emptiness, constancy, sentinels, sentinelDates, identifiers, leadingZeros],
    ...[longIntegers, conventions, units, dateOrder, strangers, spaces, naWords],
  ];
  return rules.flatMap((rule) => rule(column, listAll) ?? []);
}

function suspect(
  kind: SuspectKind,
  message: string,
  example: Pick<CellCount, 'line' | 'input'> | null = null,
  values: readonly string[] = [],
): Suspect {
  return { kind, message, line: example?.line ?? null, input: example?.input ?? 0, values };
}

function times(count: number): string {
  if (count <= 2) return count === 1 ? 'once' : 'twice';
  return `${formatCount(count)} times`;
}

function emptiness({ cells, missing }: Described): Suspect | null {
  return cells > 0 && missing.count === cells ? suspect('empty', 'no cell has a value') : null;
}

function constancy({ cells, missing, distinct, top }: Described): Suspect | null {
  const valueCount = cells - missing.count;
  if (!distinct.isExact || distinct.count !== 1 || valueCount < LEAST_ROWS_TO_BE_CONSTANT)
    return null;
  const rest = missing.count === 0 ? '' : `, or ${formatCount(missing.count)} cells without one`;
  return suspect('constant', `the one value is "${top![0]!.value}"${rest}`);
}

/** Extreme, repeated or far out, and written in nines. */
function sentinels({ numbers }: Described, listAll: ListAll): readonly Suspect[] {
  if (numbers === null) return [];
  const { lowest, highest, fences, q1, q3 } = numbers;
  const found: Suspect[] = [];
  for (const [end, next] of [lowest, highest]) {
    if (end === undefined || next === undefined || !SENTINEL.test(String(end.value))) continue;
    const { value, count } = end;
    const isFar = value < fences.lowerOuter || value > fences.upperOuter;
    // Where the sentinels are many, they move the quartiles themselves.
    const spread = Math.max(
      Math.abs(next.value),
      Math.abs(next.value - (value < next.value ? q3 : q1)),
    );
    if (!isFar && Math.abs(value - next.value) <= spread) continue;
    const side = value < next.value ? 'least' : 'greatest';
    const text = `${value} stands ${times(count)}, and the next ${side} number is ${next.value}`;
    found.push(suspect('sentinel', text, null, textsOf(value, listAll())));
  }
  return found;
}

/** How a number is written in the column, as far as its values are at hand. */
function textsOf(value: number, all: readonly ValueCount[] | null): readonly string[] {
  if (all === null) return [String(value)];
  return all.map((one) => one.value).filter((text) => parseNumber(text) === value);
}

function sentinelDates({ dates, kinds }: Described, listAll: ListAll): readonly Suspect[] {
  if (dates === null) return [];
  // All dates lie between the first and the last where all sort by time.
  const areSorted = kinds.every(
    ({ kind }) => familyOf(kind) !== 'date' || sortsByTime(kind.slice(5)),
  );
  const mayBe = (day: string): boolean =>
    day >= dates.first.slice(0, 10) && day <= dates.last.slice(0, 10);
  if (areSorted && ![...SENTINEL_DATES].some(mayBe)) return [];
  const days = (
    listAll() ?? [
      { value: dates.first, count: 0 },
      { value: dates.last, count: 0 },
    ]
  ).filter(({ value }) => SENTINEL_DATES.has(value.slice(0, 10)));
  return days.map(({ value, count }) => {
    return suspect(
      'sentinel',
      `${value} stands ${count === 0 ? 'there' : times(count)}, and may mean no date`,
      null,
      [value],
    );
  });
}

function identifiers({ name, type, cells, missing, distinct, numbers }: Described): Suspect | null {
  if (numbers === null || type.name === 'mixed') return null;
  const named = idLikeReason(
    { name, values: new Float64Array(0), notations: new Uint8Array(0) },
    () => false,
  );
  if (named !== null) return suspect('identifier', `numbers that may measure nothing: ${named}`);
  const valueCount = cells - missing.count;
  if (type.name !== 'integer' || valueCount < LEAST_IDENTIFIERS) return null;
  const least = valueCount * (1 - MOST_REPEATED - 3 * distinct.error);
  if (distinct.count < least) return null;
  return suspect('identifier', 'integers that may measure nothing: nearly all are different');
}

function leadingZeros({ kinds }: Described): Suspect | null {
  return ofKind(kinds, 'leading_zero', 'leading_zeros');
}

function longIntegers({ kinds }: Described): Suspect | null {
  return ofKind(kinds, 'long_integer', 'long_integers');
}

function ofKind(
  kinds: Described['kinds'],
  wanted: 'leading_zero' | 'long_integer',
  name: SuspectKind,
): Suspect | null {
  const found = kinds.find(({ kind }) => kind === wanted);
  if (found === undefined) return null;
  const { count, example } = found;
  return suspect(
    name,
    `${formatCount(count)} ${count === 1 ? 'number' : 'numbers'} ${kindWords(wanted, count)}, such as "${example}"`,
    found,
  );
}

/** Points and commas, plain and with a sign: one of the two is read wrong. */
function conventions({ kinds, numbers }: Described): Suspect | null {
  const formatted = kinds.filter(({ kind }) => isFormattedNumber(kind));
  const isMixed = formatted.length > 1 || (formatted.length === 1 && numbers !== null);
  const decimals = formatted.every(({ kind }) => kind === 'decimal_comma' || kind === 'comma');
  if (!isMixed || (formatted.length > 1 && decimals && numbers === null)) return null;
  const words = formatted.map(
    ({ kind, count, example }) => `${formatCount(count)} ${kindWords(kind, count)} ("${example}")`,
  );
  const plain = numbers === null ? [] : [plainNumbers(numbers.count)];
  return suspect('conventions', [...plain, ...words].join(', '), formatted[0]!);
}

function plainNumbers(count: number): string {
  return count === 1 ? '1 is a plain number' : `${formatCount(count)} are plain numbers`;
}

function units({ kinds }: Described, listAll: ListAll): Suspect | null {
  const withUnit = kinds.find(({ kind }) => kind === 'unit');
  const all = withUnit === undefined ? null : listAll();
  if (withUnit === undefined || all === null) return null;
  const counts = new Map<string, number>();
  for (const { value, count } of all) {
    const unit = unitOf(value);
    if (unit !== null) counts.set(unit, count + (counts.get(unit) ?? 0));
  }
  if (counts.size < 2) return null;
  const words = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const list = words.map(([unit, count]) => `${unit} ${times(count)}`).join(', ');
  return suspect('conventions', `different units: ${list}`, withUnit);
}

function dateOrder({ type, kinds }: Described): Suspect | null {
  const format = type.format ?? '';
  const isDate = type.name === 'date' || type.mostly === 'date';
  if (!isDate || !format.includes('?')) return null;
  const first = kinds.find(({ kind }) => kind === `date ${format}`)!;
  return suspect(
    'date_order',
    `"${first.example}" may be day or month first, and no date proves it`,
    first,
  );
}

function strangers({ type }: Described): Suspect | null {
  if (type.name !== 'mixed') return null;
  return suspect('strangers', type.evidence, type.disagreeing[0]!);
}

function spaces({ spaced }: Described): Suspect | null {
  if (spaced === null) return null;
  const cells = spaced.count === 1 ? '1 cell has' : `${formatCount(spaced.count)} cells have`;
  return suspect('spaces', `${cells} blanks around the value, first "${spaced.example}"`, spaced);
}

function naWords({ missing }: Described): Suspect | null {
  if (missing.tokens.length === 0) return null;
  const list = missing.tokens.map(({ token, count }) => `${token} ${times(count)}`).join(', ');
  return suspect('na_words', `words for no value: ${list}`);
}
