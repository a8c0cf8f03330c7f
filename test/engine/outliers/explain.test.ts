import { describe, expect, test } from 'vitest';
import {
  clumpRemedy,
  explainClump,
  explainOutlier,
  shortNumber,
} from '../../../src/engine/outliers/explain.js';
import type { Fence, Side } from '../../../src/engine/outliers/verdict.js';
import type { OutlierMethod } from '../../../src/engine/rules.js';

const upper: Side = {
  outerFence: 31.25,
  median: 10,
  iqr: 5,
  nextKept: 33.456_79,
  p: 0.001_2,
  count: 1,
};
const lower: Side = { ...upper, outerFence: -11.25, nextKept: 2, p: 0.000_4 };
const gapFence: Fence = {
  keepMin: 2,
  keepMax: 33.456_79,
  clipMin: -11.25,
  clipMax: 31.25,
  lower,
  upper,
};
const boundFence: Fence = {
  keepMin: -2.000_04,
  keepMax: 41.5,
  clipMin: -2.000_04,
  clipMax: 41.5,
  lower: null,
  upper: null,
};
const gap: OutlierMethod = { kind: 'gap' };

describe('explainOutlier', () => {
  test('names fence, distance and chance of a gap', () => {
    expect(explainOutlier('wage', '200', 200, gapFence, gap)).toBe(
      'wage 200 is beyond 31.25 and 8.1 times as far from the median as the next value (p = 0.001)',
    );
  });

  test('shows the cell as it stands and a small chance as such', () => {
    expect(explainOutlier('wage', '-9.99E2', -999, gapFence, gap)).toBe(
      'wage -9.99E2 is beyond -11.25 and 126 times as far from the median as the next value ' +
        '(p < 0.001)',
    );
  });

  test('says so when the next value is the median', () => {
    const fence = { ...gapFence, upper: { ...upper, nextKept: 10, p: 0 } };
    expect(explainOutlier('wage', '200', 200, { ...fence, keepMax: 10 }, gap)).toBe(
      'wage 200 is beyond 31.25 and the next value is the median itself (p < 0.001)',
    );
  });

  test.each<[OutlierMethod, string, string]>([
    [{ kind: 'iqr', k: 3 }, 'above 41.5 (Q3 + 3 × IQR)', 'below -2 (Q1 − 3 × IQR)'],
    [
      { kind: 'mad', cutoff: 3.5 },
      'above 41.5 (median + 3.5 × MAD / 0.6745)',
      'below -2 (median − 3.5 × MAD / 0.6745)',
    ],
    [
      { kind: 'zscore', cutoff: 3 },
      'above 41.5 (mean + 3 × standard deviation)',
      'below -2 (mean − 3 × standard deviation)',
    ],
    [
      { kind: 'percentile', low: 0.5, high: 99.5 },
      'above 41.5 (percentile 99.5)',
      'below -2 (percentile 0.5)',
    ],
  ])('names the bound of %j', (method, above, below) => {
    expect(explainOutlier('fare', '900', 900, boundFence, method)).toBe(`fare 900 is ${above}`);
    expect(explainOutlier('fare', '-9', -9, boundFence, method)).toBe(`fare -9 is ${below}`);
  });

  test('refuses a value that lies within its fence', () => {
    expect(() => explainOutlier('fare', '41.5', 41.5, boundFence, gap)).toThrow('beyond');
  });
});

describe('shortNumber', () => {
  test.each([
    [31.25, '31.25'],
    [41.499_999_99, '41.5'],
    [0.001_234_56, '0.001235'],
    [999.96, '1000'],
    [190_164.4, '190164'],
    [-2_500_000, '-2500000'],
    [0, '0'],
    [-0, '0'],
    [-1e-9, '-1e-9'],
    [1e21, '1e+21'],
  ])('writes %d as %s', (value, text) => {
    expect(shortNumber(value)).toBe(text);
  });
});

describe('explainClump', () => {
  const clump = {
    side: 'lower',
    count: 1204,
    value: -999,
    valueCount: 1204,
    nextKept: 0.3,
  } as const;

  test('says how many cells are one number', () => {
    expect(explainClump(clump)).toBe('1,204 cells are -999');
  });

  test('says how many more stand apart with them', () => {
    expect(explainClump({ ...clump, count: 1250 })).toBe(
      '1,250 values stand apart, 1,204 of them -999',
    );
    expect(explainClump({ ...clump, count: 5, valueCount: 1 })).toBe(
      '5 values stand apart, the farthest -999',
    );
  });

  test('has a bound of the exact next value as remedy', () => {
    expect(clumpRemedy('reading', clump)).toBe(
      'if these are no measurements, --nulls reading=-999 empties them, --min reading=0.3 sets their rows aside',
    );
    expect(clumpRemedy('reading', { ...clump, side: 'upper', nextKept: 190_164.25 })).toBe(
      'if these are no measurements, --nulls reading=-999 empties them, --max reading=190164.25 sets their rows aside',
    );
    expect(clumpRemedy('reading', { ...clump, count: 5, valueCount: 1 })).toBe(
      'if these are no measurements, --min reading=0.3 sets their rows aside',
    );
  });
});
