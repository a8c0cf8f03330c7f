/** The main job through the real program, against a second program that shares no line with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { listCsv, writeXs } from './support/data-sets.js';
import { type CommandResult, runCommand } from './support/run-command.js';
import { cleanAsSeed } from './support/seed-oracle.js';
import { makeTempFolder } from './support/temp-folder.js';
import { listTemps } from './support/tree.js';

const folder = makeTempFolder();
const outputs = join(folder, 'out');
let inputs = '';
let ran: CommandResult;

beforeAll(async () => {
  inputs = writeXs(folder);
  ran = await runCommand([
    ...[join(inputs, '*.csv'), '--out-dir', outputs, '--prefix', 'cleaned_', '--workers', '2'],
    ...['--outliers', 'off', '--where', 'value <= 500', '--json'],
    ...['--derive', 'normalized_value = value / (max(value) + 1e-9)'],
  ]);
});

describe('the seed job on set XS', () => {
  test('is done, with an output for each of 20 inputs and no temporary file', () => {
    expect(ran.code, ran.stderr).toBe(0);
    const expected = listCsv(inputs).map((name) => `cleaned_${name}`);
    expect(expected).toHaveLength(20);
    expect(listCsv(outputs)).toEqual(expected);
    expect(listTemps(outputs)).toEqual([]);
  });

  test('equals, cell by cell, what a second program makes of every file', () => {
    let cells = 0;
    for (const name of listCsv(inputs)) {
      const output: string[][] = parse(readFileSync(join(outputs, `cleaned_${name}`)));
      const expected = cleanAsSeed(readFileSync(join(inputs, name), 'utf8'));
      expect(output, name).toEqual(expected);
      cells += expected.length * (expected[0]?.length ?? 0);
    }
    // Not vacuous: 20 files of some 600 rows and 11 columns.
    expect(cells).toBeGreaterThan(100_000);
  });

  test('counts the rows that the second program leaves out', () => {
    const { totals } = JSON.parse(ran.stdout) as {
      totals: { rows: { in: number; kept: number; blank: number; filtered: number } };
    };
    let kept = 0;
    let blank = 0;
    let rows = 0;
    for (const name of listCsv(inputs)) {
      const text = readFileSync(join(inputs, name), 'utf8');
      const records: string[][] = parse(text);
      rows += records.length - 1;
      blank += records.filter((record) => record.every((cell) => cell === '')).length;
      kept += cleanAsSeed(text).length - 1;
    }
    expect(blank).toBeGreaterThan(0);
    expect(kept + blank).toBeLessThan(rows);
    expect(totals.rows).toMatchObject({ in: rows, kept, blank, filtered: rows - kept - blank });
  });
});
