import { describe, expect, test } from 'vitest';
import type { ColumnSample } from '../../../src/engine/outliers/column-sample.js';
import { judgeColumn } from '../../../src/engine/outliers/judge-column.js';
import { isBeyond, type Verdict } from '../../../src/engine/outliers/verdict.js';
import type { OutlierMethod } from '../../../src/engine/rules.js';
import { buildGroupedSample, buildSample, plainValues } from './build-sample.js';
import {
  createRandom,
  drawColumn,
  HEAVY_TAILED,
  LIGHT_TAILED,
  normal,
  shuffle,
} from './distributions.js';

const gap: OutlierMethod = { kind: 'gap' };
const iqr: OutlierMethod = { kind: 'iqr', k: 3 };

const repeat = (value: number, count: number) => new Array<number>(count).fill(value);

function judge(sample: ColumnSample, method = gap, named = false): Verdict {
  return judgeColumn(sample, method, named);
}

describe('judgeColumn acts', () => {
  test('on one value far out, and gives fence, count and figures', () => {
    const values = [...plainValues(99), 5_000];
    const verdict = judge(buildSample(values));
    expect(verdict).toMatchObject({
      column: 'reading',
      reason: null,
      outlierCount: 1,
      remedy: null,
    });
    expect(verdict.detail).toBe('outliers: 1 of 100 values');
    const fence = verdict.fences[0]!;
    expect(values.filter((value) => isBeyond(value, fence))).toEqual([5_000]);
    expect(verdict.figures).toMatchObject({ n: 100 });
    expect(verdict.figures.q1).toBeLessThan(verdict.figures.median!);
    expect(verdict.figures.median).toBeLessThan(verdict.figures.q3!);
  });

  test('on three equal sentinels, as many as may go', () => {
    expect(judge(buildSample([...plainValues(100), ...repeat(-999, 3)]))).toMatchObject({
      reason: null,
      outlierCount: 3,
    });
  });

  test('the same whatever the order of the rows', () => {
    const random = createRandom(3);
    const values = [...Array.from({ length: 500 }, () => normal(random)), 400, -5_000];
    const verdict = judge(buildSample(values));
    expect(verdict.outlierCount).toBe(2);
    for (let run = 0; run < 5; run += 1) {
      expect(judge(buildSample(shuffle(values, random)))).toEqual(verdict);
    }
  });

  test('and tells of a clump left behind the gap', () => {
    const values = [...plainValues(100), ...repeat(-999, 12), -9_000_000];
    const verdict = judge(buildSample(values));
    expect(verdict).toMatchObject({ reason: null, outlierCount: 1 });
    expect(verdict.detail).toBe(
      'outliers: 1 of 113 values; 13 values stand apart, 12 of them -999, and stay',
    );
    expect(verdict.remedy).toMatch('--min reading=10.1 ');
  });

  test('with a fence and no outliers when a plain bound holds all', () => {
    const verdict = judge(buildSample(plainValues(100)), iqr, true);
    expect(verdict).toMatchObject({ reason: null, outlierCount: 0 });
    expect(verdict.fences[0]).not.toBeNull();
  });
});

