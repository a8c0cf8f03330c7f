/**
 * The property that short and long runs share: exact, rounded once, and the same for any order and
 * split.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  addValue,
  addValues,
  createMoments,
  MOST_VALUES,
  type Moments,
  meanOf,
  mergeMoments,
  stdOf,
  sumOf,
  varianceOf,
} from '../../../src/engine/statistics/exact-sum.js';
import { exactMean, exactSum, exactVariance, isNearest } from './sum-oracle.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** A power of two of any size, or a double of its size: all limbs are met. */
const anySize = fc
  .tuple(
    fc.integer({ min: -1074, max: 1023 }),
    fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }),
  )
  .chain(([power, factor]) => fc.constantFrom(2 ** power, -(2 ** power), factor * 2 ** power));
const value = fc.oneof(
  finite,
  anySize,
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
      // Not only the same results: the same limbs, once merged.
      expect(split).toEqual(mergedOf([whole]));
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

function mergedOf(parts: readonly Moments[]): Moments {
  const merged = createMoments();
  for (const part of parts) mergeMoments(merged, structuredClone(part));
  return merged;
}

/**
 * The same values in another order, over parts that are close to a carry, some filled one by one and
 * some in bulk, and merged in pairs until one is left.
 */
function splitMoments(xs: readonly number[], random: () => number): Moments {
  const shuffled = xs.map((x) => [random(), x] as const).sort((a, b) => a[0] - b[0]);
  const parts = Array.from({ length: 1 + (random() % 6) }, (_, part) => {
    const own = shuffled.filter((_, i) => i % 6 === part).map(([, x]) => x);
    return filled(own, random() % 8, random() % 2 === 0);
  });
  const rest = shuffled.filter((_, i) => i % 6 >= parts.length).map(([, x]) => x);
  parts.push(filled(rest, random() % 8, false));
  while (parts.length > 1) {
    const [from] = parts.splice(random() % parts.length, 1);
    mergeMoments(parts[random() % parts.length]!, from!);
  }
  return mergedOf(parts);
}

/** Moments that take `room` more values before they carry. */
function filled(xs: readonly number[], room: number, inBulk: boolean): Moments {
  const moments = createMoments();
  moments.uncarried = MOST_VALUES - room;
  if (inBulk) addValues(moments, Float64Array.from([...xs, Number.NaN]), xs.length);
  else for (const x of xs) addValue(moments, x);
  return moments;
}
