/** Adds up what is known of the numbers of parts of a column, in any order. */
import { type Moments, mergeMoments } from '../statistics/exact-sum.js';
import { mergeTails } from '../statistics/tails.js';
import type { HeldNumbers, NumberState, RankGuide } from './column-state.js';
import { guideOf, joinValues } from './grow-numbers.js';
import { countOf, joinPairs } from './join-pairs.js';
import type { ProfileLimits } from './limits.js';

/** So many numbers, in values with counts, may stand beside others: all are to be put in order. */
const MOST_EXPANDED = 1 << 22;

/** @param parts at least one. */
export function mergeNumbers(parts: readonly NumberState[], limits: ProfileLimits): NumberState {
  const [first, ...others] = parts as [NumberState, ...NumberState[]];
  if (others.length === 0) return first;
  const moments = addMoments(parts.map((part) => part.moments));
  const held = mergeHeld(parts, limits);
  return { moments, held, guide: held === null ? mergeGuides(parts, limits) : null };
}

/** At least one. */
export function addMoments([first, ...others]: readonly Moments[]): Moments {
  const moments = structuredClone(first!);
  for (const other of others) mergeMoments(moments, other);
  return moments;
}

/** Null where one part holds none, or all hold too much together. */
function mergeHeld(
  parts: readonly NumberState[],
  { heldPairs }: ProfileLimits,
): readonly HeldNumbers[] | null {
  const all: HeldNumbers[] = [];
  for (const { held } of parts) {
    if (held === null) return null;
    all.push(...held);
  }
  const plain = all.filter(({ counts }) => counts === null);
  let pairs = all.filter(({ counts }) => counts !== null);
  if (sizeOf(pairs) > heldPairs) {
    pairs = [joinPairs(pairs)];
    // Half, so that they are not joined again for each part that follows.
    if (sizeOf(pairs) > heldPairs / 2) return null;
  }
  if (plain.length > 0 && countAll(pairs) > MOST_EXPANDED) return null;
  return [...plain, ...pairs];
}

function sizeOf(parts: readonly HeldNumbers[]): number {
  return parts.reduce((sum, { values }) => sum + values.length, 0);
}

function countAll(parts: readonly HeldNumbers[]): number {
  return parts.reduce((sum, { counts }) => sum + countOf(counts!), 0);
}

function mergeGuides(parts: readonly NumberState[], limits: ProfileLimits): RankGuide {
  const guides = parts.map((part) => ({
    count: part.moments.count,
    ...guideOf(part, limits),
  }));
  return guides.reduce((a, b) => ({
    count: a.count + b.count,
    tails: mergeTails(a.tails, b.tails, limits.tail),
    sample: joinSamples(a, b, limits.sample),
  }));
}

interface Sampled {
  readonly count: number;
  readonly sample: Float64Array;
}

/** Values of both in the same proportion, so that the sample is like the whole. */
function joinSamples(a: Sampled, b: Sampled, limit: number): Float64Array {
  const apart = Math.max(
    ...[a, b].map(({ count, sample }) => count / sample.length),
    (a.count + b.count) / limit,
  );
  return joinValues([a, b].map(({ count, sample }) => thin(sample, Math.ceil(count / apart))));
}

/** So many of the values, evenly apart. */
function thin(values: Float64Array, count: number): Float64Array {
  if (count >= values.length) return values;
  const thinned = new Float64Array(count);
  for (let i = 0; i < count; i++) thinned[i] = values[Math.floor((i * values.length) / count)]!;
  return thinned;
}
