/** `--outlier-scope all`: many files judged as if they were one. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { CleanOptions } from '../../src/index.js';
import { cleanFiles } from '../support/library.js';
import { runCommand } from '../support/run-command.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

const seed = Number(process.env.SEED ?? 20_261_121);

/** A linear congruential generator: numbers from 0 to 1, the same for a seed. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Rows of many files: an id, a value (sometimes none, sometimes far out), a text. */
function makeRows(fileCount: number, rowCount: number): string[][][] {
  const random = randomFrom(seed);
  return Array.from({ length: fileCount }, (_, file) =>
    Array.from({ length: rowCount }, (_, row) => {
      const centre = 50 + file;
      let value = (centre + 10 * (random() + random() + random() - 1.5)).toFixed(2);
      if (random() < 0.004) value = String(400 + Math.floor(random() * 900));
      if (random() < 0.03) value = '';
      return [`f${file}r${row}`, value, random() < 0.5 ? 'x' : '"y, z"'];
    }),
  );
}

const HEADER = 'id,v,note';

function textOf(rows: readonly (readonly string[])[]): string {
  return `${HEADER}\n${rows.map((row) => `${row.join(',')}\n`).join('')}`;
}

function nameOf(file: number): string {
  return `${String(file).padStart(2, '0')}.csv`;
}

function writeFiles(folder: string, files: readonly (readonly (readonly string[])[])[]): string {
  const input = join(folder, 'in');
  mkdirSync(input, { recursive: true });
  files.forEach((rows, file) => {
    writeFileSync(join(input, nameOf(file)), textOf(rows));
  });
  return input;
}

/** Type-7 quantile of sorted values, written anew: NumPy's default. */
function quantile(sorted: readonly number[], p: number): number {
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  const above = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return sorted[low]! + (above - sorted[low]!) * (h - low);
}

describe('the fences of sixteen files', () => {
  test('are those of all their values, as a small program finds them', async () => {
    const folder = tempFolder();
    const files = makeRows(16, 300);
    const values = files
      .flat()
      .flatMap(([, value]) => (value === '' ? [] : [Number(value)]))
      .sort((a, b) => a - b);
    const [q1, q3] = [quantile(values, 0.25), quantile(values, 0.75)];
    const [low, high] = [q1 - 2 * (q3 - q1), q3 + 2 * (q3 - q1)];
    const isKept = ([, value]: readonly string[]): boolean =>
      value === '' || (Number(value) >= low && Number(value) <= high);
    const expected = Object.fromEntries(
      files.map((rows, file) => [nameOf(file), textOf(rows.filter(isKept))]),
    );
    expect(files.flat().every(isKept)).toBe(false);
    const inputs = [writeFiles(folder, files)];
    for (const more of [
      { workers: 1 },
      { workers: 3, spanSize: '512' },
      { workers: 0, spanSize: '100' },
    ]) {
      const outDir = join(folder, `out-${more.workers}`);
      const options = { inputs, outDir, outliers: 'iqr:2', outlierScope: 'all', rejects: 'none' };
      const result = await cleanFiles({ ...options, ...more } as never);
      expect(result.status).toBe('done');
      expect(readOutputs(outDir)).toEqual(expected);
    }
  });

  test.each([
    ['auto', {}],
    ['mad', { outliers: 'mad' }],
    ['zscore', { outliers: 'zscore' }],
    ['percentile', { outliers: 'percentile:1,99', outlierAction: 'flag' }],
    [
      'groups',
      {
        where: 'v < mean(v) by note * 4',
        derive: ['s = v / max(v) by note', 'k = floor(s * 4)', 't = s - sum(s) by (k, note)'],
      },
    ],
    ['aggregates', { where: 'v < mean(v) * 5', derive: ['s = v / max(v)', 't = s - median(s)'] }],
  ] as const)('and aggregates are those of one file that holds them all: %s', async (_, more) => {
    const folder = tempFolder();
    const files = makeRows(7, 400);
    const inputs = [writeFiles(folder, files)];
    const all = join(folder, 'all.csv');
    writeFileSync(all, textOf(files.flat()));
    const one = { inputs: [all], output: join(folder, 'one.csv'), engine: 'reference' as const };
    const whole = await cleanFiles({ ...one, ...more });
    const outDir = join(folder, 'out');
    const split = { inputs, outDir, outlierScope: 'all' as const, workers: 2, spanSize: '1KB' };
    const result = await cleanFiles({ ...split, ...more });
    const [header, ...expected] = readFileSync(one.output, 'utf8').trimEnd().split('\n');
    const found = files.flatMap((_, file) => {
      const [first, ...rows] = readFileSync(join(outDir, nameOf(file)), 'utf8')
        .trimEnd()
        .split('\n');
      expect(first).toBe(header);
      return rows;
    });
    expect(found).toEqual(expected);
    expect(result.totals.rows).toEqual(whole.totals.rows);
    expect(result.files[3]!.report?.outlierColumns).toEqual(whole.files[0]!.report?.outlierColumns);
    const warnings = result.files.flatMap(({ report }) => report?.warnings ?? []);
    expect(warnings).toEqual(whole.files[0]!.report?.warnings);
  });
});

