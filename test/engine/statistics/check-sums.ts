/**
 * The property that short and long runs share: exact, rounded once, and the same for any order and
 * split.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  addValue,
  createMoments,
  type Moments,
  meanOf,
  mergeMoments,
  stdOf,
  sumOf,
  varianceOf,
} from '../../../src/engine/statistics/exact-sum.js';
import { exactMean, exactSum, exactVariance, isNearest } from './sum-oracle.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const value = fc.oneof(
  finite,
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.double({ min: -1e-300, max: 1e-300, noNaN: true }),
  fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022, 2 ** 53, -0),
  fc.constantFrom(1, 2 ** -53, 2 ** -52, 2 ** -54, 1e16, -1e16, 0.1),
);

export function checkSums(seed: number, numRuns: number): void {
  const values = fc.array(value, { maxLength: 40 });
  fc.assert(
    fc.property(values, fc.infiniteStream(fc.nat()), (xs, random) => {
      const whole = momentsOf(xs);
      expect(isNearest(sumOf(whole), exactSum(xs))).toBe(true);
      if (xs.length === 0) expect(meanOf(whole)).toBeNull();
      else expect(isNearest(meanOf(whole)!, exactMean(xs))).toBe(true);
      if (xs.length < 2) expect(varianceOf(whole)).toBeNull();
      else expect(isNearest(varianceOf(whole)!, exactVariance(xs))).toBe(true);
      const split = splitMoments(xs, () => random.next().value);
      expect(split.count).toBe(whole.count);
      expect(sumOf(split)).toBe(sumOf(whole));
      expect(meanOf(split)).toBe(meanOf(whole));
      expect(stdOf(split)).toBe(stdOf(whole));
    }),
    { seed, numRuns },
  );
}

function momentsOf(xs: readonly number[]): Moments {
  const moments = createMoments();
  for (const x of xs) addValue(moments, x);
  return moments;
}

/**
 * The same values in another order, over three parts that are cloned, emptied in turn and merged.
 */
function splitMoments(xs: readonly number[], random: () => number): Moments {
  const shuffled = xs.map((x) => [random(), x] as const).sort((a, b) => a[0] - b[0]);
  const parts = [createMoments(), createMoments(), createMoments()];
  for (const [key, x] of shuffled) addValue(parts[key % 3]!, x);
  const merged = createMoments();
  for (const part of parts) mergeMoments(merged, structuredClone(part));
  return merged;
}
