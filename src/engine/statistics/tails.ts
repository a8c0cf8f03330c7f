/**
 * The most extreme values of a column, exact, in memory that does not grow with it: at both ends so
 * many different values, each with how often it occurs. Records of spans are merged as if there had
 * been one pass over all. Knows numbers only.
 */
import { assert } from '../../base/assert.js';
import { halvesOf, slotOf } from './double-halves.js';
import { firstAtLeast } from './first-index.js';

/** One end of a column: different values, the outermost first, each with how often it occurs. */
export interface Tail {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** Both ends of a column, as plain data that survives a structured clone; -0 counts as 0. */
export interface TailsRecord {
  readonly lowest: Tail;
  readonly highest: Tail;
}

const NO_TAIL: Tail = { values: new Float64Array(0), counts: new Float64Array(0) };

/** Both ends of a column without a value. */
export const NO_TAILS: TailsRecord = { lowest: NO_TAIL, highest: NO_TAIL };

/** A record that grows: both ends so far, and values that are yet to be sorted into them. */
export interface Tails {
  readonly limit: number;
  lowest: Tail;
  highest: Tail;
  /** Values strictly between these belong to neither end: the innermost of full ends. */
  low: number;
  high: number;
  readonly pending: Pending;
}

/** Different values and how often each was met: a hash table, and a list of what is in it. */
interface Pending {
  /** Values by their slot, NaN where it is free; a power of two of slots. */
  readonly values: Float64Array;
  readonly counts: Float64Array;
  /** The upper bits of a product of 32 bits tell the slot. */
  readonly shift: number;
  /** The slots that are not free; the first `size[0]` of these. */
  readonly used: Uint32Array;
  readonly size: Uint32Array;
}

/** More than two, or the values of both ends would fill it again and again. */
const PENDING_PER_LIMIT = 3;
const LEAST_PENDING = 256;
/** A value is looked for in so many slots; where none of them is free, the table counts as full. */
const MOST_PROBES = 64;

/** No values yet. @param limit most different values that are kept of an end, at least 1. */
export function createTails(limit: number): Tails {
  assert(Number.isInteger(limit) && limit >= 1, 'a tail keeps a value');
  const most = Math.max(LEAST_PENDING, PENDING_PER_LIMIT * limit);
  const bits = Math.ceil(Math.log2(2 * most));
  return {
    limit,
    ...NO_TAILS,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
    pending: {
      values: new Float64Array(2 ** bits).fill(Number.NaN),
      counts: new Float64Array(2 ** bits),
      shift: 32 - bits,
      used: new Uint32Array(most),
      size: new Uint32Array(1),
    },
  };
}

/** Counts the first `count` of `values` in, all of them finite. */
export function addToTails(tails: Tails, values: Float64Array, count: number): void {
  assert(count <= values.length, 'there are as many values');
  const { pending } = tails;
  const halves = halvesOf(values);
  let done = 0;
  while (done < count) {
    done = countKnown(values, halves, done, count, tails.low, tails.high, pending);
    if (done === count) return;
    if (enter(pending, values[done]!, slotOf(halves, done, pending.shift))) done++;
    else compress(tails);
  }
}

/** What all values counted in so far come to; more may follow. */
export function finishTails(tails: Tails): TailsRecord {
  compress(tails);
  return { lowest: tails.lowest, highest: tails.highest };
}

/**
 * The record of all values of both; each kept `limit` different values of an end, or more, or all.
 */
export function mergeTails(a: TailsRecord, b: TailsRecord, limit: number): TailsRecord {
  return {
    lowest: mergeEnds(a.lowest, b.lowest, limit, 1),
    highest: mergeEnds(a.highest, b.highest, limit, -1),
  };
}

/**
 * Passes over those strictly between `low` and `high`, and counts those that are found in their
 * first slot. This loop stands alone: a call in it would make it load all arrays in each step.
 *
 * @param halves of `values`.
 * @returns the index of the first value that is neither, or `to`.
 */
function countKnown(
  values: Float64Array,
  halves: Int32Array,
  from: number,
  to: number,
  low: number,
  high: number,
  { values: met, counts, shift }: Pending,
): number {
  for (let i = from; i < to; i++) {
    const x = values[i]!;
    if (x > low && x < high) continue;
    const slot = slotOf(halves, i, shift);
    if (met[slot] !== x) return i;
    counts[slot] = counts[slot]! + 1;
  }
  return to;
}

/** Counts `x`, which is sought from slot `first` on. @returns false when there is no room. */
function enter({ values, counts, used, size }: Pending, x: number, first: number): boolean {
  // -0 has other bits than 0, whose first slot is this one.
  let slot = x === 0 ? 0 : first;
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    if (values[slot] === x) {
      counts[slot] = counts[slot]! + 1;
      return true;
    }
    if (Number.isNaN(values[slot])) {
      if (size[0] === used.length) return false;
      used[size[0]!++] = slot;
      // Adding 0 turns -0 into 0 and changes nothing else.
      values[slot] = x + 0;
      counts[slot] = 1;
      return true;
    }
    slot = (slot + 1) & (values.length - 1);
  }
  return false;
}