test('duplicates are those of each file, and are not judged', async () => {
  const folder = tempFolder();
  const files = makeRows(5, 200);
  // Some rows come again in their own file, some in another one.
  const doubled = files.map((rows, file) => [
    ...rows,
    ...rows.slice(0, 30),
    files[(file + 1) % 5]![9]!,
  ]);
  const once = files.map((rows, file) => [...rows, files[(file + 1) % 5]![9]!]);
  const rules = { outliers: 'iqr:2', outlierScope: 'all', where: 'v < mean(v) * 50' } as const;
  const clean = async (name: string, rows: typeof files, more: Partial<CleanOptions>) => {
    mkdirSync(join(folder, name));
    const inputs = [writeFiles(join(folder, name), rows)];
    const outDir = join(folder, name, 'out');
    const result = await cleanFiles({ inputs, outDir, rejects: 'none', ...rules, ...more });
    return { rows: result.totals.rows, outputs: readOutputs(outDir), temps: listTemps(folder) };
  };
  const expected = await clean('once', once, {});
  expect(expected.rows.outlier).toBeGreaterThan(0);
  for (const [spanSize, workers] of [
    ['1KB', 2],
    ['1MB', 0],
  ] as const) {
    const name = `spans of ${spanSize}`;
    const found = await clean(name, doubled, { dedup: true, spanSize, workers });
    expect(found.outputs).toEqual(expected.outputs);
    expect(found.rows).toMatchObject({ outlier: expected.rows.outlier });
    expect(found.rows.duplicate).toBeGreaterThan(100);
    expect(found.temps).toEqual([]);
  }
});

test('a median by groups, for which all values are needed, is refused', async () => {
  const folder = tempFolder();
  const inputs = [writeFiles(folder, makeRows(2, 3))];
  const options = { inputs, outDir: join(folder, 'out'), outlierScope: 'all' as const };
  await expect(cleanFiles({ ...options, where: 'v < median(v) by note' })).rejects.toMatchObject({
    code: 'USAGE',
    message: '--outlier-scope all and a median by groups exclude each other',
  });
});

