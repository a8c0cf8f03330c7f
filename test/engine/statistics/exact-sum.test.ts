/**
 * Sums, means and deviations against known values, at the edges of the doubles, and by seeded
 * property.
 */
import { describe, expect, test } from 'vitest';
import {
  addRepeated,
  addValue,
  addValues,
  createMoments,
  divideToDouble,
  meanOf,
  mergeMoments,
  SQUARES_UNIT_EXPONENT,
  stdOf,
  sumOf,
  varianceOf,
} from '../../../src/engine/statistics/exact-sum.js';
import { totalOf } from '../../../src/engine/statistics/long-register.js';
import { checkSums } from './check-sums.js';
import { unitsOf } from './sum-oracle.js';

const MAX = Number.MAX_VALUE;
const MIN = Number.MIN_VALUE;

function momentsOf(values: readonly number[]) {
  const moments = createMoments();
  for (const x of values) addValue(moments, x);
  return moments;
}

describe('sumOf', () => {
  test.each([
    [[], 0],
    [[-0], 0],
    [[0.1, 0.2, 0.3], 0.6],
    [Array.from({ length: 10 }, () => 0.1), 1],
    [[1e16, 1, -1e16], 1],
    [[1e308, 1e308, -1e308, -1e308, 3], 3],
    [[MAX, MAX], Number.POSITIVE_INFINITY],
    [[-MAX, -MAX], Number.NEGATIVE_INFINITY],
    [[MAX, 2 ** 969], MAX],
    [[MAX, 2 ** 970], Number.POSITIVE_INFINITY],
    [[MIN, MIN], 2 * MIN],
    [[2 ** -1022, -MIN], 2 ** -1022 - MIN],
    [[1, 2 ** -53], 1],
    [[1, 2 ** -53, MIN], 1 + 2 ** -52],
    [[1 + 2 ** -52, 2 ** -53], 1 + 2 ** -51],
  ])('of %j is %d', (values, expected) => {
    expect(sumOf(momentsOf(values))).toBe(expected);
  });
});

