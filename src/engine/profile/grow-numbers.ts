/**
 * The numbers of a column of many different values while they are looked at: exact sums, and the
 * numbers themselves as long as there is room; then what guides further passes to their ranks.
 * What is told does not depend on how many are held. Knows numbers only.
 */
import {
  addSums,
  addValue,
  createMoments,
  type Moments,
  mergeMoments,
} from '../statistics/exact-sum.js';
import {
  addToIntervals,
  createIntervalCounter,
  finishIntervals,
  type IntervalCounter,
} from '../statistics/interval-counts.js';
import { addToTails, createTails, finishTails, type Tails } from '../statistics/tails.js';
import type { HeldNumbers, NumberState, RankGuide, SummedNumbers } from './column-state.js';
import { countOf } from './join-pairs.js';
import type { ProfileLimits } from './limits.js';

/** How many numbers the columns of a table hold together. */
export interface HeldRoom {
  readonly limits: ProfileLimits;
  used: number;
}

interface GrowingGuide {
  readonly tails: Tails;
  readonly counter: IntervalCounter;
}

export interface GrowingNumbers {
  readonly room: HeldRoom;
  readonly moments: Moments;
  /** Null once they are too many. */
  held: HeldNumbers[] | null;
  guide: GrowingGuide | null;
}

export function createHeldRoom(limits: ProfileLimits): HeldRoom {
  return { limits, used: 0 };
}

export function growNumbers(room: HeldRoom): GrowingNumbers {
  return { room, moments: createMoments(), held: [], guide: null };
}

/** Counts one number in. */
export function addNumber(numbers: GrowingNumbers, value: number): void {
  addValue(numbers.moments, value);
  keep(numbers, Float64Array.of(value));
}

/** Counts `values` in, the sums of which are known: see `addSums`. */
export function addSummed(
  numbers: GrowingNumbers,
  values: Float64Array,
  sums: Float64Array,
  squares: Float64Array,
): void {
  addSums(numbers.moments, values.length, sums, squares);
  keep(numbers, values);
}

function keep(numbers: GrowingNumbers, values: Float64Array): void {
  if (numbers.held === null) addToGuide(numbers.guide!, values, values.length);
  else hold(numbers, { values: values.slice(), counts: null }, values.length);
}

/** Counts each of `values` in as often as `counts` says. */
export function addCounted(numbers: GrowingNumbers, counted: SummedNumbers): void {
  const { values, counts, moments } = counted;
  mergeMoments(numbers.moments, moments);
  // What is met twice in the mean takes no more room without counts.
  if (moments.count <= 2 * values.length) {
    keep(numbers, expand(values, counts));
    return;
  }
  if (numbers.held === null) addCountedToGuide(numbers.guide!, values, counts);
  else hold(numbers, { values, counts }, 2 * values.length);
}

/** Each of `values` as often as `counts` says. */
export function expand(values: Float64Array, counts: Float64Array | null): Float64Array {
  if (counts === null) return values;
  const expanded = new Float64Array(countOf(counts));
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    for (const end = at + counts[i]!; at < end; at++) expanded[at] = values[i]!;
  }
  return expanded;
}

function hold(numbers: GrowingNumbers, part: HeldNumbers, size: number): void {
  const { room } = numbers;
  numbers.held!.push(part);
  room.used += size;
  letGoOf(numbers);
}

/** Of nothing more is held where all columns together hold too much. */
function letGoOf(numbers: GrowingNumbers): void {
  const { room, held } = numbers;
  if (held === null || room.used <= room.limits.held) return;
  numbers.guide = guideTo(held, room.limits);
  numbers.held = null;
}

const WHOLE_LINE = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, stride: 1 };

function guideTo(held: readonly HeldNumbers[], { sample, tail }: ProfileLimits): GrowingGuide {
  const guide = {
    tails: createTails(tail),
    counter: createIntervalCounter([WHOLE_LINE], sample),
  };
  for (const { values, counts } of held) {
    if (counts === null) addToGuide(guide, values, values.length);
    else addCountedToGuide(guide, values, counts);
  }
  return guide;
}

function addToGuide({ tails, counter }: GrowingGuide, values: Float64Array, count: number): void {
  addToTails(tails, values, count);
  addToIntervals(counter, values, count);
}

/** So many equal numbers are added at once. */
const RUN_LENGTH = 1 << 10;

function addCountedToGuide(guide: GrowingGuide, values: Float64Array, counts: Float64Array): void {
  const run = new Float64Array(RUN_LENGTH);
  for (let i = 0; i < values.length; i++) {
    const count = counts[i]!;
    run.fill(values[i]!, 0, Math.min(count, RUN_LENGTH));
    for (let left = count; left > 0; left -= RUN_LENGTH) {
      addToGuide(guide, run, Math.min(left, RUN_LENGTH));
    }
  }
}

/** What they have come to; nothing may follow. */
export function finishNumbers(numbers: GrowingNumbers): NumberState {
  // Another column may have taken the room meanwhile.
  letGoOf(numbers);
  const { moments, held, guide } = numbers;
  return {
    moments,
    held: held === null ? null : joinPlain(held),
    guide: guide === null ? null : finishGuide(guide),
  };
}

/** One part for all that come without counts: blocks are many. */
function joinPlain(held: readonly HeldNumbers[]): readonly HeldNumbers[] {
  const plain = held.filter(({ counts }) => counts === null);
  if (plain.length < 2) return held;
  const values = joinValues(plain.map((part) => part.values));
  return [{ values, counts: null }, ...held.filter(({ counts }) => counts !== null)];
}

export function joinValues(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function finishGuide({ tails, counter }: GrowingGuide): RankGuide {
  return { tails: finishTails(tails), sample: finishIntervals(counter)[0]!.values };
}

/** What guides to the ranks of numbers that are held, or are not. */
export function guideOf({ held, guide }: NumberState, limits: ProfileLimits): RankGuide {
  return guide ?? finishGuide(guideTo(held!, limits));
}
