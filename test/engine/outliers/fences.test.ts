import { describe, expect, test } from 'vitest';
import { type ActiveMethod, findFence, spreadOf } from '../../../src/engine/outliers/fences.js';
import { sortAll } from '../../../src/engine/statistics/ordered-values.js';
import { quartilesOf } from '../../../src/engine/statistics/quantile.js';
import { plainValues } from './build-sample.js';

function fenceOf(values: readonly number[], method: ActiveMethod) {
  const numbers = Float64Array.from(values);
  const ordered = sortAll(numbers);
  return findFence(spreadOf(numbers), ordered, quartilesOf(ordered), method);
}

/** Quartiles 8.25, 15.5, 22.75; mean 15.5, variance 77.5; MAD 7.5. */
const oneToThirty = Array.from({ length: 30 }, (_, index) => index + 1);

describe('findFence', () => {
  test.each<[string, ActiveMethod, number, number]>([
    ['iqr 1.5', { kind: 'iqr', k: 1.5 }, -13.5, 44.5],
    ['iqr 0', { kind: 'iqr', k: 0 }, 8.25, 22.75],
    ['mad 3.5', { kind: 'mad', cutoff: 3.5 }, -23.417_716_827_3, 54.417_716_827_3],
    ['zscore 2', { kind: 'zscore', cutoff: 2 }, -2.106_816_861_659_01, 33.106_816_861_659_01],
    ['percentile 1, 99', { kind: 'percentile', low: 1, high: 99 }, 1.29, 29.71],
    ['percentile 0, 100', { kind: 'percentile', low: 0, high: 100 }, 1, 30],
  ])('keeps and clips to the bounds of %s', (_name, method, min, max) => {
    const { fence, skip, clump } = fenceOf(oneToThirty, method);
    expect(skip).toBeNull();
    expect(clump).toBeNull();
    expect(fence?.keepMin).toBeCloseTo(min, 10);
    expect(fence?.keepMax).toBeCloseTo(max, 10);
    expect(fence?.clipMin).toBe(fence?.keepMin);
    expect(fence?.clipMax).toBe(fence?.keepMax);
    expect([fence?.lower, fence?.upper]).toEqual([null, null]);
  });

  test('has no mad fence when more than half of the values are one number', () => {
    const values = [
      ...new Array<number>(16).fill(50),
      ...Array.from({ length: 14 }, (_, i) => 51 + i),
    ];
    expect(fenceOf(values, { kind: 'mad', cutoff: 3.5 }).skip?.reason).toBe('iqr_zero');
  });

  test.each<ActiveMethod>([
    { kind: 'iqr', k: 1e308 },
    { kind: 'mad', cutoff: 1e308 },
    { kind: 'zscore', cutoff: 1e308 },
  ])('is not_finite when a bound of $kind overflows', (method) => {
    expect(fenceOf(oneToThirty, method).skip?.reason).toBe('not_finite');
  });

  test('is not_finite when the outer fence of the gap rule overflows', () => {
    const values = oneToThirty.map((value) => value * 5e306);
    expect(fenceOf(values, { kind: 'gap' }).skip?.reason).toBe('not_finite');
  });

  test('keeps up to the next value and clips to the outer Tukey fence when a gap is found', () => {
    const { fence } = fenceOf([...oneToThirty, 400, -500], { kind: 'gap' });
    // With two more values: Q1 = 7.75, Q3 = 23.25, IQR = 15.5.
    expect(fence).toMatchObject({ keepMin: 1, keepMax: 30, clipMin: -38.75, clipMax: 69.75 });
    expect(fence?.lower).toMatchObject({ outerFence: -38.75, median: 15.5, nextKept: 1, count: 1 });
    expect(fence?.upper).toMatchObject({ outerFence: 69.75, median: 15.5, nextKept: 30, count: 1 });
  });

  test('leaves the side without a gap open', () => {
    const { fence } = fenceOf([...oneToThirty, 400], { kind: 'gap' });
    expect(fence?.keepMin).toBe(Number.NEGATIVE_INFINITY);
    expect(fence?.lower).toBeNull();
    expect(Number.isFinite(fence?.clipMin)).toBe(true);
  });

  test('lets nothing go on either side when a clump stands on one', () => {
    const clump = new Array<number>(6).fill(-999);
    const { fence, skip } = fenceOf([...plainValues(100), ...clump, 5_000], { kind: 'gap' });
    expect(fence).toBeNull();
    expect(skip?.reason).toBe('clump');
  });

  test('names the larger clump when there is one on both sides', () => {
    const values = [
      ...plainValues(100),
      ...new Array<number>(5).fill(-999),
      ...new Array<number>(6).fill(9_999),
    ];
    expect(fenceOf(values, { kind: 'gap' }).clump?.value).toBe(9_999);
  });
});
