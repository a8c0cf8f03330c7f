/**
 * How often the gap rule acts on clean columns, and how often it finds a planted error: seeded,
 * with a table by distribution.
 */
import { describe, expect, test } from 'vitest';
import { judgeColumn } from '../../../src/engine/outliers/judge-column.js';
import { isBeyond } from '../../../src/engine/outliers/verdict.js';
import { buildSample } from './build-sample.js';
import {
  createRandom,
  type Distribution,
  drawColumn,
  HEAVY_TAILED,
  LIGHT_TAILED,
  type Random,
} from './distributions.js';

const seed = Number(process.env.SEED ?? 20_240_711);
const SIZES = [30, 100, 1_000, 10_000];
const COLUMNS_PER_SIZE = Number(process.env.COLUMNS ?? 300);

interface Rates {
  readonly name: string;
  columns: number;
  acted: number;
  /** Over columns of at least 1,000 values. */
  values: number;
  valuesTaken: number;
  /** Over eligible columns of at least 100 values. */
  planted: number;
  timesHundredFound: number;
  sentinelPlanted: number;
  sentinelFound: number;
}

/** Whether the rule takes the value at `index`; null when the column with it is not eligible. */
function finds(column: readonly number[], index: number): boolean | null {
  const verdict = judgeColumn(buildSample(column), { kind: 'gap' }, false);
  const isEligible = [null, 'no_gap', 'clump', 'id_like'].includes(verdict.reason);
  if (!isEligible) return null;
  const fence = verdict.fences[0];
  return fence != null && isBeyond(column[index]!, fence);
}

function measureColumn(rates: Rates, column: number[], random: Random): void {
  const verdict = judgeColumn(buildSample(column), { kind: 'gap' }, false);
  rates.columns += 1;
  if (verdict.reason === null) rates.acted += 1;
  if (column.length >= 1000) {
    rates.values += column.length;
    rates.valuesTaken += verdict.outlierCount;
  }
  if (column.length < 100) return;
  const index = Math.floor(random() * column.length);
  const timesHundred = finds(column.with(index, column[index]! * 100), index);
  if (timesHundred !== null) rates.planted += 1;
  if (timesHundred === true) rates.timesHundredFound += 1;
  if (Math.abs(verdict.figures.median ?? 0) >= 1000) return;
  const sentinel = finds(column.with(index, 99_999), index);
  if (sentinel !== null) rates.sentinelPlanted += 1;
  if (sentinel === true) rates.sentinelFound += 1;
}

function measure(distribution: Distribution, random: Random): Rates {
  const rates: Rates = {
    name: distribution.name,
    columns: 0,
    acted: 0,
    values: 0,
    valuesTaken: 0,
    planted: 0,
    timesHundredFound: 0,
    sentinelPlanted: 0,
    sentinelFound: 0,
  };
  for (const n of SIZES) {
    for (let count = 0; count < COLUMNS_PER_SIZE; count += 1) {
      measureColumn(rates, drawColumn(distribution, n, random), random);
    }
  }
  return rates;
}

/** The share of one sum in another, over several distributions. */
function share(all: readonly Rates[], part: keyof Rates, whole: keyof Rates): number {
  const sum = (key: keyof Rates) => all.reduce((total, rates) => total + Number(rates[key]), 0);
  return sum(part) / sum(whole);
}

const percent = (value: number, digits: number) => `${(value * 100).toFixed(digits)} %`;

function tableRow(name: string, all: readonly Rates[]): string {
  return [
    name.padEnd(16),
    percent(share(all, 'acted', 'columns'), 2),
    percent(share(all, 'valuesTaken', 'values'), 4),
    percent(share(all, 'timesHundredFound', 'planted'), 1),
    percent(share(all, 'sentinelFound', 'sentinelPlanted'), 1),
  ].join('\t');
}

describe('gap rule', () => {
  const light: Rates[] = [];
  const heavy: Rates[] = [];

  test.each(LIGHT_TAILED)(
    'leaves clean columns alone and finds 99999 when they are $name',
    (of) => {
      const rates = measure(of, createRandom(seed + light.length));
      light.push(rates);
      expect(share([rates], 'acted', 'columns')).toBeLessThanOrEqual(0.012);
      expect(share([rates], 'valuesTaken', 'values')).toBeLessThanOrEqual(0.0002);
      expect(share([rates], 'sentinelFound', 'sentinelPlanted')).toBeGreaterThanOrEqual(0.95);
    },
  );

  test.each(HEAVY_TAILED)('leaves most clean columns alone when they are $name', (of) => {
    const rates = measure(of, createRandom(seed + 100 + heavy.length));
    heavy.push(rates);
    expect(share([rates], 'acted', 'columns')).toBeLessThanOrEqual(0.12);
    expect(share([rates], 'valuesTaken', 'values')).toBeLessThanOrEqual(0.0002);
  });

  test('finds at least 80 % of single ×100 errors in light-tailed columns on average', () => {
    const lines = [...light, ...heavy].map((rates) => tableRow(rates.name, [rates]));
    lines.push(tableRow('all light', light), tableRow('all heavy', heavy));
    console.log(`seed ${seed}\n${' '.repeat(16)}\tacts\ttaken\t×100\t99999\n${lines.join('\n')}`);
    const found = light.map((rates) => share([rates], 'timesHundredFound', 'planted'));
    const mean = found.reduce((sum, rate) => sum + rate, 0) / found.length;
    expect(mean).toBeGreaterThanOrEqual(0.8);
  });
});
