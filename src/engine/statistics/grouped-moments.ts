/**
 * Exact sums of many groups of numbers, side by side: of the long integer that each one's sum is,
 * only the limbs that some value reaches are kept, for all groups the same. Twin: `Moments`, one
 * for each group. Knows groups by number only.
 */
import { CsvcleanError } from '../../base/error.js';
import {
  addSquare,
  MOST_VALUES,
  type Moments,
  SQUARES_LIMBS,
  SQUARES_UNIT_EXPONENT,
  SUMS_LIMBS,
  UNIT_EXPONENT,
} from './exact-sum.js';
import { addDouble, carryLimbs, LIMB_BITS, positionOf } from './long-register.js';

/** Σx, and Σx² where asked for, of the values of each group. Plain data. */
export interface GroupedMoments {
  /** How many values each group has; longer than there are groups. */
  counts: Float64Array;
  /** Values counted in since the last carry, in all groups. */
  uncarried: number;
  readonly sums: Limbs;
  readonly squares: Limbs | null;
}

/** Limbs `first` to `first + width - 1` of the sum of each group, group by group. */
interface Limbs {
  first: number;
  width: number;
  values: Float64Array;
}

const NO_LIMBS = new Float64Array(0);
const LEAST_GROUPS = 16;
/** A limb is found by its place in bits, which must be below 2^32. */
const MOST_LIMBS = 2 ** 32 / LIMB_BITS - SQUARES_LIMBS;
/** Limbs a double is spread over. */
const SPREAD = 3;
/** Bits of a double behind its first one, and of what rounding its square lost. */
const FRACTION_BITS = 52;
const LOST_BITS = 3 * FRACTION_BITS;

export function createGroupedMoments(options: { readonly squares: boolean }): GroupedMoments {
  const none = (): Limbs => ({ first: 0, width: 0, values: NO_LIMBS });
  return {
    ...{ counts: new Float64Array(0), uncarried: 0, sums: none() },
    squares: options.squares ? none() : null,
  };
}

/** What the arrays take, in bytes. */
export function momentsBytes({ counts, sums, squares }: GroupedMoments): number {
  return 8 * (counts.length + sums.values.length + (squares?.values.length ?? 0));
}

/** Makes room for groups 0 to `groupCount` - 1. */
export function growMoments(moments: GroupedMoments, groupCount: number): void {
  if (groupCount <= moments.counts.length) return;
  const room = Math.max(LEAST_GROUPS, groupCount, 2 * moments.counts.length);
  const counts = new Float64Array(room);
  counts.set(moments.counts);
  moments.counts = counts;
  for (const limbs of limbsOf(moments)) {
    const more = createLimbs(room * limbs.width);
    more.set(limbs.values);
    limbs.values = more;
  }
}

/**
 * Counts the first `count` of `values`, finite ones, into the groups whose numbers stand beside
 * them; there is room for these.
 */
export function addGroupedValues(
  moments: GroupedMoments,
  groups: Uint32Array,
  values: Float64Array,
  count: number,
): void {
  reach(moments, values, count);
  let done = 0;
  while (done < count) {
    if (moments.uncarried >= MOST_VALUES) carry(moments);
    const end = Math.min(count, done + MOST_VALUES - moments.uncarried);
    addSums(moments.sums, groups, values, done, end);
    if (moments.squares !== null) addSquares(moments.squares, groups, values, done, end);
    moments.uncarried += end - done;
    done = end;
  }
  for (let i = 0; i < count; i++) {
    const group = groups[i]!;
    moments.counts[group] = moments.counts[group]! + 1;
  }
}

/** Loops of their own: see the fast engine. A limb is found by how far the sum is moved. */
function addSums(
  { first, width, values: limbs }: Limbs,
  groups: Uint32Array,
  values: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const x = values[i]!;
    // A zero has no place of its own.
    if (x !== 0) addDouble(limbs, x, LIMB_BITS * (groups[i]! * width - first));
  }
}

function addSquares(
  { first, width, values: limbs }: Limbs,
  groups: Uint32Array,
  values: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const x = values[i]!;
    if (x !== 0) addSquare(limbs, x, LIMB_BITS * (groups[i]! * width - first));
  }
}

