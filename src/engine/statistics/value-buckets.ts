/**
 * Values of several pieces in buckets of neighbours, without moving one: a pass finds how far apart
 * they are, one counts them, and one fetches the values of some buckets. Knows numbers only.
 */
import { halvesOf, UPPER } from './double-halves.js';

/** Neighbours by size: all values that share a number. */
export interface Bucket {
  readonly number: number;
  /** How many values are less than all of these. */
  readonly start: number;
  readonly count: number;
}

/** How the number of a bucket is told: (`ordinal` of the upper half − `least`) >>> `shift`. */
export interface Scale {
  readonly least: number;
  readonly shift: number;
  /** Numbers are below it. */
  readonly count: number;
}

/** So many buckets at most: they stay in the cache. */
const MOST_BUCKETS = 1 << 16;
/** Of few values so many: to look through the buckets takes time as well. */
const LEAST_BUCKETS = 1 << 8;
/** A slot is a byte, and 0 is none: so many buckets are fetched at once. */
export const MOST_FETCHED = 255;

/** Scratch, all 0 between calls: how many values a bucket has, and where in a fetch they go. */
const counts = new Uint32Array(MOST_BUCKETS);
const slots = new Uint8Array(MOST_BUCKETS);

/** Of the upper half of a double: in the order of the values, and of both zeros 0. */
function ordinal(upper: number): number {
  const sign = upper >> 31;
  return (upper ^ (sign & 0x7fffffff)) - sign;
}

/** Of the bucket that `x` would be in: below 0, or too large, where there is none. */
export function numberOf(x: number, { least, shift }: Scale): number {
  return Math.floor((ordinal(halvesOf(Float64Array.of(x))[UPPER]!) - least) / 2 ** shift);
}

export function scaleOf(parts: readonly Float64Array[]): Scale {
  const bounds = new Int32Array([0x7fffffff, -0x80000000]);
  for (const part of parts) widen(bounds, halvesOf(part));
  const [least, greatest] = bounds as unknown as [number, number];
  const valueCount = parts.reduce((sum, { length }) => sum + length, 0);
  const most = Math.min(MOST_BUCKETS, Math.max(LEAST_BUCKETS, valueCount));
  let shift = 0;
  while ((greatest - least) / 2 ** shift >= most) shift++;
  return { least, shift, count: Math.floor((greatest - least) / 2 ** shift) + 1 };
}

// The loops over all values stand alone: a call in them would be one for each value.

/** @param bounds the least and the greatest ordinal so far. */
function widen(bounds: Int32Array, halves: Int32Array): void {
  let least = bounds[0]!;
  let greatest = bounds[1]!;
  for (let at = UPPER; at < halves.length; at += 2) {
    const number = ordinal(halves[at]!);
    least = Math.min(least, number);
    greatest = Math.max(greatest, number);
  }
  bounds[0] = least;
  bounds[1] = greatest;
}

/** What is not empty, in the order of values. */
export function countBuckets(parts: readonly Float64Array[], scale: Scale): readonly Bucket[] {
  for (const part of parts) countNumbers(halvesOf(part), scale);
  const buckets: Bucket[] = [];
  let start = 0;
  for (let number = 0; number < scale.count; number++) {
    const count = counts[number]!;
    if (count === 0) continue;
    buckets.push({ number, start, count });
    start += count;
    counts[number] = 0;
  }
  return buckets;
}

function countNumbers(halves: Int32Array, { least, shift }: Scale): void {
  for (let at = UPPER; at < halves.length; at += 2) {
    counts[(ordinal(halves[at]!) - least) >>> shift]!++;
  }
}

/** The values of each of `buckets`, at most `MOST_FETCHED`, in no order. */
export function fetchBuckets(
  parts: readonly Float64Array[],
  scale: Scale,
  buckets: readonly Bucket[],
): readonly Float64Array[] {
  if (buckets.length === 0) return [];
  const ends = new Uint32Array(buckets.length + 1);
  let total = 0;
  buckets.forEach(({ number, count }, i) => {
    slots[number] = i + 1;
    ends[i + 1] = total;
    total += count;
  });
  const fetched = new Float64Array(total);
  for (const part of parts) dealOut(part, halvesOf(part), scale, ends, fetched);
  for (const { number } of buckets) slots[number] = 0;
  return buckets.map(({ count }, i) => fetched.subarray(ends[i + 1]! - count, ends[i + 1]!));
}

/** With a branch: so few values are wanted that it is seldom missed. */
function dealOut(
  values: Float64Array,
  halves: Int32Array,
  { least, shift }: Scale,
  ends: Uint32Array,
  fetched: Float64Array,
): void {
  for (let i = 0, at = UPPER; i < values.length; i++, at += 2) {
    const slot = slots[(ordinal(halves[at]!) - least) >>> shift]!;
    if (slot !== 0) fetched[ends[slot]!++] = values[i]!;
  }
}
