import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  maxOutliersOf,
  searchSide,
  spacingCountOf,
} from '../../../src/engine/outliers/gap-rule.js';
import { sortAll } from '../../../src/engine/statistics/ordered-values.js';
import { quartilesOf } from '../../../src/engine/statistics/quantile.js';
import { plainValues } from './build-sample.js';
import { createRandom, drawColumn, HEAVY_TAILED, LIGHT_TAILED, shuffle } from './distributions.js';

const seed = Number(process.env.SEED ?? 7_190_333);

/**
 * The rule once more, from its definition: all of x, z, d and p as 1-based lists of the whole side.
 */
function naiveSide(values: readonly number[], isUpper: boolean) {
  const n = values.length;
  const outwards = values.map((value) => (isUpper ? value : -value));
  const ordered = [Number.NaN, ...outwards.sort((a, b) => b - a)];
  const quantile = (p: number) => {
    const rank = n - (n - 1) * p; // from the top
    const above = ordered[Math.floor(rank)]!;
    const below = ordered[Math.ceil(rank)]!;
    return above + (below - above) * (rank - Math.floor(rank));
  };
  const [q1, median, q3] = [quantile(0.25), quantile(0.5), quantile(0.75)];
  const iqr = q3 - q1;
  const z = ordered.map((value) => Math.asinh((value - median) / iqr));
  const d = z.map((value, index) => value - (z[index + 1] ?? Number.NaN));
  const K = Math.min(1000, Math.max(3, Math.floor(n / 200)));
  const m = Math.min(50, Math.max(5, Math.floor(n / 10)));
  const stands = (i: number) => ordered[i]! > q3 + 3 * iqr && d[i]! > 1;
  let gap = 0;
  for (let i = 1; i <= K; i += 1) {
    let h = 0;
    for (let j = i + 1; j <= i + m; j += 1) h += (j * d[j]!) / m;
    const p = h === 0 ? 0 : (1 + (i * d[i]!) / (m * h)) ** -m;
    if (stands(i) && p < 0.05) gap = i;
  }
  const distinct = [...new Set(ordered.slice(1))].slice(0, K + m + 2);
  let clump = 0;
  for (const value of distinct.slice(0, -1)) {
    const i = ordered.lastIndexOf(value);
    if (i > K && stands(i)) clump = i;
  }
  return { gap, clump };
}

function searchBoth(values: readonly number[]) {
  const sorted = sortAll(Float64Array.from(values));
  const quartiles = quartilesOf(sorted);
  return {
    lower: searchSide(sorted, quartiles, 'lower'),
    upper: searchSide(sorted, quartiles, 'upper'),
  };
}

