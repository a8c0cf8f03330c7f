/**
 * What lies in a few intervals of the line, by one pass over a column, and a sample of it: what
 * `rank-search` asks for. Parts of a column are counted apart and joined. Knows numbers only.
 */
import { assert } from '../../base/assert.js';

/** What one pass looks at: low < x < high, at the ends of the line ±Infinity. */
export interface Interval {
  readonly low: number;
  /** Above `low`. */
  readonly high: number;
  /** One in so many of the values inside is kept: 1 for all of them. */
  readonly stride: number;
}

/** What a pass found of one interval, as plain data that survives a structured clone. */
export interface IntervalCounts {
  /** x < low. */
  readonly below: number;
  readonly atLow: number;
  readonly inside: number;
  readonly atHigh: number;
  /** As they arrived, none of them -0: the first inside, and every `stride`-th behind it. */
  readonly values: Float64Array;
}

/** Counts of some intervals that grow. */
export interface IntervalCounter {
  readonly growing: readonly GrowingCounts[];
  readonly most: number;
}

interface GrowingCounts {
  readonly low: number;
  readonly high: number;
  stride: number;
  below: number;
  atLow: number;
  inside: number;
  atHigh: number;
  /** The first `keptCount` of these. */
  kept: Float64Array;
  keptCount: number;
  /** So many values inside are passed over before the next is kept. */
  wait: number;
}

/** So many values are looked at for one interval after the other, while they are in the cache. */
const STRETCH = 8192;
const LEAST_ROOM = 64;

/** Scratch for the values of a stretch; one more than there are is written. */
const scratch = new Float64Array(STRETCH + 1);
/** Scratch for the second result of a loop. */
const notBelow = new Uint32Array(1);

/**
 * No values yet.
 *
 * @param most of more values than this inside an interval only every second is kept, and so on:
 *   bounds the memory where far more lie inside than was expected.
 */
export function createIntervalCounter(
  intervals: readonly Interval[],
  most = Number.POSITIVE_INFINITY,
): IntervalCounter {
  assert(
    intervals.every(({ low, high, stride }) => low < high && stride >= 1),
    'intervals have an inside and a stride',
  );
  assert(most >= 1, 'a value may be kept');
  return { growing: intervals.map(startGrowing), most };
}

function startGrowing({ low, high, stride }: Interval): GrowingCounts {
  const kept = new Float64Array(LEAST_ROOM);
  const none = { below: 0, atLow: 0, inside: 0, atHigh: 0, keptCount: 0, wait: 0 };
  return { low, high, stride, kept, ...none };
}

/** Counts the first `count` of `values` in, all of them finite. */
export function addToIntervals(
  { growing, most }: IntervalCounter,
  values: Float64Array,
  count: number,
): void {
  assert(count <= values.length, 'there are as many values');
  for (let from = 0; from < count; from += STRETCH) {
    const to = Math.min(count, from + STRETCH);
    for (const counts of growing) {
      if (counts.low === Number.NEGATIVE_INFINITY && counts.high === Number.POSITIVE_INFINITY) {
        keepSome(counts, values, from, to, most);
      } else {
        addStretch(counts, values, from, to, most);
      }
    }
  }
}

/** What was counted so far, an interval each; more may follow. */
export function finishIntervals({ growing }: IntervalCounter): readonly IntervalCounts[] {
  return growing.map(({ below, atLow, inside, atHigh, kept, keptCount }) => {
    return { below, atLow, inside, atHigh, values: kept.slice(0, keptCount) };
  });
}

/**
 * The counts of all parts of a column, in their order, each of the same intervals.
 *
 * @param most as for `createIntervalCounter`.
 */
