/**
 * What a run says of itself against what lies on the disk afterwards: totals, outputs, rejects,
 * JSON. Samples have every fault the rules are about.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JobResult } from '../../src/index.js';
import { resultToJson } from '../../src/report/json.js';
import { listCsv, SAMPLES } from '../support/data-sets.js';
import { cleanFiles } from '../support/library.js';
import { runCommand } from '../support/run-command.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

const folder = makeTempFolder();
const outDir = join(folder, 'out');
const inputs = join(SAMPLES, '*.csv');
let result: JobResult;

beforeAll(async () => {
  result = await cleanFiles({ inputs, outDir, ragged: 'reject', workers: 2 });
});

interface RejectLine {
  readonly file: string;
  readonly line: string;
  readonly byte_offset: string;
  readonly rule: string;
  readonly message: string;
  readonly record: string;
}

function readRejects(path: string): readonly RejectLine[] {
  return parse(readFileSync(path), { columns: true });
}

describe('the result of a run', () => {
  test('names each input once, in the order of the inputs', () => {
    const names = result.files.map(({ input }) => input);
    expect(names).toEqual(listCsv(SAMPLES).map((name) => join(SAMPLES, name)));
    expect(result.totals).toMatchObject({ files: names.length, cleaned: names.length });
    expect(result.status).toBe('done');
  });

  test('adds up: every row of every file, and the totals over the files', () => {
    const sums = new Map<string, number>();
    for (const { report, input } of result.files) {
      const { in: rowsIn, ...parts } = report!.rows;
      const sum = Object.values(parts).reduce((all, count) => all + count, 0);
      expect(sum, input).toBe(rowsIn);
      for (const [what, count] of Object.entries(report!.rows)) {
        sums.set(what, (sums.get(what) ?? 0) + count);
      }
      const byRule = [...report!.rejectedByRule.values()].reduce((all, count) => all + count, 0);
      expect(byRule).toBe(parts.rejected + parts.outlier);
    }
    expect(result.totals.rows).toEqual(Object.fromEntries(sums));
    const total = (key: 'bytesIn' | 'bytesOut'): number =>
      result.files.reduce((all, file) => all + file[key], 0);
    expect(result.totals.bytesIn).toBe(total('bytesIn'));
    expect(result.totals.bytesOut).toBe(total('bytesOut'));
    for (const what of ['kept', 'blank', 'outlier', 'rejected'] as const) {
      expect(result.totals.rows[what], what).toBeGreaterThan(0);
    }
  });

  test('names exactly the files that were written, with their sizes', () => {
    const named = result.files.flatMap(({ output, rejects }) => [output, rejects]);
    const written = Object.keys(readOutputs(outDir)).map((path) => join(outDir, path));
    expect(named.filter((path) => path !== null).sort()).toEqual(written.sort());
    for (const { output, bytesOut, bytesIn, input } of result.files) {
      expect(statSync(output!).size).toBe(bytesOut);
      expect(statSync(input).size).toBe(bytesIn);
    }
    expect(listTemps(folder)).toEqual([]);
  });

  test('counts the rows that stand in each output', () => {
    for (const { output, report } of result.files) {
      const text = readFileSync(output!, 'utf8');
      const records: string[][] = parse(text, { record_delimiter: '\n' });
      expect(records.length - 1, output!).toBe(report!.rows.kept);
      expect(text.endsWith('\n')).toBe(true);
      expect(records[0]).toEqual(report!.columns.map(({ to }) => to));
    }
  });

  test('counts the records that stand in each rejects file, each an exact slice of its input', () => {
    let slices = 0;
    for (const { input, rejects, report } of result.files) {
      const lines = rejects === null ? [] : readRejects(rejects);
      expect(lines.length).toBe(report!.rows.outlier + report!.rows.rejected);
      const bytes = readFileSync(input);
      for (const { file, line, byte_offset, rule, message, record } of lines) {
        expect(file).toBe(input);
        const from = Number(byte_offset);
        const slice = bytes.subarray(from, from + Buffer.byteLength(record));
        expect(slice.toString(), `${input}:${line}`).toBe(record);
        expect(bytes.subarray(0, from).toString().split('\n').length).toBe(Number(line));
        expect(rule).toMatch(/^(outlier|bound|too_many_fields|too_few_fields|bad_quote|footer)$/);
        expect(message).not.toBe('');
        slices++;
      }
    }
    expect(slices).toBeGreaterThan(5);
  });

  test('survives JSON: all but the map of rules, which becomes a list', () => {
    const read = JSON.parse(resultToJson(result)) as JobResult & { version: number };
    const { version, ...rest } = read;
    expect(version).toBe(1);
    const files = result.files.map((file) => ({
      ...file,
      report: {
        ...file.report!,
        rejectedByRule: [...file.report!.rejectedByRule].map(([rule, count]) => ({ rule, count })),
      },
    }));
    expect(rest).toEqual({ ...result, files });
  });
});

describe('--json', () => {
  test('prints what the library returns, and nothing else, on standard output', async () => {
    const args = [inputs, '--ragged', 'reject', '--out-dir', join(folder, 'json'), '--json'];
    const ran = await runCommand([...args, '--workers', '2']);
    expect(ran.code).toBe(0);
    const printed = JSON.parse(ran.stdout) as JobResult;
    expect(printed.totals).toEqual(result.totals);
    expect(printed.files.map((file) => file.report?.rows)).toEqual(
      result.files.map((file) => file.report?.rows),
    );
  });
});

describe('a second run', () => {
  test('over cleaned samples with the outlier rule off changes no byte and rejects nothing', async () => {
    for (const [set, first] of [
      ['default', {}],
      ['lower', { case: 'lower' }],
      ['const', { case: 'const' }],
      ['preserve', { case: 'preserve' }],
    ] as const) {
      const once = join(folder, `once-${set}`);
      const twice = join(folder, `twice-${set}`);
      await cleanFiles({ inputs, outDir: once, workers: 0, ...first });
      const cleaned = listCsv(once).map((name) => join(once, name));
      const options = { inputs: cleaned, outDir: twice, workers: 0, ...first };
      const again = await cleanFiles({ ...options, outliers: 'off' });
      const { kept, in: rowsIn } = again.totals.rows;
      expect(kept).toBe(rowsIn);
      expect(existsSync(join(twice, 'rejects'))).toBe(false);
      for (const name of listCsv(once)) {
        const same = readFileSync(join(once, name)).equals(readFileSync(join(twice, name)));
        expect(same, `${set}: ${name}`).toBe(true);
      }
      for (const { report } of again.files) {
        const nothing = {
          paddedRows: 0,
          shortenedRows: 0,
          strayRows: 0,
          joinedRows: 0,
          trimmedCells: 0,
          requotedFields: 0,
          escapedCells: 0,
        };
        expect(report!.repairs).toEqual(nothing);
      }
    }
  });

  test('into the same folder replaces what the first one wrote', async () => {
    const again = await cleanFiles({ inputs, outDir, ragged: 'reject', workers: 2 });
    expect(again.status).toBe('done');
    expect(again.totals).toEqual(result.totals);
  });
});

describe('--baseline', () => {
  test('finds no file that differs, and leaves the outputs as they were', async () => {
    const target = join(folder, 'baseline');
    const options = { inputs, outDir: target, ragged: 'reject' as const, workers: 2 };
    const measured = await cleanFiles({ ...options, baseline: true });
    expect(measured.status).toBe('done');
    expect(measured.timing.baseline?.differing).toEqual([]);
    expect(measured.timing.baseline!.wallMs).toBeGreaterThan(0);
    const { wallMs, baseline } = measured.timing;
    expect(baseline!.speedUp).toBeCloseTo(baseline!.wallMs / wallMs, 6);
    expect(readOutputs(target)).toEqual(readOutputs(outDir));
    expect(listTemps(target)).toEqual([]);
  });
});
