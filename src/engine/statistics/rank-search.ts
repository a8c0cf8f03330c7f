/**
 * Exact order statistics of a column too long to be held, by several passes over it (J. Munro & M.
 * Paterson, "Selection and sorting with limited storage", 1980): each counts what lies in a few
 * intervals and takes a sample inside, which says where narrower ones must lie (R. Floyd & R.
 * Rivest, "Expected time bounds for selection", 1975). A sample is a guide only: a poor one costs
 * another pass, never a wrong value. Knows numbers only.
 */
import { assert } from '../../base/assert.js';
import { firstAtLeast, firstIndex } from './first-index.js';
import type { Interval, IntervalCounts } from './interval-counts.js';

/** A value to cut the line at. */
interface Cut {
  readonly value: number;
  /** How many values are less than it. */
  readonly below: number;
  /** How many are not greater. */
  readonly upTo: number;
}

/** What lies between two cuts, at least one value, and the wanted ranks there, in order. */
interface Piece {
  readonly lower: Cut;
  readonly upper: Cut;
  readonly ranks: number[];
  /** Values between the cuts, in order: all of them, or some, or none. */
  readonly sample: Float64Array;
  /** By which the sample was taken, or one that misled. */
  readonly stride: number;
}

/** A rank is looked for so many √m + `LEAST_MARGIN` ranks around its place in a sample of m. */
const MARGIN_FACTOR = 2.5;
const LEAST_MARGIN = 2;
/** Windows in which more than this share of a piece is expected are not worth a pass. */
const LARGEST_WINDOWS = 1 / 2;
/** Where more than this share of a sampled piece is left, its sample misled. */
const LARGEST_PART = 3 / 4;

const NO_SAMPLE = new Float64Array(0);

/**
 * Finds the values of some ranks, from 0; none is -0. Yields the intervals to be counted in the
 * next pass, and is given their counts in the same order.
 *
 * A sample of m values tells where a rank lies to within 2.5·√m + 2 of its own ranks, five standard
 * deviations: as a rule one pass after the first does, or two where `limit` is small. Where a
 * sample misled, what remains is cut in two at the middle of the doubles' bits and sampled anew. So
 * it ends whatever the values are, and however unlucky the samples: in two passes either the bits
 * are halved, or a quarter of the values is left behind.
 *
 * @param first the counts of the whole line, of which every `stride`-th value was kept.
 * @param ranks each less than `first.inside`.
 * @param limit of no interval more values are expected to be kept; counters may be told to keep no
 *   more, or any number.
 */
export function* searchRanks(
  first: IntervalCounts,
  stride: number,
  ranks: readonly number[],
  limit: number,
): Generator<readonly Interval[], ReadonlyMap<number, number>, readonly IntervalCounts[]> {
  const n = first.inside;
  assert(
    ranks.every((rank) => Number.isInteger(rank) && rank >= 0 && rank < n),
    'a rank lies below the length',
  );
  assert(limit >= 1, 'a value may be kept');
  const found = new Map<number, number>();
  const whole: Piece = {
    lower: { value: Number.NEGATIVE_INFINITY, below: 0, upTo: 0 },
    upper: { value: Number.POSITIVE_INFINITY, below: n, upTo: n },
    ranks: [...new Set(ranks)].sort((a, b) => a - b),
    sample: first.values.slice().sort(),
    stride,
  };
  let open = settle([whole], found);
  while (open.length > 0) {
    const wanted = open.map((piece) => intervalsIn(piece, limit));
    const intervals = wanted.flat();
    const counts = yield intervals;
    assert(counts.length === intervals.length, 'each interval was counted');
    let start = 0;
    const parts = open.flatMap((piece, i) => {
      const end = start + wanted[i]!.length;
      const own = divide(piece, wanted[i]!, counts.slice(start, end), found);
      start = end;
      return own;
    });
    open = settle(parts, found);
  }
  return found;
}

function countInside({ lower, upper }: { readonly lower: Cut; readonly upper: Cut }): number {
  return upper.below - lower.upTo;
}

/** Takes the values of the ranks in pieces that hold all of theirs. @returns the other pieces. */
function settle(pieces: readonly Piece[], found: Map<number, number>): readonly Piece[] {
  const open: Piece[] = [];
  for (const piece of pieces) {
    const { lower, ranks, sample } = piece;
    if (sample.length < countInside(piece)) {
      if (ranks.length > 0) open.push(piece);
      continue;
    }
    for (const rank of ranks) found.set(rank, sample[rank - lower.upTo]!);
  }
  return open;
}

/** Where to look on in a piece: in order, apart, and less than the whole of it, or all kept. */
function intervalsIn(piece: Piece, limit: number): readonly Interval[] {
  const { lower, upper, sample, stride } = piece;
  const inside = countInside(piece);
  const windows = windowsIn(piece);
  const expected = windows.reduce((sum, window) => sum + expectWithin(piece, window), 0);
  if (expected <= inside * LARGEST_WINDOWS) {
    return windows.map((window) => intervalOf(piece, window, limit));
  }
  // A stride of 1 that did not bring all of them brought more than a counter keeps.
  if (inside <= limit && stride > 1) return [{ low: lower.value, high: upper.value, stride: 1 }];
  const middle = sample[sample.length >>> 1] ?? middleOf(lower.value, upper.value);
  return [
    intervalOf(piece, { low: lower.value, high: middle }, limit),
    intervalOf(piece, { low: middle, high: upper.value }, limit),
  ];
}