export function mergeIntervals(
  parts: readonly (readonly IntervalCounts[])[],
  most = Number.POSITIVE_INFINITY,
): readonly IntervalCounts[] {
  assert(most >= 1, 'a value may be kept');
  const intervalCount = parts[0]?.length ?? 0;
  assert(
    parts.every(({ length }) => length === intervalCount),
    'parts are of the same intervals',
  );
  return Array.from({ length: intervalCount }, (_, i) => {
    const counts = parts.map((part) => part[i]!);
    return {
      below: sum(counts.map(({ below }) => below)),
      atLow: sum(counts.map(({ atLow }) => atLow)),
      inside: sum(counts.map(({ inside }) => inside)),
      atHigh: sum(counts.map(({ atHigh }) => atHigh)),
      values: join(
        counts.map(({ values }) => values),
        most,
      ),
    };
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function join(arrays: readonly Float64Array[], most: number): Float64Array {
  const joined = new Float64Array(sum(arrays.map(({ length }) => length)));
  let size = 0;
  for (const array of arrays) {
    joined.set(array, size);
    size += array.length;
  }
  if (size <= most) return joined;
  while (size > most) size = keepEverySecond(joined, size);
  return joined.slice(0, size);
}

function addStretch(
  counts: GrowingCounts,
  values: Float64Array,
  from: number,
  to: number,
  most: number,
): void {
  const { low, high } = counts;
  const touched = gatherWithin(values, from, to, low, high);
  counts.below += to - from - notBelow[0]!;
  if (touched === 0) return;
  counts.atLow += countEqual(scratch, touched, low);
  counts.atHigh += countEqual(scratch, touched, high);
  keepSome(counts, scratch, 0, gatherBetween(scratch, touched, low, high), most);
}

// The loops have no branches, which would often be missed, and stand alone.

/**
 * Copies low ≤ x ≤ high to the scratch, and counts x ≥ low in `notBelow`.
 *
 * @returns how many were copied.
 */
function gatherWithin(
  values: Float64Array,
  from: number,
  to: number,
  low: number,
  high: number,
): number {
  let passed = 0;
  let found = 0;
  for (let i = from; i < to; i++) {
    const x = values[i]!;
    const isNotBelow = Number(x >= low);
    passed += isNotBelow;
    scratch[found] = x;
    found += isNotBelow & Number(x <= high);
  }
  notBelow[0] = passed;
  return found;
}

function countEqual(values: Float64Array, to: number, bound: number): number {
  let count = 0;
  for (let i = 0; i < to; i++) count += Number(values[i]! === bound);
  return count;
}

/** Moves low < x < high to the front. @returns how many they are. */
function gatherBetween(values: Float64Array, to: number, low: number, high: number): number {
  let found = 0;
  for (let i = 0; i < to; i++) {
    const x = values[i]!;
    values[found] = x;
    found += Number(x > low) & Number(x < high);
  }
  return found;
}

/** Counts values that lie inside, and keeps those whose turn it is. */
function keepSome(
  counts: GrowingCounts,
  values: Float64Array,
  from: number,
  to: number,
  most: number,
): void {
  counts.inside += to - from;
  const first = from + counts.wait;
  const more = Math.max(0, Math.ceil((to - first) / counts.stride));
  makeRoom(counts, counts.keptCount + more);
  copyEvery(counts.stride, values, first, more, counts.kept, counts.keptCount);
  counts.keptCount += more;
  counts.wait = first + more * counts.stride - to;
  while (counts.keptCount > most) {
    // Behind an odd number of values it is the turn of one that goes.
    if (counts.keptCount % 2 === 1) counts.wait += counts.stride;
    counts.stride *= 2;
    counts.keptCount = keepEverySecond(counts.kept, counts.keptCount);
  }
}

function makeRoom(counts: GrowingCounts, size: number): void {
  if (size <= counts.kept.length) return;
  const kept = new Float64Array(Math.max(size, 2 * counts.kept.length));
  kept.set(counts.kept.subarray(0, counts.keptCount));
  counts.kept = kept;
}

/** Copies `count` values, one in `stride` from `first` on, to `into` from `at` on. */
function copyEvery(
  stride: number,
  values: Float64Array,
  first: number,
  count: number,
  into: Float64Array,
  at: number,
): void {
  // Adding 0 turns -0 into 0 and changes nothing else.
  for (let i = 0; i < count; i++) into[at + i] = values[first + i * stride]! + 0;
}

/** Moves the first, the third and so on to the front. @returns how many they are. */
function keepEverySecond(values: Float64Array, size: number): number {
  const kept = Math.ceil(size / 2);
  for (let i = 1; i < kept; i++) values[i] = values[2 * i]!;
  return kept;
}