describe('judgeColumn leaves a column whole', () => {
  const spread = Array.from({ length: 30 }, (_, index) => (index % 10) + 1.5);

  test.each<[string, ColumnSample, string, string]>([
    ['without any value', buildSample(['', '', '']), 'not_numeric', 'no cell has a value'],
    ['of texts', buildSample(['a', 'b']), 'not_numeric', '2 of 2 cells are no numbers'],
    [
      'with over 5 % texts',
      buildSample([...plainValues(94), ...new Array<string>(6).fill('x')]),
      'not_numeric',
      '6 of 100 cells are no numbers',
    ],
    ['of 29 values', buildSample(plainValues(29)), 'few_values', '29 of the 30 numbers needed'],
    [
      'of 9 different values',
      buildSample(spread.map((value) => Math.min(value, 9.5))),
      'few_distinct',
      '9 of the 10 different numbers needed',
    ],
    [
      'of one constant',
      buildSample(repeat(5, 100)),
      'few_distinct',
      '1 of the 10 different numbers needed',
    ],
    [
      'of 80 % zeros',
      buildSample([...repeat(0, 80), ...plainValues(20)]),
      'iqr_zero',
      'the middle half of the values are all 0',
    ],
    [
      'whose quartiles overflow',
      buildSample(
        Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? -1 : 1) * (1.7e308 - i * 1e306)),
      ),
      'not_finite',
      'the quartiles overflow a double',
    ],
    [
      'whose distances overflow',
      buildSample([...Array.from({ length: 40 }, (_, i) => i * 5e-324), 1e300]),
      'not_finite',
      'a quantity overflows a double',
    ],
    ['without a gap', buildSample(plainValues(100)), 'no_gap', 'no value is farther out'],
    [
      'with a clump of -999',
      buildSample([...plainValues(100), ...repeat(-999, 20)]),
      'clump',
      '20 cells are -999',
    ],
    [
      'with a clump of 99999',
      buildSample([...plainValues(1_000), ...repeat(99_999, 120)]),
      'clump',
      '120 cells are 99999',
    ],
    [
      'of years',
      buildSample([...plainValues(100), 9_999], { name: 'built_year' }),
      'id_like',
      'the name says "year"; values far out, left in: 1',
    ],
    [
      'with leading zeros',
      buildSample([...plainValues(100), '0012', 9_999]),
      'id_like',
      'numbers are written with leading zeros',
    ],
    [
      'of a running number',
      buildSample([...Array.from({ length: 100 }, (_, index) => index + 1), 999_999]),
      'id_like',
      'they are integers in sequence',
    ],
  ])('%s', (_name, sample, reason, detail) => {
    const verdict = judge(sample);
    expect(verdict.reason).toBe(reason);
    expect(verdict.detail).toContain(detail);
    expect(verdict).toMatchObject({ fences: [null], outlierCount: 0 });
  });

  test('with the flag that settles it, where there is one', () => {
    const clump = judge(buildSample([...plainValues(100), ...repeat(-999, 20)]));
    expect(clump.remedy).toBe(
      'if these are no measurements, --nulls reading=-999 empties them, --min reading=10.1 sets their rows aside',
    );
    const year = judge(buildSample([...plainValues(100), 9_999], { name: 'year' }));
    expect(year.remedy).toMatch('--outlier-columns year ');
  });

  test('only below each limit, not at it', () => {
    const atLimit = [...plainValues(94), 5_000, ...new Array<string>(5).fill('x'), '', ''];
    expect(judge(buildSample(atLimit)).reason).toBeNull();
    expect(judge(buildSample(plainValues(30))).reason).toBe('no_gap');
    expect(judge(buildSample(spread)).reason).toBe('no_gap');
  });

  test('of heavy tails whose largest value the tail explains', () => {
    const logNormal = HEAVY_TAILED.find(({ name }) => name === 'log-normal 2')!;
    const values = drawColumn(logNormal, 1_000, createRandom(5));
    const verdict = judge(buildSample(values));
    expect(Math.max(...values)).toBeGreaterThan(100 * verdict.figures.median!);
    expect(verdict.reason).toBe('no_gap');
  });

  test('by the same guards when a method is named, except id_like', () => {
    const year = { name: 'year' };
    expect(judge(buildSample([...plainValues(100), 9_999], year), gap, true)).toMatchObject({
      reason: null,
      outlierCount: 1,
    });
    for (const method of [gap, iqr]) {
      expect(judge(buildSample(['a', 1]), method, true).reason).toBe('not_numeric');
      expect(judge(buildSample(plainValues(29)), method, true).reason).toBe('few_values');
      expect(judge(buildSample(repeat(1, 90)), method, true).reason).toBe('few_distinct');
      const zeros = buildSample([...repeat(0, 80), ...plainValues(20)]);
      expect(judge(zeros, method, true).reason).toBe('iqr_zero');
    }
  });

  test('as no identifier when nothing would go from it', () => {
    const ids = buildSample(
      Array.from({ length: 100 }, (_, index) => index + 1),
      { name: 'id' },
    );
    expect(judge(ids).reason).toBe('no_gap');
    expect(judge(ids, iqr)).toMatchObject({ reason: null, outlierCount: 0 });
  });

  test('when the method is off it refuses to judge', () => {
    expect(() => judge(buildSample(plainValues(40)), { kind: 'off' })).toThrow('by a method');
  });
});

