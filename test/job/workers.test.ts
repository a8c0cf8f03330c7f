/** The same bytes for any number of workers: whole output trees of real threads, compared. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CleanOptions, JobResult } from '../../src/index.js';
import { SAMPLES, writeXs } from '../support/data-sets.js';
import { cleanFiles } from '../support/library.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

type Rules = Omit<CleanOptions, 'inputs'>;

const EVERY_RULE: Rules = {
  ragged: 'reject',
  keepBlank: false,
  case: 'kebab',
  rename: ['tip=gratuity'],
  where: "value <= mean(value) * 10 and not (city == 'Oslo')",
  outliers: 'iqr:1.5',
  outlierColumns: ['fare', 'distance'],
  groupBy: ['flag'],
  max: ['value=400'],
  min: ['gratuity=0.01'],
  derive: [
    'share = value / sum(value)',
    'rank = share / max(share)',
    'value = round(value, 1)',
    'spread = std(fare)',
  ],
  select: ['id', 'value', 'share', 'rank', 'city', 'note', 'spread'],
  drop: ['note'],
};

/** Of these only some samples have the column, so some files fail, and always the same ones. */
const FARES: Rules = {
  outliers: 'percentile:1,99',
  outlierAction: 'clip',
  derive: ['half = fare_amount / 2', 'all = count()'],
  trim: false,
  keepBlank: true,
};

const JOBS: readonly (readonly [
  set: 'XS' | 'half of XS' | 'samples',
  job: string,
  rules: Rules,
])[] = [
  [
    'XS',
    'seed',
    {
      outliers: 'off',
      where: 'value <= 500',
      derive: ['normalized_value = value / (max(value) + 1e-9)'],
    },
  ],
  ['half of XS', 'default', {}],
  ['half of XS', 'every rule', EVERY_RULE],
  ['samples', 'default', {}],
  ['samples', 'fares', FARES],
  ['samples', 'flags', { outliers: 'iqr', outlierAction: 'flag', ragged: 'reject', case: 'camel' }],
];

const WORKERS = [1, 2, 3, 8];

const folder = makeTempFolder();
let xs = '';

beforeAll(() => {
  xs = writeXs(folder);
});

/** All of a result that may not depend on who did what when. */
function countsOf(result: JobResult) {
  const files = result.files.map(({ input, status, report, error, bytesIn, bytesOut }) => {
    return { input, status, report, error, bytesIn, bytesOut };
  });
  return { status: result.status, totals: result.totals, files, problems: result.problems };
}

describe('cleanFiles gives the same outputs, rejects and counts for 0, 1, 2, 3 and 8 workers', () => {
  test.each(JOBS)('on %s with the job "%s"', async (set, job, rules) => {
    const half = set === 'half of XS' ? 'trips_000*.csv' : '*.csv';
    const inputs = join(set === 'samples' ? SAMPLES : xs, half);
    const run = async (workers: number) => {
      const outDir = join(folder, `${set}-${job}-${workers}`);
      const result = await cleanFiles({ inputs, outDir, workers, ...rules });
      expect(listTemps(outDir)).toEqual([]);
      return { result, tree: readOutputs(outDir) };
    };
    const inline = await run(0);
    expect(Object.keys(inline.tree).length).toBeGreaterThan(1);
    expect(inline.result.totals.rows.kept).toBeGreaterThan(100);
    for (const workers of WORKERS) {
      const threaded = await run(workers);
      expect(Object.keys(threaded.tree), `${workers} workers`).toEqual(Object.keys(inline.tree));
      for (const [path, bytes] of Object.entries(threaded.tree)) {
        expect(bytes === inline.tree[path], `${workers} workers, ${path}`).toBe(true);
      }
      expect(countsOf(threaded.result)).toEqual(countsOf(inline.result));
      expect(threaded.result.timing.workers).toBeLessThanOrEqual(workers);
    }
  });

  test('with rejects, failures and every kind of count among them', async () => {
    const outDir = join(folder, 'half of XS-every rule-8');
    const rejects = Object.keys(readOutputs(outDir)).filter((path) => path.startsWith('rejects/'));
    expect(rejects.length).toBe(10);
    const fares = await cleanFiles({
      inputs: join(SAMPLES, '*.csv'),
      outDir: join(folder, 'again'),
      workers: 2,
      ...FARES,
    });
    const failed = fares.files.filter(({ status }) => status === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.map(({ error }) => error?.code))).toEqual(new Set(['UNKNOWN_COLUMN']));
    expect(fares.totals.cleaned).toBeGreaterThan(0);
  });
});
