/**
 * Large inputs in spans: whatever the size of the spans and the number of workers, the same files
 * and the same result as whole.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CleanOptions, JobResult } from '../../src/index.js';
import { largeTable } from '../support/large-table.js';
import { cleanFiles } from '../support/library.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';
import { checkSpans } from './spans-suite.js';

const seed = Number(process.env.SEED ?? 20_261_122);
console.log(`SEED=${seed}`);

describe('in spans of any size the same files and report as whole', () => {
  test('on random tables by random rules', async () => {
    const seen = await checkSpans(seed, 50, 'random');
    const wanted = [
      ...['split', 'kept', 'rejects', 'outliers', 'aggregates', 'samples'],
      'duplicates',
      ...['NOT_UTF8', 'bad_encoding'],
    ];
    expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
  });

  test('on any text', async () => {
    const seen = await checkSpans(seed, 30, 'hostile');
    expect(seen.get('split')).toBeGreaterThan(30);
  });
});

const folder = makeTempFolder();
const inputs = join(folder, 'in');
const TABLES = {
  'plain.csv': largeTable({ bytes: 130_000, seed }),
  'crlf.csv': largeTable({ bytes: 100_000, seed: seed + 1, lineEnd: '\r\n' }),
  'stray.csv': largeTable({ bytes: 110_000, seed: seed + 2, hasStrays: true }),
};
const WHOLE = '1GB';

beforeAll(() => {
  mkdirSync(inputs);
  for (const [name, text] of Object.entries(TABLES)) writeFileSync(join(inputs, name), text);
});

/** All of a result that may not depend on how inputs were cut. */
function told({ status, totals, problems, files }: JobResult) {
  const same = files.map(({ worker: _, wallMs: __, cpuMs: ___, spans: ____, ...file }) => file);
  return { status, totals, problems, files: same };
}

const JOBS: Readonly<Record<string, Omit<CleanOptions, 'inputs'>>> = {
  default: {},
  'where and derive with aggregates': {
    where: 'amount <= mean(amount) * 50',
    derive: ['share = amount / sum(amount)', 'rank = share / max(share)', 'n = count()'],
    ragged: 'reject',
    outliers: 'iqr:3',
    max: ['amount=60000'],
  },
  'outliers marked, columns chosen': {
    outliers: 'mad',
    outlierAction: 'flag',
    keepBlank: true,
    min: ['price=9.05'],
    derive: ['spread = std(price)', 'low = min(price) / max(price)'],
    drop: ['note'],
  },
  'of duplicates the last': {
    where: 'amount < mean(amount) * 60',
    dedup: ['amount', 'city'],
    dedupKeep: 'last',
    derive: ['share = amount / sum(amount)'],
  },
  'duplicates, then values that come once': {
    dedup: ['Price', 'Amount'],
    columns: { note: { unique: true } },
    outliers: 'iqr:3',
  },
};

/** Those of each job, so that together they are many. */
const CUTS: readonly (readonly [spanSize: string, workers: number])[][] = [
  [
    ['1KB', 2],
    ['7KB', 8],
  ],
  [
    ['1500', 3],
    ['7KB', 1],
  ],
  [
    ['2KB', 8],
    ['11KB', 2],
  ],
  [
    ['1KB', 3],
    ['9KB', 2],
  ],
  [
    ['2KB', 2],
    ['7KB', 8],
  ],
];

const CUT_JOBS = Object.entries(JOBS).map((one, i) => [...one, CUTS[i]!] as const);

describe.each(CUT_JOBS)('with real threads, %s:', (job, rules, cuts) => {
  const run = async (spanSize: string, workers: number) => {
    const outDir = join(folder, job);
    const result = await cleanFiles({ inputs, outDir, workers, spanSize, ...rules });
    const temps = listTemps(folder);
    return { spans: result.files.map(({ spans }) => spans), told: told(result), outDir, temps };
  };
  let whole: Awaited<ReturnType<typeof run>>;
  let outputs: Readonly<Record<string, string>>;
  beforeAll(async () => {
    whole = await run(WHOLE, 0);
    outputs = readOutputs(whole.outDir);
    expect(whole.spans).toEqual([1, 1, 1]);
    expect(whole.told.totals.rows.rejected).toBeGreaterThan(5);
  });

  test.each(cuts)('spans of %s on %i workers', async (spanSize, workers) => {
    const split = await run(spanSize, workers);
    expect(Math.min(...split.spans)).toBeGreaterThan(8);
    expect(split.told).toEqual(whole.told);
    expect(split.temps).toEqual([]);
    const found = readOutputs(split.outDir);
    expect(Object.keys(found)).toEqual(Object.keys(outputs));
    for (const [path, bytes] of Object.entries(found)) expect(bytes === outputs[path]).toBe(true);
  });
});