test('columns meet by name, wherever they stand, and empty files take no part', async () => {
  const folder = tempFolder();
  const rows = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => from + ((i * 37) % 50));
  writeFileSync(
    join(folder, 'a.csv'),
    `V,w\n${rows(10, 40)
      .map((v) => `${v},1\n`)
      .join('')}9999,1\n`,
  );
  writeFileSync(
    join(folder, 'b.csv'),
    `k,v\n${rows(20, 40)
      .map((v) => `b,${v}\n`)
      .join('')}`,
  );
  writeFileSync(join(folder, 'c.csv'), 'k\nonly\n');
  writeFileSync(join(folder, 'd.csv'), '');
  writeFileSync(join(folder, 'e.csv.gz'), gzipSync(`v\n${rows(15, 60).join('\n')}\n8888\n`));
  const inputs = ['a.csv', 'b.csv', 'c.csv', 'd.csv', 'e.csv.gz'].map((name) => join(folder, name));
  const outDir = join(folder, 'out');
  const options = { inputs, outDir, outlierScope: 'all' as const, outliers: 'iqr:3', workers: 2 };
  const result = await cleanFiles(options);
  expect(result.status).toBe('done');
  expect(result.files.map(({ report }) => report?.rows.outlier)).toEqual([1, 0, 0, 0, 1]);
  const counts = result.files.map(
    ({ report }) => report?.outlierColumns.find(({ column }) => column === 'v')?.valueCount,
  );
  expect(counts).toEqual([142, 142, undefined, undefined, 142]);
  expect(listTemps(folder)).toEqual([]);
});

test('a file that fails is left out, and the others are judged without it', async () => {
  const folder = tempFolder();
  const files = makeRows(5, 200);
  const input = writeFiles(folder, files);
  const bad = join(input, nameOf(2));
  const text = readFileSync(bad);
  writeFileSync(bad, Buffer.concat([text, Buffer.from('9,\xff1,z\n', 'latin1')]));
  const options = {
    ...{ outliers: 'iqr', outlierScope: 'all' as const, spanSize: '700', workers: 2 },
    encodingErrors: 'strict' as const,
  };
  const some = await cleanFiles({ inputs: [input], outDir: join(folder, 'some'), ...options });
  expect(some.files.map(({ error }) => error?.code)).toEqual([
    ...[undefined, undefined, 'NOT_UTF8', undefined, undefined],
  ]);
  const rest = [0, 1, 3, 4].map((file) => join(input, nameOf(file)));
  await cleanFiles({ inputs: rest, outDir: join(folder, 'rest'), ...options });
  expect(readOutputs(join(folder, 'some'))).toEqual(readOutputs(join(folder, 'rest')));
  expect(listTemps(folder)).toEqual([]);
});

test('what was counted beside a file that failed later is not counted twice', async () => {
  const folder = tempFolder();
  const rows = (file: number, repeats: boolean): string =>
    Array.from({ length: 80 }, (_, i) => {
      const id = repeats && i === 60 ? 3 : i;
      return `${id},${i % 10 === file ? 'text' : i}\n`;
    }).join('');
  for (const file of [0, 1, 2]) {
    writeFileSync(join(folder, nameOf(file)), `id,v\n${rows(file, file === 1)}`);
  }
  const options = {
    ...{ where: 'v + 1 <= max(v) or id >= 0', derive: 'share = v / sum(v)', workers: 2 },
    ...{ outliers: 'iqr:3', outlierScope: 'all' as const, spanSize: '300', force: true },
    columns: { id: { unique: true, onInvalid: 'fail' as const } },
  };
  const of = (files: readonly number[]) =>
    cleanFiles({
      ...{ inputs: files.map((file) => join(folder, nameOf(file))), outDir: join(folder, 'out') },
      ...options,
    });
  const some = await of([0, 1, 2]);
  expect(some.files.map(({ error }) => error?.code)).toEqual([undefined, 'SCHEMA', undefined]);
  const rest = await of([0, 2]);
  const reports = ({ files }: typeof rest) =>
    files.flatMap(({ report }) => report?.expressions ?? []);
  expect(reports(some)).toEqual(reports(rest));
  expect(reports(some).length).toBeGreaterThan(0);
});

test.each([
  [['--group-by', 'id'], '--outlier-scope all and --group-by exclude each other'],
  [['--engine', 'reference'], '--outlier-scope all and --engine reference exclude each other'],
])('is refused with %s', async (args, message) => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.csv'), 'id,v\n1,2\n');
  const run = await runCommand(['a.csv', '--outlier-scope', 'all', ...args], { cwd: folder });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(message);
});
