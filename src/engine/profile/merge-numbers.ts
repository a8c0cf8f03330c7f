/** Adds up what is known of the numbers of parts of a column, in any order. */
import { mergeMoments } from '../statistics/exact-sum.js';
import { firstAtLeast } from '../statistics/first-index.js';
import { mergeTails } from '../statistics/tails.js';
import type { CountedNumbers, HeldNumbers, NumberState, RankGuide } from './column-state.js';
import { expand, guideOf, joinValues } from './grow-numbers.js';
import type { ProfileLimits } from './limits.js';

/** So many numbers, in values with counts, may stand beside others: all are to be put in order. */
const MOST_EXPANDED = 1 << 22;

/** @param parts at least one. */
export function mergeNumbers(parts: readonly NumberState[], limits: ProfileLimits): NumberState {
  const [first, ...others] = parts as [NumberState, ...NumberState[]];
  if (others.length === 0) return first;
  const moments = structuredClone(first.moments);
  for (const other of others) mergeMoments(moments, other.moments);
  const held = mergeHeld(parts, limits);
  return { moments, held, guide: held === null ? mergeGuides(parts, limits) : null };
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
  if (plain.length > 0 && countOf(pairs) > MOST_EXPANDED) return null;
  return [...plain, ...pairs];
}

function sizeOf(parts: readonly HeldNumbers[]): number {
  return parts.reduce((sum, { values }) => sum + values.length, 0);
}

function countOf(parts: readonly HeldNumbers[]): number {
  return parts.reduce((sum, { counts }) => sum + counts!.reduce((a, b) => a + b, 0), 0);
}

/** Each number once, in order. */
export function joinPairs(parts: readonly HeldNumbers[]): CountedNumbers {
  const sorted = joinValues(parts.map(({ values }) => values)).sort();
  let size = 0;
  for (const value of sorted) {
    // Adding 0 turns -0 into 0 and changes nothing else.
    if (size === 0 || sorted[size - 1] !== value) sorted[size++] = value + 0;
  }
  const values = sorted.slice(0, size);
  const joined = new Float64Array(size);
  for (const part of parts) {
    for (let i = 0; i < part.values.length; i++) {
      const at = firstAtLeast(values, part.values[i]!);
      joined[at] = joined[at]! + (part.counts?.[i] ?? 1);
    }
  }
  return { values, counts: joined };
}

/** All of them, each as often as it was met. */
export function expandNumbers(parts: readonly HeldNumbers[]): Float64Array {
  const all = parts.map(({ values, counts }) => expand(values, counts));
  return all.length === 1 ? all[0]! : joinValues(all);
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