interface Window {
  readonly low: number;
  readonly high: number;
}

/** Where the sample says that the ranks lie: in order, apart, from one of its values to another. */
function windowsIn(piece: Piece): readonly Window[] {
  const { lower, upper, ranks, sample } = piece;
  const margin = MARGIN_FACTOR * Math.sqrt(sample.length) + LEAST_MARGIN;
  const windows: Window[] = [];
  for (const rank of ranks) {
    const place = ((rank - lower.upTo + 0.5) / countInside(piece)) * sample.length;
    const low = sample[Math.floor(place - margin)] ?? lower.value;
    const end = sample[Math.ceil(place + margin)] ?? upper.value;
    // Of many equal values the count at `low` tells; the next ones are asked for since some must.
    const high = low < end ? end : (sample[firstAbove(sample, low)] ?? upper.value);
    const last = windows.at(-1);
    if (last === undefined || low > last.high) windows.push({ low, high });
    else windows[windows.length - 1] = { low: last.low, high };
  }
  return windows;
}

/** How many values the sample leads to expect in a window; without one, all of the piece. */
function expectWithin(piece: Piece, { low, high }: Window): number {
  const { sample } = piece;
  if (sample.length === 0) return countInside(piece);
  const held = firstAtLeast(sample, high) - firstAbove(sample, low);
  return ((held + 1) / sample.length) * countInside(piece);
}

function intervalOf(piece: Piece, window: Window, limit: number): Interval {
  let stride = Math.max(1, Math.ceil(expectWithin(piece, window) / limit));
  // Values that repeat in periods: another stride meets them in other phases.
  while (greatestDivisor(stride, piece.stride) > 1) stride++;
  return { ...window, stride };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/**
 * Cuts a piece at the ends of its intervals, and takes the values of the ranks that lie there.
 *
 * @param counts those of `intervals`.
 * @returns the parts that hold the other ranks.
 */
function divide(
  piece: Piece,
  intervals: readonly Interval[],
  counts: readonly IntervalCounts[],
  found: Map<number, number>,
): readonly Piece[] {
  const parts = cutAtEnds(piece, intervals, counts);
  assert(
    parts.every((part) => countInside(part) >= part.sample.length),
    'all passes see the same values',
  );
  for (const rank of piece.ranks) {
    const part = parts.findLast(({ lower }) => lower.below <= rank)!;
    if (rank < part.lower.upTo) found.set(rank, part.lower.value);
    else part.ranks.push(rank);
  }
  const largest =
    piece.sample.length === 0 ? Number.POSITIVE_INFINITY : countInside(piece) * LARGEST_PART;
  return parts
    .filter(({ ranks }) => ranks.length > 0)
    .map((part) => {
      const inside = countInside(part);
      const isPoor = inside > largest && part.sample.length < inside;
      return { ...part, sample: isPoor ? NO_SAMPLE : part.sample.slice().sort() };
    });
}

/** The parts of a piece, in order: without ranks, and with samples as they came. */
function cutAtEnds(
  piece: Piece,
  intervals: readonly Interval[],
  counts: readonly IntervalCounts[],
): readonly Piece[] {
  const parts: Piece[] = [];
  let lower = piece.lower;
  const cutAt = (upper: Cut, sample: Float64Array, stride: number): void => {
    parts.push({ lower, upper, ranks: [], sample, stride });
    lower = upper;
  };
  intervals.forEach(({ low, high, stride }, i) => {
    const { below, atLow, inside, atHigh, values } = counts[i]!;
    const start = below + atLow;
    const end = start + inside;
    if (low > lower.value) cutAt({ value: low, below, upTo: start }, NO_SAMPLE, piece.stride);
    const isLast = high === piece.upper.value;
    cutAt(isLast ? piece.upper : { value: high, below: end, upTo: end + atHigh }, values, stride);
  });
  if (lower !== piece.upper) cutAt(piece.upper, NO_SAMPLE, piece.stride);
  return parts;
}

function firstAbove(sorted: Float64Array, value: number): number {
  return firstIndex(0, sorted.length, (index) => sorted[index]! > value);
}

const view = new DataView(new ArrayBuffer(8));

/** The double half way between two others, counted in doubles; ±Infinity is one as well. */
function middleOf(low: number, high: number): number {
  return valueAt((placeOf(low) + placeOf(high)) >> 1n);
}

/** The place of `x` among all doubles: 0 for 0, one more for each double above. */
function placeOf(x: number): bigint {
  view.setFloat64(0, Math.abs(x));
  const size = view.getBigUint64(0);
  return x < 0 ? -size : size;
}

function valueAt(place: bigint): number {
  view.setBigUint64(0, place < 0n ? -place : place);
  return place < 0n ? -view.getFloat64(0) : view.getFloat64(0);
}
