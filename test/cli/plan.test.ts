/** `csvclean profile --plan` and `csvclean init`: the recipe they propose, and that it runs. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cleanIn, folderWith, textOf } from '../support/clean-in-folder.js';
import { PROJECT } from '../support/library.js';
import { listTree } from '../support/tree.js';

/** Thirty rows: ids, amounts with a sentinel and words for none, and days in another order. */
const ROWS = Array.from({ length: 30 }, (_, i) => {
  const amount = i === 7 ? '-999' : i === 9 ? '-999.0' : i === 11 ? 'NA' : String(20 + (i % 12));
  return `${1000 + i},${amount},${1 + (i % 28)}.0${1 + (i % 9)}.2024,EUR\n`;
}).join('');
const FILES = { 'data/a.csv': `id,amount,day,currency\n${ROWS}` };

describe.concurrent('csvclean profile --plan', () => {
  test('proposes keys with their reasons', async () => {
    const folder = folderWith(FILES);
    const { stdout, code } = await cleanIn(folder, ['profile', 'data', '--plan']);
    expect(code).toBe(0);
    const recipe = parse(stdout);
    expect(recipe).toMatchObject({ inputs: ['data'], outlierExclude: ['id'] });
    expect(stdout).toContain('# id: numbers that may measure nothing: the name says "id"\n');
    expect(stdout).toContain('# currency: the one value is "EUR"; drop it?\n');
    expect(stdout).toContain('-999 stands twice');
    expect(stdout).toContain('dates: "DD.MM.YYYY"');
    expect(listTree(folder)).toEqual(Object.keys(FILES));
  });

  test('is a recipe that does what it says, on the samples', async () => {
    const folder = folderWith({});
    cpSync(join(PROJECT, 'samples'), join(folder, 'samples'), { recursive: true });
    const plan = await cleanIn(folder, ['profile', 'samples', '--plan']);
    expect(plan.code).toBe(0);
    writeFileSync(join(folder, 'csvclean.yaml'), plan.stdout);
    const printed = await cleanIn(folder, ['--print-config', '--json']);
    expect([printed.code, printed.stderr]).toEqual([0, '']);
    const run = await cleanIn(folder, ['samples', '--json']);
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('Recipe: csvclean.yaml')]);
    const { files } = JSON.parse(run.stdout);
    const judged = (name: string): readonly string[] =>
      files
        .find(({ input }: { input: string }) => input.endsWith(name))
        .report.outlierColumns.map(({ column }: { column: string }) => column);
    expect(judged('taxi-trips-2025-01.csv')).not.toContain('trip_id');
    expect(judged('taxi-trips-2025-01.csv')).toContain('fare_amount');
    // Sentinels are no values any more: emptied, or their rows set aside.
    const cleaned = textOf(folder, 'cleaned/sensor-readings.csv');
    expect(cleaned).toContain('pm2_5_ug_m3');
    expect(cleaned).not.toContain('-999');
    expect(textOf(folder, 'samples/sensor-readings.csv')).toContain('-999');
    const orders = textOf(folder, 'cleaned/web-shop-orders.csv');
    expect(orders).toContain('2024-09-13');
    expect(orders).not.toContain('13.09.2024');
  });

  test('says nothing of columns where it knows nothing', async () => {
    const folder = folderWith({ 'x.csv': 'a,b\n1,x\n2,y\n' });
    const { stdout } = await cleanIn(folder, ['profile', 'x.csv', '--plan']);
    expect(parse(stdout)).toEqual({ inputs: ['x.csv'], outDir: 'cleaned' });
  });

  test('gives files of other dialects a part of their own', async () => {
    const semicolons = `id;amount;day;currency\n${ROWS.replaceAll(',', ';')}`;
    const folder = folderWith({ ...FILES, 'data/[b] (1).csv': semicolons });
    const { stdout } = await cleanIn(folder, ['profile', 'data', '--plan']);
    const { files } = parse(stdout);
    expect(files).toEqual([{ match: ['data/\\[b\\] \\(1\\).csv'], delimiter: ';' }]);
    writeFileSync(join(folder, 'csvclean.yaml'), stdout);
    const run = await cleanIn(folder, ['--json']);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).totals.cleaned).toBe(2);
  });

  test('is refused where it means nothing', async () => {
    const folder = folderWith(FILES);
    const alone = await cleanIn(folder, ['data', '--plan']);
    expect([alone.code, alone.stderr]).toEqual([
      2,
      'USAGE: --plan is of csvclean profile alone.\n  Write csvclean profile --plan.\n',
    ]);
    const both = await cleanIn(folder, ['profile', 'data', '--plan', '--json']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('exclude each other')]);
  });
});

