import { describe, expect, test } from 'vitest';
import { sortAll } from '../../../src/engine/statistics/ordered-values.js';
import { quantileType7, quartilesOf } from '../../../src/engine/statistics/quantile.js';

describe('quantileType7', () => {
  test.each([
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.75, 3.25],
    [[1, 2, 3, 4, 5], 0.5, 3],
    [[1, 2, 10], 0.9, 8.4],
    [[7], 0.3, 7],
    [[1, 9], 0, 1],
    [[1, 9], 1, 9],
  ])('of %j at %d is %d, as NumPy has it', (values, p, expected) => {
    expect(quantileType7(sortAll(Float64Array.from(values)), p)).toBeCloseTo(expected, 12);
  });

  test('is not finite when a difference overflows', () => {
    const median = quantileType7(sortAll(Float64Array.of(-1.7e308, 1.7e308)), 0.5);
    expect(Number.isFinite(median)).toBe(false);
  });

  test('refuses no values and shares outside 0 – 1', () => {
    expect(() => quantileType7(sortAll(new Float64Array(0)), 0.5)).toThrow('at least one value');
    expect(() => quantileType7(sortAll(Float64Array.of(1)), 1.5)).toThrow('0 – 1');
    expect(() => quantileType7(sortAll(Float64Array.of(1)), Number.NaN)).toThrow('0 – 1');
  });
});

describe('quartilesOf', () => {
  test('gives the type-7 quartiles and their distance', () => {
    const values = Float64Array.from({ length: 30 }, (_, index) => index + 1);
    expect(quartilesOf(sortAll(values))).toEqual({ q1: 8.25, median: 15.5, q3: 22.75, iqr: 14.5 });
  });
});