/** Counts each group of `from` into the one of `into` whose number stands in `numbers`. */
export function mergeGroupedMoments(
  into: GroupedMoments,
  from: GroupedMoments,
  numbers: Uint32Array,
): void {
  carry(into);
  carry(from);
  const pairs = [[into.sums, from.sums] as const];
  if (into.squares !== null) pairs.push([into.squares, from.squares!]);
  for (const [to, added] of pairs) {
    if (added.width === 0) continue;
    widen(to, added.first, added.first + added.width, into.counts.length);
    for (let group = 0; group < numbers.length; group++) {
      const at = numbers[group]! * to.width - to.first + added.first;
      for (let i = 0; i < added.width; i++) {
        to.values[at + i] = to.values[at + i]! + added.values[group * added.width + i]!;
      }
    }
  }
  for (let group = 0; group < numbers.length; group++) {
    const number = numbers[group]!;
    into.counts[number] = into.counts[number]! + from.counts[group]!;
  }
  carry(into);
}

/** A function that gives the moments of one group after another; each is valid until the next. */
export function createMomentsReader({ counts, sums, squares }: GroupedMoments) {
  const moments: Moments = {
    ...{ count: 0, uncarried: 0, sums: new Float64Array(SUMS_LIMBS) },
    squares: squares === null ? null : new Float64Array(SQUARES_LIMBS),
  };
  return (group: number): Moments => {
    moments.count = counts[group]!;
    copyLimbs(moments.sums, sums, group);
    if (squares !== null) copyLimbs(moments.squares!, squares, group);
    return moments;
  };
}

function copyLimbs(to: Float64Array, { first, width, values }: Limbs, group: number): void {
  to.set(values.subarray(group * width, (group + 1) * width), first);
}

/** Keeps the limbs that `values` reach, from now on. */
function reach(moments: GroupedMoments, values: Float64Array, count: number): void {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < count; i++) {
    const size = Math.abs(values[i]!);
    if (size > most) most = size;
    if (size < least && size !== 0) least = size;
  }
  if (most === 0) return;
  const low = positionOf(least);
  const high = positionOf(most);
  const { sums, squares } = moments;
  const groupCount = moments.counts.length;
  const isSame = widen(sums, limbAt(low), limbAt(high) + SPREAD, groupCount);
  if (squares === null) {
    if (!isSame) carry(moments);
    return;
  }
  const lowSquare = low === 0 ? 0 : limbAt(squarePosition(low) - LOST_BITS);
  const highSquare = limbAt(squarePosition(high) + 1 - FRACTION_BITS) + SPREAD;
  if (!widen(squares, lowSquare, highSquare, groupCount) || !isSame) carry(moments);
}

function limbAt(position: number): number {
  return Math.floor(Math.max(0, position) / LIMB_BITS);
}

/** Of the first bit of the square of the smallest double at a position, in the unit of squares. */
function squarePosition(position: number): number {
  return 2 * (position + FRACTION_BITS - UNIT_EXPONENT) + SQUARES_UNIT_EXPONENT;
}

/**
 * Keeps limbs from `from` to before `to`, beside those that are kept. What the last one held beyond
 * its bits is carried by who widens.
 *
 * @returns whether they were kept before.
 */
function widen(limbs: Limbs, from: number, to: number, groupCount: number): boolean {
  const { first, width, values } = limbs;
  if (width > 0 && from >= first && to <= first + width) return true;
  const begin = width === 0 ? from : Math.min(from, first);
  const end = Math.max(to, first + width);
  limbs.first = begin;
  limbs.width = end - begin;
  limbs.values = createLimbs(groupCount * limbs.width);
  for (let group = 0; width > 0 && group < groupCount; group++) {
    const own = values.subarray(group * width, (group + 1) * width);
    limbs.values.set(own, group * limbs.width + first - begin);
  }
  return false;
}

function carry(moments: GroupedMoments): void {
  for (const { width, values } of limbsOf(moments)) {
    for (let at = 0; at < values.length; at += width) carryLimbs(values.subarray(at, at + width));
  }
  moments.uncarried = 0;
}

function limbsOf({ sums, squares }: GroupedMoments): readonly Limbs[] {
  return squares === null ? [sums] : [sums, squares];
}

/** @throws CsvcleanError OUT_OF_MEMORY, long before that for usual numbers in many groups. */
function createLimbs(count: number): Float64Array {
  if (count > MOST_LIMBS) {
    throw new CsvcleanError(
      'OUT_OF_MEMORY',
      'the exact sums of so many groups need more than 1 GB',
      {
        remedy: 'Group by columns with fewer different values.',
      },
    );
  }
  return new Float64Array(count);
}
