/**
 * Cuts the values of a column into runs of neighbours by size, without moving one: counts them by a
 * digit of their bits, and joins buckets of this histogram to runs. The values of a run are fetched
 * when they are wanted.
 *
 * The bits of doubles have the order of their values where these are positive, and the reverse
 * order where they are negative; -0 is 0's equal.
 */

import { isLittleEndian } from './double-halves.js';

/** Where the digits of some values may lie; all the same in the digits before. */
export interface Span {
  /** 0 – 6 from the most significant. */
  readonly digit: number;
  /** Places have the order of the values, digits only that of their bits. */
  readonly firstPlace: number;
  readonly lastPlace: number;
}

/** Neighbours by size. */
export interface Run {
  /** How many values are less than all of these. */
  readonly start: number;
  readonly count: number;
  /** The digit that they were cut by, and where the first and the last of their buckets lie. */
  readonly span: Span;
  readonly isReversed: boolean;
}

/** Where a digit lies: (quarter >>> shift) & mask, in one of the four quarters of the bits. */
export interface Digit {
  /** Index of its quarter among those of a value. */
  readonly quarter: number;
  readonly shift: number;
  readonly mask: number;
}

/** Sign, exponent and four bits behind the point, then eight bits at a time. */
const FIRST_BITS = 16;
const NEXT_BITS = 8;
export const DIGITS: readonly Digit[] = [
  { quarter: quarterAt(0), shift: 0, mask: 2 ** FIRST_BITS - 1 },
  ...[1, 2, 3].flatMap((quarter) =>
    [NEXT_BITS, 0].map((shift) => ({
      quarter: quarterAt(quarter),
      shift,
      mask: 2 ** NEXT_BITS - 1,
    })),
  ),
];
/** The first digit of -0; without it, that of the sign. */
const NEGATIVE_ZERO = 1 << (FIRST_BITS - 1);
/** The place of the first digit of 0, and of -0 with it. */
const ZERO_PLACE = 1 << (FIRST_BITS - 1);
/** So many buckets are passed over at once where all are empty. */
const PAGE_BITS = 8;
const PAGE_MASK = 2 ** PAGE_BITS - 1;
/** A run holds about this share of the values, and not much fewer values than that. */
const RUN_SHARE = 1 / 64;
const LEAST_RUN = 128;

/** Scratch, all 0 between calls. */
const counts = new Uint32Array(1 << FIRST_BITS);
/** Scratch, all 0 between calls: which pages of buckets are not empty. */
const touched = new Uint8Array(1 << (FIRST_BITS - PAGE_BITS));
/** Scratch for places of values: most fetches are of fewer. */
const scratch = new Uint32Array(1 << 16);
/** Scratch, all 0 between calls: 1 + the number of the wanted run that a digit belongs to. */
export const slots = new Uint8Array(1 << FIRST_BITS);

/** @param fromTop 0 for sign, exponent and the first four bits behind the point. */
function quarterAt(fromTop: number): number {
  return isLittleEndian ? 3 - fromTop : fromTop;
}

export function quartersOf(values: Float64Array): Uint16Array {
  return new Uint16Array(values.buffer, values.byteOffset, values.length * 4);
}

/** Where any value may lie. */
export const WHOLE: Span = { digit: 0, firstPlace: 0, lastPlace: 2 ** FIRST_BITS - 1 };

/**
 * Where to look on in a run that is too long to be sorted. Null where that is all there is to do:
 * behind the last digit, and where both signs share a bucket, zeros and the least subnormals.
 */
export function spanWithin({ span }: Run): Span | null {
  const { digit, firstPlace, lastPlace } = span;
  if (firstPlace < lastPlace) return span;
  if (digit === DIGITS.length - 1 || (digit === 0 && firstPlace === ZERO_PLACE)) return null;
  return { digit: digit + 1, firstPlace: 0, lastPlace: 2 ** NEXT_BITS - 1 };
}

/** Cuts at least one value, all within `span`, into runs. */
export function cutIntoRuns(values: Float64Array, span: Span): readonly Run[] {
  countDigits(quartersOf(values), DIGITS[span.digit]!);
  if (span.digit === 0) {
    counts[0]! += counts[NEGATIVE_ZERO]!;
    counts[NEGATIVE_ZERO] = 0;
    touched[0] = 1;
  }
  return joinBuckets(
    span,
    span.digit > 0 && values[0]! < 0,
    Math.max(LEAST_RUN, values.length * RUN_SHARE),
  );
}

