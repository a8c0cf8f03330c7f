/**
 * The values of a long column that lies in several pieces, by their rank, without joining them: one
 * pass finds how far apart they are, one counts them in buckets of neighbours, and one fetches the
 * buckets that are asked for, a few values in a thousand as a rule. `ordered-values` goes on from
 * there. Knows numbers only. Twin: `sortAll`.
 */
import { assert } from '../../base/assert.js';
import { isLittleEndian } from './digit-runs.js';
import { firstIndex } from './first-index.js';
import { type OrderedValues, orderValues } from './ordered-values.js';

/** Values by their rank, and ranks by any value. */
export interface OrderedParts extends OrderedValues {
  /** Fetches together what the counts of these will be asked of. */
  fetchAround(values: readonly number[]): void;
  /** How many values are less than `x`: none than NaN. */
  countBelow(x: number): number;
  /** How many are greater. */
  countAbove(x: number): number;
}

/** Neighbours by size: all values that share a number. */
interface Bucket {
  readonly number: number;
  /** How many values are less than all of these. */
  readonly start: number;
  readonly count: number;
  ordered: OrderedValues | null;
}

/** How the number of a value's bucket is told: (`ordinal` of its upper half − `least`) >>> `shift`. */
interface Scale {
  readonly least: number;
  readonly shift: number;
}

/** So many buckets are counted in: they stay in the cache. */
const BUCKET_COUNT = 1 << 16;
/** A slot is a byte, and 0 is none. */
const MOST_SLOTS = 255;
/** So many values of each end are fetched with the first that are asked for. */
const END_LENGTH = 8;
/** Where the upper half of a double is. */
const UPPER = isLittleEndian ? 1 : 0;

/** Scratch, all 0 between calls: how many values a bucket has, and where in a fetch they go. */
const counts = new Uint32Array(BUCKET_COUNT);
const slots = new Uint8Array(BUCKET_COUNT);

/**
 * `parts` in order, of at least one value; they are not changed, must not change as long as the
 * order is used, and are all finite.
 *
 * @param soon ranks that will be asked for: what lies around them, and at both ends, is fetched
 *   together.
 */
export function orderParts(
  parts: readonly Float64Array[],
  soon: readonly number[] = [],
): OrderedParts {
  const scale = scaleOf(parts);
  const buckets = countBuckets(parts, scale);
  const { start, count } = buckets.at(-1)!;
  const length = start + count;
  const open = (wanted: readonly (Bucket | undefined)[]): void => {
    const isClosed = (bucket?: Bucket): bucket is Bucket => bucket?.ordered === null;
    const closed = [...new Set(wanted.filter(isClosed))].slice(0, MOST_SLOTS);
    const fetched = fetchBuckets(parts, scale, closed);
    closed.forEach((bucket, i) => {
      const inside = soon.map((rank) => rank - bucket.start);
      const soonInside = inside.filter((rank) => rank >= 0 && rank < bucket.count);
      bucket.ordered = orderValues(fetched[i]!, soonInside);
    });
  };
  const orderOf = (bucket: Bucket): OrderedValues => {
    if (bucket.ordered === null) open([bucket]);
    return bucket.ordered!;
  };
  const within = (rank: number): Bucket => {
    assert(rank >= 0 && rank < length, 'a rank lies below the length');
    return buckets[firstIndex(0, buckets.length - 1, (at) => buckets[at + 1]!.start > rank)]!;
  };
  /** The first bucket that may hold `x`, or something greater. */
  const bucketFrom = (x: number): Bucket | undefined => {
    const number = numberOf(x, scale);
    return buckets[firstIndex(0, buckets.length, (at) => buckets[at]!.number >= number)];
  };
  /** How many values are left from the first on that holds: one not less than `x`, or greater. */
  const countFrom = (x: number, holds: (value: number) => boolean): number => {
    const bucket = bucketFrom(x);
    if (bucket === undefined || Number.isNaN(x)) return 0;
    if (bucket.number > numberOf(x, scale)) return length - bucket.start;
    const ordered = orderOf(bucket);
    return length - bucket.start - firstIndex(0, bucket.count, (at) => holds(ordered.at(at)));
  };
  const isAtEnd = (one: Bucket): boolean =>
    one.start < END_LENGTH || one.start + one.count > length - END_LENGTH;
  open([...buckets.filter(isAtEnd), ...soon.map(within)]);
  return {
    length,
    fetchAround: (values) => open(values.map(bucketFrom)),
    at: (rank) => {
      const bucket = within(rank);
      return orderOf(bucket).at(rank - bucket.start);
    },
    // Equal values share a bucket.
    runStart: (rank) => {
      const bucket = within(rank);
      return orderOf(bucket).runStart(rank - bucket.start) + bucket.start;
    },
    runEnd: (rank) => {
      const bucket = within(rank);
      return orderOf(bucket).runEnd(rank - bucket.start) + bucket.start;
    },
    countBelow: (x) => (Number.isNaN(x) ? 0 : length - countFrom(x, (value) => value >= x)),
    countAbove: (x) => countFrom(x, (value) => value > x),
  };
}

function halvesOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** Of the upper half of a double: in the order of the values, and of both zeros 0. */
function ordinal(upper: number): number {
  const sign = upper >> 31;
  return (upper ^ (sign & 0x7fffffff)) - sign;
}

/** Of the bucket that `x` would be in: below 0, or too large, where there is none. */
function numberOf(x: number, { least, shift }: Scale): number {
  return Math.floor((ordinal(halvesOf(Float64Array.of(x))[UPPER]!) - least) / 2 ** shift);
}

function scaleOf(parts: readonly Float64Array[]): Scale {
  const bounds = new Int32Array([0x7fffffff, -0x80000000]);
  for (const part of parts) widen(bounds, halvesOf(part));
  const [least, greatest] = bounds as unknown as [number, number];
  let shift = 0;
  while ((greatest - least) / 2 ** shift >= BUCKET_COUNT) shift++;
  return { least, shift };
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
function countBuckets(parts: readonly Float64Array[], scale: Scale): readonly Bucket[] {
  for (const part of parts) countNumbers(halvesOf(part), scale);
  const buckets: Bucket[] = [];
  let start = 0;
  for (let number = 0; number < BUCKET_COUNT; number++) {
    const count = counts[number]!;
    if (count === 0) continue;
    buckets.push({ number, start, count, ordered: null });
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

/** The values of each of `buckets`, at most `MOST_SLOTS`, in no order. */
function fetchBuckets(
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
