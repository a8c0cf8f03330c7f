/**
 * Tells identifiers and categories from measurements: numbers that must not be judged by their
 * size. By the column's name, and by how its first values are written and ordered. Knows no rule;
 * which values are candidates is told by the caller. Booleans need no test here: as text they are
 * not numeric, as 0 and 1 they are too few different values.
 */

import { INTEGER, LEADING_ZERO } from '../../kernel/cell-kinds.js';
import { toSnakeWords } from '../column-names.js';
import type { ColumnSample } from './column-sample.js';
import { NOTATION_LIMIT } from './column-sample.js';

/** A column is an identifier by name when one of these is a whole word of its snake-case name. */
export const ID_LIKE_WORDS: readonly string[] = [
  ...['year', 'years', 'yr', 'yrs', 'yyyy'],
  ...['epoch', 'epochs', 'timestamp', 'timestamps', 'unixtime'],
  ...['lat', 'latitude', 'latitudes', 'lon', 'lng', 'long', 'longitude', 'longitudes'],
  ...['zip', 'zips', 'zipcode', 'zipcodes', 'postcode', 'postcodes', 'postal', 'plz'],
  ...['phone', 'phones', 'telephone', 'tel', 'mobile', 'fax'],
  ...['code', 'codes', 'index', 'indexes', 'indices', 'idx'],
  ...['id', 'ids', 'identifier', 'identifiers', 'uuid', 'guid'],
];

/** Least percentage of different values among identifiers. */
const MIN_UNIQUE_PERCENT = 99;
/** The same in a sequence: sorted counts, full of ties, are measurements. */
const MIN_SEQUENCE_UNIQUE_PERCENT = 90;
/** Different integers in a range of less than so many times their number were handed out. */
const DENSE_RANGE_FACTOR = 20;

const idLikeWords: ReadonlySet<string> = new Set(ID_LIKE_WORDS);

/**
 * Why the column is an identifier or category, in words (`the name says "year"`), or null.
 *
 * The tests by value look at the first `NOTATION_LIMIT` values in file order, without the
 * candidates. One leading zero settles it; the integer tests apply only when every one of these
 * values is written as an integer, since a single fraction makes the column a measurement.
 *
 * @param isCandidate whether the value at an index of `sample.values` may be an outlier.
 */
export function idLikeReason(
  sample: Pick<ColumnSample, 'name' | 'values' | 'notations'>,
  isCandidate: (index: number) => boolean,
): string | null {
  const word = toSnakeWords(sample.name).find((part) => idLikeWords.has(part));
  if (word !== undefined) return `the name says "${word}"`;

  const looked = Math.min(sample.values.length, NOTATION_LIMIT);
  const integers = new Float64Array(looked);
  let integerCount = 0;
  let otherCount = 0;
  for (let index = 0; index < looked; index += 1) {
    if (isCandidate(index)) continue;
    const notation = sample.notations[index]!;
    if (notation === LEADING_ZERO) return 'numbers are written with leading zeros';
    if (notation === INTEGER) {
      integers[integerCount] = sample.values[index]!;
      integerCount += 1;
    } else {
      otherCount += 1;
    }
  }
  if (otherCount > 0 || integerCount === 0) return null;
  return integerReason(integers.subarray(0, integerCount));
}

/** The tests for integers in file order, at least one. */
function integerReason(integers: Float64Array): string | null {
  const n = integers.length;
  const sorted = integers.slice().sort();
  const distinct = countDistinct(sorted);
  // Not strictly monotone: a running number of which some rows appear twice is still one.
  if (isMonotone(integers) && distinct * 100 >= n * MIN_SEQUENCE_UNIQUE_PERCENT) {
    return 'they are integers in sequence';
  }
  if (distinct * 100 < n * MIN_UNIQUE_PERCENT) return null;
  if (haveOneDigitCount(integers)) return 'they are different integers of one length';
  const range = sorted[n - 1]! - sorted[0]! + 1;
  return range < DENSE_RANGE_FACTOR * n ? 'they are different integers in a dense range' : null;
}

/** How many different values an ascending array holds. */
function countDistinct(sorted: Float64Array): number {
  let distinct = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) distinct += 1;
  }
  return distinct;
}

/** Whether the values never fall, or never rise. */
function isMonotone(values: Float64Array): boolean {
  let rises = false;
  let falls = false;
  for (let index = 1; index < values.length; index += 1) {
    if (values[index]! > values[index - 1]!) rises = true;
    if (values[index]! < values[index - 1]!) falls = true;
  }
  return !(rises && falls);
}

/** Whether all integers have as many decimal digits, signs aside. */
function haveOneDigitCount(integers: Float64Array): boolean {
  const magnitudes = integers.map(Math.abs).sort();
  return digitCountOf(magnitudes[0]!) === digitCountOf(magnitudes[magnitudes.length - 1]!);
}

/** Decimal digits of an integral double of no sign: 1 for 0. */
function digitCountOf(magnitude: number): number {
  return BigInt(magnitude).toString().length;
}