describe('gap rule', () => {
  test.each([
    [30, 3, 5],
    [59, 3, 5],
    [60, 3, 6],
    [500, 3, 50],
    [799, 3, 50],
    [800, 4, 50],
    [200_000, 1000, 50],
    [1_000_000, 1000, 50],
  ])('of %d values lets at most %d go and looks at %d spacings', (n, maxOutliers, spacings) => {
    expect(maxOutliersOf(n)).toBe(maxOutliers);
    expect(spacingCountOf(n)).toBe(spacings);
  });

  test('finds one value far out, with the chance worked by hand', () => {
    // The quartiles of these 41 values are 10, 20 and 30.
    const values = [...Array.from({ length: 40 }, (_, index) => index), 1000];
    const { upper, lower } = searchBoth(values);
    const z = (x: number) => Math.asinh((x - 20) / 20);
    const spacing = (above: number, below: number) => z(above) - z(below);
    const mean =
      (2 * spacing(39, 38) +
        3 * spacing(38, 37) +
        4 * spacing(37, 36) +
        5 * spacing(36, 35) +
        6 * spacing(35, 34)) /
      5;
    const p = (1 + spacing(1000, 39) / (5 * mean)) ** -5;
    expect(upper.gap).toMatchObject({ side: 'upper', count: 1, nextKept: 39 });
    expect(upper.gap?.p).toBeCloseTo(p, 12);
    expect(lower).toEqual({ isFinite: true, gap: null, clump: null });
  });

  test('takes the largest gap when several stand apart', () => {
    const values = [...plainValues(100), 5_000, 5_100, 9_000_000];
    expect(searchBoth(values).upper.gap?.count).toBe(3);
  });

  test('leaves a value beyond the outer fence when the next is less than e times nearer', () => {
    const values = [...plainValues(100), 60, 100];
    const { gap } = searchBoth(values).upper;
    expect(gap).toMatchObject({ count: 2, nextKept: Math.max(...plainValues(100)) });
    // Each step is under e, so that no place is wide enough.
    const steps = [...plainValues(100), 25, 35, 60, 130];
    expect(searchBoth(steps).upper.gap).toBeNull();
  });

  test('leaves the largest value of a tail that explains it', () => {
    // Powers of 3: every spacing of z is about log 3 > 1, so the last is no wider than the rest.
    const tail = Array.from({ length: 8 }, (_, index) => 10 * 3 ** index);
    const values = [...Array.from({ length: 60 }, (_, index) => index / 30), ...tail];
    expect(searchBoth(values).upper.gap).toBeNull();
  });

  test('takes p as 0 when the tail has no spacing at all', () => {
    const values = [...plainValues(60), ...new Array<number>(10).fill(20), 5_000];
    expect(searchBoth(values).upper.gap).toMatchObject({ count: 1, p: 0 });
  });

  test('works sides apart', () => {
    const values = [...plainValues(100), 5_000, -7_000, -7_001];
    const { lower, upper } = searchBoth(values);
    expect(upper.gap).toMatchObject({ side: 'upper', count: 1 });
    expect(lower.gap).toMatchObject({ side: 'lower', count: 2, nextKept: 10.1 });
  });

  test('calls more equal values than may go a clump, and no more a gap', () => {
    const few = searchBoth([...plainValues(100), -999, -999, -999]).lower;
    expect(few.gap?.count).toBe(3);
    expect(few.clump).toBeNull();
    const many = searchBoth([...plainValues(100), -999, -999, -999, -999]).lower;
    expect(many.gap).toBeNull();
    expect(many.clump).toEqual({
      side: 'lower',
      count: 4,
      value: -999,
      valueCount: 4,
      nextKept: 10.1,
    });
  });

  test('names the most frequent value of a clump, of several the most extreme', () => {
    const mixed = [...plainValues(100), 900, 900, 905, 905, 890];
    expect(searchBoth(mixed).upper.clump).toMatchObject({ count: 5, value: 905, valueCount: 2 });
    const usual = [...plainValues(100), 900, 900, 900, 905, 905, 990];
    expect(searchBoth(usual).upper.clump).toMatchObject({ count: 6, value: 900, valueCount: 3 });
  });

  test('tells of a clump behind a gap', () => {
    const values = [...plainValues(100), ...new Array<number>(12).fill(-999), -9_000_000];
    const { gap, clump } = searchBoth(values).lower;
    expect(gap).toMatchObject({ count: 1, nextKept: -999 });
    expect(clump).toMatchObject({ count: 13, value: -999, valueCount: 12 });
  });

  test('stops when the distance in IQRs overflows', () => {
    const values = [...Array.from({ length: 40 }, (_, index) => index * 5e-324), 1e300];
    expect(searchBoth(values).upper.isFinite).toBe(false);
    expect(searchBoth(values).lower.isFinite).toBe(true);
  });

  test('equals its definition, whatever the tail, the errors and the order', () => {
    const distributions = [...LIGHT_TAILED, ...HEAVY_TAILED];
    const column = fc.record({
      columnSeed: fc.integer(),
      distribution: fc.constantFrom(...distributions),
      n: fc.integer({ min: 30, max: 1_200 }),
      errors: fc.array(
        fc.record({ value: fc.constantFrom(-999, 99_999, 60, 150, 4e5, 1e9), count: fc.nat(7) }),
        { maxLength: 4 },
      ),
    });
    const seen = { gap: 0, clump: 0, none: 0 };
    const property = fc.property(column, ({ columnSeed, distribution, n, errors }) => {
      const random = createRandom(columnSeed);
      const values = drawColumn(distribution, n, random);
      for (const { value, count } of errors) values.push(...new Array<number>(count).fill(value));
      const found = searchBoth(values);
      for (const side of ['lower', 'upper'] as const) {
        const expected = naiveSide(values, side === 'upper');
        const actual = { gap: found[side].gap?.count ?? 0, clump: found[side].clump?.count ?? 0 };
        expect(actual).toEqual(expected);
        seen[actual.gap > 0 ? 'gap' : actual.clump > 0 ? 'clump' : 'none'] += 1;
      }
      expect(searchBoth(shuffle(values, random))).toEqual(found);
    });
    fc.assert(property, { seed, numRuns: 400 });
    expect(Math.min(seen.gap, seen.clump, seen.none)).toBeGreaterThan(20);
  });
});
