/** What is settled before rows are written, where random tables seldom go: caps, groups, levels. */

import { describe, expect, test } from 'vitest';
import { CsvcleanError } from '../../../src/base/error.js';
import { RFC4180 } from '../../../src/csv/dialect.js';
import type { Rules } from '../../../src/engine/rules.js';
import { GAP_RULE, PLAIN_RULES } from '../../support/plain-rules.js';
import { cleanBytes } from './clean-bytes.js';

function clean(lines: readonly string[], rules: Partial<Rules>) {
  return cleanBytes(Buffer.from(`${lines.join('\n')}\n`), RFC4180, { ...PLAIN_RULES, ...rules });
}

/** 1.25, 1.5, … : nothing far out, nothing like an id. */
const usual = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(1 + ((i * 7) % 20) / 4));

describe('the cap of 1 % of the rows', () => {
  test('counts rows beyond fences, not those beyond bounds that the user set', () => {
    const values = [...usual(290), '-1', '-1', '-1', '-1', '-1', '-1', '9000'];
    const bounds = [{ column: 'v', side: 'min', limit: 0 }] as const;
    const { rejects, report } = clean(['v', ...values], { bounds });
    expect(rejects.map(({ rule, value }) => `${rule} ${value}`)).toEqual([
      ...new Array<string>(6).fill('bound -1'),
      'outlier 9000',
    ]);
    expect(report.outlierColumns).toMatchObject([{ reason: null, outlierCount: 1 }]);
  });

  test('reports every column that would have acted, and sets no row aside', () => {
    const { rejects, report } = clean(['v', ...usual(150), '9000', '9001'], {});
    expect(rejects).toEqual([]);
    expect(report.outlierColumns).toMatchObject([{ reason: 'file_cap', outlierCount: 0 }]);
    expect(report.warnings[0]?.message).toContain('2 of 152 rows would go, more than 1 %');
  });

  test('lets one row go whatever its share, and is lifted when a method is named', () => {
    expect(clean(['v', ...usual(40), '9000'], {}).rejects).toHaveLength(1);
    const outliers = { ...GAP_RULE, named: true };
    expect(clean(['v', ...usual(150), '9000', '9001'], { outliers }).rejects).toHaveLength(2);
  });
});

describe('groups', () => {
  const outliers = { ...GAP_RULE, named: true, groupBy: ['key'] };

  test('of rows without a key are one, however they lack it', () => {
    const keys = ['', 'NA', ' - ', '#N/A'];
    const lines = usual(40).map((value, i) => `${keys[i % 4]},${value}`);
    const { rejects } = clean(['key,v', ...lines, ',9000'], { outliers });
    expect(rejects.map(({ value }) => value)).toEqual(['9000']);
  });

  test('of less than 30 values are left whole, beside one that is judged', () => {
    const small = [...usual(28), '9000'].map((value) => `small,${value}`);
    const large = [...usual(40), '9000'].map((value) => `large,${value}`);
    const { rejects } = clean(['key,v', ...small, ...large], { outliers });
    expect(rejects.map(({ record }) => record)).toEqual(['large,9000']);
  });

  test('of two columns are told apart whatever their texts', () => {
    const both = usual(40).flatMap((value) => [
      `"a,",b,${value}`,
      `a,",b",${1000 + Number(value)}`,
    ]);
    const lines = [...both, '"a,",b,1003'];
    const two = { ...outliers, groupBy: ['key', 'other'] };
    // Far out among its own, at home among the others.
    expect(clean(['key,other,v', ...lines], { outliers: two }).rejects).toHaveLength(1);
  });

  test('beyond 100,000 are refused with the line', () => {
    const lines = Array.from({ length: 100_001 }, (_, i) => `k${i},1`);
    const error = catchOurs(() => clean(['key,v', ...lines], { outliers }));
    expect(error).toMatchObject({ code: 'TOO_MANY_GROUPS', place: { line: 100_002 } });
    expect(clean(['key,v', ...lines.slice(1)], { outliers }).report.rows.kept).toBe(100_000);
  });
});

describe('aggregates of aggregates', () => {
  const chain = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => `d${i + 1} = ${i === 0 ? 'v' : `d${i}`} / max(v)`);

  test('may build on each other eight times, each over the rows as the last one left them', () => {
    const derive = Array.from({ length: 8 }, (_, i) => {
      const before = i === 0 ? 'v' : `d${i}`;
      return `d${i + 1} = ${before} + sum(${before})`;
    });
    const { output } = clean(['v', '1', '2'], { derive });
    // Sum s of two rows becomes 3·s, and each row grows by s.
    const rows = output.toString().trimEnd().split('\n').slice(1);
    const expected = [1, 2].map((start) => {
      const values = [start];
      for (let sum = 3; values.length < 9; sum *= 3) values.push(values.at(-1)! + sum);
      return values.join(',');
    });
    expect(rows).toEqual(expected);
    const more = [...derive, 'd9 = d8 + sum(d8)'];
    const error = catchOurs(() => clean(['v', '1', '2'], { derive: more }));
    expect(error.code).toBe('BAD_EXPRESSION');
    expect(error.message).toContain('aggregates build on aggregates more than 8 times');
  });

  test('count no levels where each looks at input columns only', () => {
    expect(clean(['v', '1', '2'], { derive: chain(20) }).report.rows.kept).toBe(2);
  });

  test('in a filter and in derived columns are over different rows', () => {
    const rules = { where: 'v < max(v)', derive: ['share = v / max(v)'] };
    expect(clean(['v', '1', '2', '4'], rules).output.toString()).toBe('v,share\n1,0.5\n2,1\n');
  });
});

function catchOurs(work: () => unknown): CsvcleanError {
  try {
    work();
  } catch (error) {
    if (error instanceof CsvcleanError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