describe.concurrent('csvclean init', () => {
  test('writes no recipe when no file can be read', async () => {
    const folder = folderWith({ 'a.csv': '' });
    writeFileSync(join(folder, 'a.csv'), Buffer.from([0x61, 0x2c, 0xff, 0x0a, 0x31, 0x2c, 0x32]));
    const run = await cleanIn(folder, ['init', 'a.csv', '--encoding', 'utf-8']);
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('NOT_UTF8 a.csv');
    expect(listTree(folder)).toEqual(['a.csv']);
  });

  test('writes the recipe beside the data, and replaces none unless told', async () => {
    const folder = folderWith(FILES);
    const { stdout: plan } = await cleanIn(folder, ['profile', '.', '--plan']);
    const first = await cleanIn(folder, ['init']);
    expect([first.code, first.stdout]).toEqual([0, '']);
    expect(first.stderr).toBe('Wrote csvclean.yaml: read it, edit it, and run csvclean.\n');
    expect(listTree(folder)).toEqual(['csvclean.yaml', ...Object.keys(FILES)]);
    expect(textOf(folder, 'csvclean.yaml')).toBe(plan);
    writeFileSync(join(folder, 'csvclean.yaml'), 'outliers: off\n');
    const second = await cleanIn(folder, ['init', 'data']);
    expect([second.code, second.stderr]).toEqual([
      1,
      expect.stringContaining('OUTPUT_EXISTS csvclean.yaml: there is a recipe already.'),
    ]);
    expect(textOf(folder, 'csvclean.yaml')).toBe('outliers: off\n');
    expect((await cleanIn(folder, ['init', 'data', '--force', '-q'])).code).toBe(0);
    expect(readFileSync(join(folder, 'csvclean.yaml'), 'utf8')).toContain('inputs: [data]\n');
  });
});

describe.concurrent('csvclean profile --explain', () => {
  test('tells each guard and how it decided, and the names it knows', async () => {
    const folder = folderWith(FILES);
    const { stdout } = await cleanIn(folder, ['profile', 'data', '--explain']);
    expect(stdout).toContain(`  data/a.csv, currency: left alone (not_numeric)
    no   95 % of the values are numbers: 30 of 30 cells are no numbers
    not asked: few_values, few_distinct,`);
    expect(stdout).toMatch(/\n {2}data\/a\.csv, amount: left alone \(few_values\)\n {4}yes /);
    expect(stdout).toContain('\n  year, years, yr,');
  });

  test('is what a run decides, as JSON', async () => {
    const folder = folderWith({});
    cpSync(join(PROJECT, 'samples'), join(folder, 'samples'), { recursive: true });
    const told = await cleanIn(folder, ['profile', 'samples', '--explain', '--json']);
    const run = await cleanIn(folder, ['samples', '--json', '-n']);
    const { outliers } = JSON.parse(told.stdout);
    const { files } = JSON.parse(run.stdout);
    for (const [i, { input, report }] of files.entries()) {
      expect(outliers[i].input).toBe(input);
      const plain = outliers[i].columns.map(
        ({ guards: _, ...column }: { guards: unknown }) => column,
      );
      expect(plain).toEqual(report.outlierColumns);
    }
    const clump = outliers
      .flatMap(({ columns }: { columns: readonly object[] }) => columns)
      .find(({ reason }: { reason?: string }) => reason === 'clump');
    expect(clump.guards.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      ...[
        'passed',
        'passed',
        'passed',
        'passed',
        'passed',
        'stopped',
        'unasked',
        'unasked',
        'unasked',
      ],
    ]);
  });
});