describe('meanOf and stdOf', () => {
  test('are null of too few values', () => {
    expect(meanOf(momentsOf([]))).toBeNull();
    expect(stdOf(momentsOf([]))).toBeNull();
    expect(stdOf(momentsOf([7]))).toBeNull();
  });

  test('give known values', () => {
    expect(meanOf(momentsOf([1, 2, 3, 4]))).toBe(2.5);
    expect(stdOf(momentsOf([2, 4, 4, 4, 5, 5, 7, 9]))).toBe(Math.sqrt(32 / 7));
    expect(stdOf(momentsOf([5, 5, 5]))).toBe(0);
  });

  test('keep what rounding on the way would lose', () => {
    expect(meanOf(momentsOf([MAX, MAX]))).toBe(MAX);
    expect(meanOf(momentsOf([MIN, MIN, MIN]))).toBe(MIN);
    expect(stdOf(momentsOf([1e9 + 1, 1e9 + 2, 1e9 + 3]))).toBe(1);
    expect(stdOf(momentsOf([1e15 + 0.5, 1e15 + 1.5]))).toBe(Math.sqrt(0.5));
  });

  test('give Infinity when the variance is beyond the doubles', () => {
    expect(stdOf(momentsOf([MAX, -MAX]))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('moments', () => {
  test('survive a structured clone and merge as if never apart', () => {
    const merged = structuredClone(momentsOf([0.1, 1e300]));
    mergeMoments(merged, structuredClone(momentsOf([0.2, -1e300, MIN])));
    const whole = momentsOf([MIN, -1e300, 0.2, 1e300, 0.1]);
    mergeMoments(whole, createMoments());
    expect(merged).toEqual(whole);
  });

  test('count the first of many values in bulk as one by one', () => {
    const values = [0.1, -3, 1e300, MIN, 7, 9];
    const bulk = createMoments();
    addValues(bulk, Float64Array.from(values), 4);
    expect(bulk).toEqual(momentsOf(values.slice(0, 4)));
    expect(() => addValues(bulk, new Float64Array(2), 3)).toThrow(/as many values/);
  });

  test('read a view of values that does not begin where its memory does', () => {
    const bulk = createMoments();
    addValues(bulk, Float64Array.of(100, 1, 2, 3).subarray(1), 2);
    expect(sumOf(bulk)).toBe(3);
  });

  test('hold the exact square of a value of any size', () => {
    for (let power = -1074; power <= 1023; power++) {
      for (const x of [2 ** power, -Math.PI * 2 ** (power - 1), (2 - 2 ** -52) * 2 ** power]) {
        const { squares } = momentsOf([x]);
        expect(totalOf(squares!)).toBe((unitsOf(x) ** 2n) << BigInt(SQUARES_UNIT_EXPONENT - 2148));
      }
    }
  });

  test('stay exact when millions of values fill the same limbs', () => {
    // All 53 bits are ones, so that every limb grows as fast as it can.
    const x = 2 - 2 ** -52;
    const count = 5_000_000;
    for (const sign of [1, -1]) {
      const bulk = createMoments();
      addValues(bulk, new Float64Array(count).fill(sign * x), count);
      addValues(bulk, Float64Array.of(-sign * x * 2 ** 22, sign * MIN), 2);
      const single = createMoments();
      for (let i = 0; i < count; i++) addValue(single, sign * x);
      for (const value of [-sign * x * 2 ** 22, sign * MIN]) addValue(single, value);
      const rest = BigInt(count - 2 ** 22) * (2n ** 53n - 1n);
      expect(sumOf(bulk)).toBe(sign * divideToDouble((rest << 1022n) + 1n, 1n << 1074n));
      expect(single).toEqual(bulk);
      const other = createMoments();
      mergeMoments(other, bulk);
      mergeMoments(bulk, other);
      expect(sumOf(bulk)).toBe(2 * sumOf(other));
    }
  });

  test('without squares give sum and mean but no deviation', () => {
    const moments = createMoments({ squares: false });
    addValue(moments, 3);
    expect(sumOf(moments)).toBe(3);
    expect(() => stdOf(moments)).toThrow(/squares/);
    expect(() => mergeMoments(moments, createMoments())).toThrow(/one kind/);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuse %d as a fault',
    (x) => {
      expect(() => addValue(createMoments(), x)).toThrow(/finite/);
      expect(() => addValues(createMoments(), Float64Array.of(x), 1)).toThrow(/finite/);
    },
  );
});

describe('divideToDouble', () => {
  test.each([
    [1n, 3n, 1 / 3],
    [-2n, 3n, -2 / 3],
    [0n, 5n, 0],
    [1n, 1n << 1074n, MIN],
    [1n, 1n << 1075n, 0],
    [3n, 1n << 1075n, 2 * MIN],
    [(3n << 60n) - 1n, 1n << 1135n, MIN],
    [(1n << 53n) + 1n, 1n, 2 ** 53],
    [(1n << 53n) + 3n, 1n, 2 ** 53 + 4],
    [1n << 1024n, 1n, Number.POSITIVE_INFINITY],
    [10n ** 700n, 10n ** 400n, 1e300],
  ])('%i / %i', (numerator, denominator, expected) => {
    expect(divideToDouble(numerator, denominator)).toBe(expected);
  });

  test('finds every power of two', () => {
    for (let k = -1074n; k <= 1023n; k++) {
      const expected = 2 ** Number(k);
      const got = k < 0n ? divideToDouble(1n, 1n << -k) : divideToDouble(1n << k, 1n);
      expect(got).toBe(expected);
    }
  });
});

test('sums are exact, rounded once and independent of order and split', () => {
  checkSums(Number(process.env.SEED ?? 20_240_501), 400);
});

test('a value counted in so many times at once is that value counted in so often', () => {
  for (const x of [0, -0, 0.1, -3, 1e300, 5e-324, 2 ** 300, -(2 ** 299.5), 123_456.789, 1e-200]) {
    for (const times of [0, 1, 2, 3, 4, 7, 63, 64, 1000, 4095]) {
      const one = createMoments();
      for (let i = 0; i < times; i++) addValue(one, x);
      const all = createMoments();
      addRepeated(all, x, times);
      expect([all.count, sumOf(all), meanOf(all)]).toEqual([one.count, sumOf(one), meanOf(one)]);
      expect(varianceOf(all)).toBe(varianceOf(one));
      // A third of them more: nothing that is told of a spread may be lost.
      for (const moments of [one, all]) for (let i = 0; i < times; i += 3) addValue(moments, i);
      expect(varianceOf(all)).toBe(varianceOf(one));
    }
  }
});