/** Sorts what is pending into both ends. */
function compress(tails: Tails): void {
  const { limit, pending } = tails;
  if (pending.size[0] === 0) return;
  const ascending = drain(pending);
  const descending = {
    values: ascending.values.slice(-limit).reverse(),
    counts: ascending.counts.slice(-limit).reverse(),
  };
  tails.lowest = mergeEnds(tails.lowest, ascending, limit, 1);
  tails.highest = mergeEnds(tails.highest, descending, limit, -1);
  if (tails.lowest.values.length === limit) tails.low = tails.lowest.values[limit - 1]!;
  if (tails.highest.values.length === limit) tails.high = tails.highest.values[limit - 1]!;
}

/** Takes all of `pending` out, in ascending order. */
function drain({ values, counts, used, size }: Pending): Tail {
  const n = size[0]!;
  const sorted = new Float64Array(n);
  for (let i = 0; i < n; i++) sorted[i] = values[used[i]!]!;
  sortArrivals(sorted);
  const ascending = { values: sorted, counts: new Float64Array(n).fill(1) };
  for (let i = 0; i < n; i++) {
    const slot = used[i]!;
    if (counts[slot]! > 1) addCount(ascending, values[slot]!, counts[slot]! - 1);
    values[slot] = Number.NaN;
  }
  size[0] = 0;
  return ascending;
}

/** Sorts values that, of a column of numbers or times that count up or down, come in order. */
function sortArrivals(values: Float64Array): void {
  let ups = 0;
  for (let i = 1; i < values.length; i++) ups += Number(values[i - 1]! < values[i]!);
  if (ups === 0) values.reverse();
  else if (ups < values.length - 1) values.sort();
}

/** Adds `more` to the count of `value`, which is among the ascending values. */
function addCount({ values, counts }: Tail, value: number, more: number): void {
  const place = firstAtLeast(values, value);
  counts[place] = counts[place]! + more;
}

/**
 * The `limit` outermost values of both.
 *
 * @param sign 1 where the outermost are the least, -1 where they are the greatest.
 */
function mergeEnds(a: Tail, b: Tail, limit: number, sign: 1 | -1): Tail {
  const most = Math.min(limit, a.values.length + b.values.length);
  const values = new Float64Array(most);
  const counts = new Float64Array(most);
  let size = 0;
  for (let i = 0, j = 0; size < most; size++) {
    // Behind the last value of an end lies nothing.
    const x = i < a.values.length ? sign * a.values[i]! : Number.POSITIVE_INFINITY;
    const y = j < b.values.length ? sign * b.values[j]! : Number.POSITIVE_INFINITY;
    if (x === Number.POSITIVE_INFINITY && y === x) break;
    values[size] = x < y ? a.values[i]! : b.values[j]!;
    counts[size] = (x <= y ? a.counts[i++]! : 0) + (y <= x ? b.counts[j++]! : 0);
  }
  return { values: values.slice(0, size), counts: counts.slice(0, size) };
}