function countDigits(quarters: Uint16Array, { quarter, shift, mask }: Digit): void {
  for (let at = quarter; at < quarters.length; at += 4) {
    const digit = (quarters[at]! >>> shift) & mask;
    counts[digit]!++;
    touched[digit >>> PAGE_BITS] = 1;
  }
}

/** The digit of the bucket at a place. */
function digitAt(place: number, digit: number, isReversed: boolean): number {
  if (digit > 0) return isReversed ? 2 ** NEXT_BITS - 1 - place : place;
  return place < ZERO_PLACE ? 2 * ZERO_PLACE - 1 - place : place - ZERO_PLACE;
}

/**
 * Joins neighbours until they hold `goal` values. A bucket of so many is a run of its own, and so
 * is that of 0, which has thousands of empty ones on both sides.
 */
function joinBuckets(span: Span, isReversed: boolean, goal: number): readonly Run[] {
  const runs: Run[] = [];
  let start = 0;
  let count = 0;
  let { firstPlace, lastPlace } = span;
  for (let place = span.firstPlace; place <= span.lastPlace; place++) {
    const digit = digitAt(place, span.digit, isReversed);
    if (touched[digit >>> PAGE_BITS] === 0) {
      place |= PAGE_MASK;
      continue;
    }
    const more = counts[digit]!;
    if (more === 0) continue;
    counts[digit] = 0;
    const isAtZero = span.digit === 0 && place >= ZERO_PLACE && lastPlace <= ZERO_PLACE;
    if (count > 0 && (count >= goal || more >= goal || isAtZero)) {
      runs.push({ start, count, span: { digit: span.digit, firstPlace, lastPlace }, isReversed });
      start += count;
      count = 0;
    }
    if (count === 0) firstPlace = place;
    lastPlace = place;
    count += more;
  }
  runs.push({ start, count, span: { digit: span.digit, firstPlace, lastPlace }, isReversed });
  touched.fill(0);
  return runs;
}

/** Gives the digits of `run` a slot, or 0 to take it back. */
export function markRun({ span, isReversed }: Run, slot: number): void {
  const { digit, firstPlace, lastPlace } = span;
  for (let place = firstPlace; place <= lastPlace; place++) {
    slots[digitAt(place, digit, isReversed)] = slot;
  }
  const isZeroAmong = digit === 0 && firstPlace <= ZERO_PLACE && ZERO_PLACE <= lastPlace;
  if (isZeroAmong) slots[NEGATIVE_ZERO] = slot;
}

/** The values of each of `runs`, cut by one digit, in no order: by one pass over all. */
export function fetchRuns(values: Float64Array, runs: readonly Run[]): readonly Float64Array[] {
  if (runs.length === 0) return [];
  const digit = DIGITS[runs[0]!.span.digit]!;
  const total = runs.reduce((sum, { count }) => sum + count, 0);
  for (const run of runs) markRun(run, 1);
  const indexes = total < scratch.length ? scratch : new Uint32Array(total + 1);
  findMarked(quartersOf(values), digit, indexes);
  const ends = new Uint32Array(runs.length);
  runs.forEach((run, i) => {
    markRun(run, i);
    if (i > 0) ends[i] = ends[i - 1]! + runs[i - 1]!.count;
  });
  const dealt = dealOut(values, indexes, total, digit, ends);
  for (const run of runs) markRun(run, 0);
  return runs.map(({ count }, i) => dealt.subarray(ends[i]! - count, ends[i]!));
}

/**
 * Where the values lie whose digit is marked with 1. Without a branch, since it would often be
 * missed; so one entry more is written than there are.
 */
function findMarked(
  quarters: Uint16Array,
  { quarter, shift, mask }: Digit,
  indexes: Uint32Array,
): void {
  let found = 0;
  for (let i = 0, at = quarter; at < quarters.length; i++, at += 4) {
    indexes[found] = i;
    found += slots[(quarters[at]! >>> shift) & mask]!;
  }
}

/**
 * The values at the first `count` of `indexes`, by the mark of their digit.
 *
 * @param ends where those of each mark begin; moves to where they end.
 */
function dealOut(
  values: Float64Array,
  indexes: Uint32Array,
  count: number,
  { quarter, shift, mask }: Digit,
  ends: Uint32Array,
): Float64Array {
  const quarters = quartersOf(values);
  const dealt = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const i = indexes[k]!;
    const slot = slots[(quarters[4 * i + quarter]! >>> shift) & mask]!;
    dealt[ends[slot]!++] = values[i]!;
  }
  return dealt;
}