describe('a large input in spans', () => {
  const input = join(inputs, 'stray.csv');
  const spanned = { inputs: input, workers: 3, spanSize: '2KB' };
  const whole = { inputs: input, workers: 0, spanSize: WHOLE };
  const bytesOf = (path: string): string => readFileSync(path, 'latin1');

  test('with --dry-run: the same counts and examples, and nothing is written', async () => {
    const rules = { dryRun: true, where: 'amount < 400', derive: ['half = amount / 2'] };
    const outDir = join(folder, 'dry');
    const split = await cleanFiles({ ...spanned, ...rules, outDir });
    expect(split.files[0]!.spans).toBeGreaterThan(40);
    expect(split.files[0]!.report!.samples.length).toBeGreaterThan(5);
    expect(told(split)).toEqual(told(await cleanFiles({ ...whole, ...rules, outDir })));
    expect(readOutputs(outDir)).toEqual({});
  });

  test('with --output and --rejects none', async () => {
    const [one, two] = [join(folder, 'one.csv'), join(folder, 'two.csv')];
    const split = await cleanFiles({ ...spanned, output: one, rejects: 'none' });
    const other = await cleanFiles({ ...whole, output: two, rejects: 'none' });
    expect(split.files[0]).toMatchObject({ output: one, rejects: null, status: 'cleaned' });
    expect(split.files[0]!.report).toEqual(other.files[0]!.report);
    expect(bytesOf(one)).toBe(bytesOf(two));
    expect(listTemps(folder)).toEqual([]);
  });

  test('with --in-place: the same bytes, and the backup is the input', async () => {
    const paths = ['split', 'whole'].map((name) => {
      mkdirSync(join(folder, name));
      copyFileSync(input, join(folder, name, 'x.csv'));
      return join(folder, name, 'x.csv');
    });
    const replaced = { inPlace: true, backup: '.bak' };
    const split = await cleanFiles({ ...spanned, ...replaced, inputs: paths[0]! });
    await cleanFiles({ ...whole, ...replaced, inputs: paths[1]! });
    expect(split.files[0]!.spans).toBeGreaterThan(40);
    const [ofSplit, ofWhole] = ['split', 'whole'].map((name) =>
      Object.values(readOutputs(join(folder, name))).map((text) => text.replaceAll(name, '')),
    );
    expect(ofSplit).toEqual(ofWhole);
    expect(bytesOf(`${paths[0]}.bak`)).toBe(bytesOf(input));
  });

  test('with --baseline: the second run in spans finds the same bytes', async () => {
    const outDir = join(folder, 'base');
    const result = await cleanFiles({ ...spanned, baseline: true, outDir });
    expect(result.status).toBe('done');
    expect(result.timing.baseline!.differing).toEqual([]);
    expect(listTemps(folder)).toEqual([]);
  });

  test('with --durable, without a header, in another dialect', async () => {
    const text = TABLES['stray.csv'].replaceAll(';', '').replaceAll(',', ';').replaceAll("'", '');
    const path = join(folder, 'semicolons.csv');
    writeFileSync(path, text.replaceAll('"', "'"));
    const rules = { inputs: path, delimiter: ';', quote: "'", headers: false, durable: true };
    const [one, two] = [join(folder, 'o1'), join(folder, 'o2')];
    const split = await cleanFiles({ ...spanned, ...rules, outDir: one });
    const other = await cleanFiles({ ...whole, ...rules, outDir: two });
    expect(split.files[0]!.spans).toBeGreaterThan(40);
    expect(split.files[0]!.report).toEqual(other.files[0]!.report);
    expect(readOutputs(one)).toEqual(readOutputs(two));
  });
});