describe('judgeColumn by group', () => {
  const low = plainValues(50);
  const high = plainValues(50).map((value) => value * 1_000);

  test('finds what is far out in its own group only', () => {
    const sample = buildGroupedSample([[...low, 15_000], high]);
    const verdict = judge(sample);
    expect(verdict).toMatchObject({ reason: null, outlierCount: 1 });
    expect(verdict.fences[0]?.upper?.count).toBe(1);
    expect(verdict.fences[1]).toBeNull();
    expect(judge({ ...sample, groups: null, groupCount: 1 }).reason).toBe('no_gap');
  });

  test('leaves small groups whole', () => {
    const verdict = judge(buildGroupedSample([low, [...plainValues(20), 99_999], [...low, -999]]));
    expect(verdict.fences.map((fence) => fence !== null)).toEqual([false, false, true]);
    expect(verdict.outlierCount).toBe(1);
  });

  test('reads the group of each value, not its place', () => {
    const values = [...low, 15_000, ...high];
    const groups = [...repeat(0, 51), ...repeat(1, 50)];
    const order = shuffle([...values.keys()], createRandom(8));
    const sample = buildSample(
      order.map((index) => values[index]!),
      { groups: Int32Array.from(order, (index) => groups[index]!), groupCount: 2 },
    );
    expect(judge(sample).fences).toEqual(
      judge(buildGroupedSample([[...low, 15_000], high])).fences,
    );
  });

  test('gives the commonest reason when no group acts, of two alike the first listed', () => {
    const small = plainValues(5);
    const mostlySmall = judge(buildGroupedSample([small, low, small]));
    expect(mostlySmall.reason).toBe('few_values');
    expect(mostlySmall.detail).toBe('in 2 of 3 groups, the first: 5 of the 30 numbers needed');
    expect(mostlySmall.fences).toEqual([null, null, null]);
    expect(judge(buildGroupedSample([small, low])).reason).toBe('no_gap');
    expect(judge(buildGroupedSample([low, repeat(0, 40)])).reason).toBe('no_gap');
    expect(judge(buildGroupedSample([[], low, []])).reason).toBe('few_values');
  });

  test('tells of a clump in one group, without a bound for all', () => {
    const clumped = [...low, ...repeat(-999, 8)];
    const verdict = judge(buildGroupedSample([low, clumped, low]));
    expect(verdict.reason).toBe('no_gap');
    expect(verdict.detail).toMatch('8 cells are -999');
    expect(verdict.remedy).toBeNull();
    expect(judge(buildGroupedSample([clumped, [...low, 9_999]]))).toMatchObject({
      reason: null,
      outlierCount: 1,
    });
  });

  test('guards against texts and identifiers for the column, not the group', () => {
    const groups = [[...low, 15_000], high];
    expect(judge(buildGroupedSample(groups, { textCount: 50 })).reason).toBe('not_numeric');
    const named = judge(buildGroupedSample(groups, { name: 'zip' }));
    expect(named).toMatchObject({ reason: 'id_like', fences: [null, null], outlierCount: 0 });
  });

  test('refuses a group number out of range', () => {
    const sample = buildGroupedSample([low, high], { groupCount: 1 });
    expect(() => judge(sample)).toThrow('below the group count');
  });
});

describe('judgeColumn on known distributions', () => {
  const seed = Number(process.env.SEED ?? 91_204);

  test.each(LIGHT_TAILED)(
    'leaves clean $name columns alone and finds a sentinel',
    ({ name, draw }) => {
      const random = createRandom(seed);
      let acted = 0;
      let found = 0;
      for (let run = 0; run < 60; run += 1) {
        const values = drawColumn({ name, draw }, 100, random);
        acted += judge(buildSample(values)).reason === null ? 1 : 0;
        const verdict = judge(buildSample([...values, 99_999]));
        found += verdict.fences[0] != null && isBeyond(99_999, verdict.fences[0]) ? 1 : 0;
      }
      expect(acted, `seed ${seed}`).toBeLessThanOrEqual(3);
      expect(found, `seed ${seed}`).toBeGreaterThanOrEqual(57);
    },
  );
});
