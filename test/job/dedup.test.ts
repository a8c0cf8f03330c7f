/**
 * `--dedup` from options to files, against a map over what csv-parse reads: in memory, and where
 * the keys do not stay there.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CleanOptions } from '../../src/index.js';
import { cleanFiles } from '../support/library.js';
import { type PointRule, runCommand } from '../support/run-command.js';
import { makeTempFolder, tempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

/** So little memory that a file of more than 4 MiB is not held in it. */
const LITTLE = '128MB';
const ROWS = 120_000;

/** Rows of which many come again, near and far, quoted or not; some keys hold line ends. */
function largeTable(): string {
  let state = 7;
  const draw = (count: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor(state / 65_536) % count;
  };
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const id = draw(4) === 0 ? draw(500) : i;
    const note = id % 7 === 0 ? `"two\nlines ${id}"` : `note number ${id} ${'x'.repeat(30)}`;
    const city = draw(2) === 0 ? `"Köln ${id % 3}"` : ` Köln ${id % 3}`;
    return `${id},${note},${city},${draw(3)}\n`;
  });
  return `id,note,city,value\n${rows.join('')}`;
}

/** Line and text of what goes, by a map from cells to the row that stays. */
function oracle(text: string, columns: readonly number[], keep: 'first' | 'last') {
  // Fields with a blank before their quotes do not stand in quotes: they are not written here.
  const records: string[][] = parse(text, { trim: true, from_line: 2 });
  let line = 2;
  const rows = records.map((record) => {
    const row = { cells: record, line };
    line += 1 + record.join('').split('\n').length - 1;
    return row;
  });
  const inOrder = keep === 'first' ? rows : rows.toReversed();
  const kept = new Map<string, number>();
  const gone = new Map<number, number>();
  for (const row of inOrder) {
    const key = JSON.stringify(columns.map((i) => row.cells[i]));
    const twin = kept.get(key);
    if (twin === undefined) kept.set(key, row.line);
    else gone.set(row.line, twin);
  }
  return { kept: rows.filter((row) => !gone.has(row.line)).map(({ cells }) => cells), gone };
}

let folder = '';
let text = '';
beforeAll(() => {
  folder = makeTempFolder();
  text = largeTable();
  writeFileSync(join(folder, 'large.csv'), text);
});

type Rules = Omit<CleanOptions, 'inputs'>;

async function clean(options: Rules) {
  const outDir = tempFolder();
  const inputs = join(folder, 'large.csv');
  const { files } = await cleanFiles({ inputs, outDir, outliers: 'off', ...options });
  expect(files[0]!.error).toBeNull();
  expect(listTemps(outDir)).toEqual([]);
  const { report, spans } = files[0]!;
  return { outDir, outputs: readOutputs(outDir), report: report!, spans };
}

type Case = readonly [
  columns: readonly string[],
  places: readonly number[],
  keep: 'first' | 'last',
];

const CASES: readonly Case[] = [
  [[], [0, 1, 2, 3], 'first'],
  [['id'], [0], 'last'],
  [['value', 'id'], [0, 3], 'first'],
];

const WAYS: readonly (readonly [name: string, options: Rules])[] = [
  ['in memory', { maxMemory: '2GB' }],
  ['in little memory', { maxMemory: LITTLE }],
  ['in spans', { spanSize: '300KB', workers: 2, maxMemory: LITTLE }],
];

describe.each(CASES)('--dedup %s', (columns, places, keep) => {
  test.each(WAYS)('takes out what a map finds, %s', async (way, more) => {
    const options = { dedup: columns.length === 0 ? true : columns, dedupKeep: keep, ...more };
    const { outDir, outputs, report, spans } = await clean(options);
    expect(spans > 8).toBe(way === 'in spans');
    const expected = oracle(text, places, keep);
    const output = readFileSync(join(outDir, 'large.csv'));
    const [, ...kept]: string[][] = parse(output, { trim: true });
    expect(kept).toHaveLength(expected.kept.length);
    expect(kept.join('\n') === expected.kept.join('\n')).toBe(true);
    const rejects: string[][] = parse(outputs['rejects/large.csv.rejects.csv']!, { from_line: 2 });
    expect(rejects.length).toBe(expected.gone.size);
    expect(report.rows.duplicate).toBe(expected.gone.size);
    const found = rejects.map((cells) => [Number(cells[1]), twinIn(cells[6]!)]);
    expect(found).toEqual([...expected.gone].sort(([a], [b]) => a - b));
  });
});

function twinIn(message: string): number {
  return Number(/ line (\d+) \(kept\)$/.exec(message)?.[1]);
}

test('a filter is written to a file first', async () => {
  const few = 'a,b\n1,2\n1,2\n3,4\n';
  const run = await runCommand(['-', '--dedup', '--rejects', 'none'], { stdin: few });
  expect(run.stdout).toBe('a,b\n1,2\n3,4\n');
});

/** While keys are written, and while they are merged. */
const STOPS: readonly (readonly [rule: PointRule, args: readonly string[]])[] = [
  [{ point: 'spill', at: '3', action: 'signal' }, []],
  [{ point: 'span-end', at: 'measure 5', action: 'signal' }, ['--span-size', '300KB']],
  [{ point: 'span-end', at: 'merge 0', action: 'signal' }, ['--span-size', '300KB']],
  [{ point: 'span-start', at: 'clean 3', action: 'signal' }, ['--span-size', '300KB']],
];

const LITTLE_ARGS = ['--dedup', '--max-memory', LITTLE, '-q'];

test.each(STOPS)(
  'a run that is killed at %j leaves what the next one removes',
  async (rule, more) => {
    const out = join(tempFolder(), 'out');
    const args = [join(folder, 'large.csv'), ...LITTLE_ARGS, ...more, '--out-dir', out];
    const killed = await runCommand(args, {
      points: [{ ...rule, signal: 'SIGKILL' } as PointRule],
    });
    expect(killed.signal).toBe('SIGKILL');
    expect(listTemps(out).filter((name) => /\.\d+\.tmp$/.test(name)).length).toBeGreaterThan(0);
    expect(existsSync(join(out, 'large.csv'))).toBe(false);
    const next = await runCommand(args);
    expect(next.code).toBe(0);
    expect(listTemps(out)).toEqual([]);
    expect(statSync(join(out, 'large.csv')).size).toBeGreaterThan(0);
  },
);

test.each(STOPS)('a run that is stopped at %j removes its keys', async (rule, more) => {
  const out = join(tempFolder(), 'out');
  const args = [join(folder, 'large.csv'), ...LITTLE_ARGS, ...more, '-w', '2', '--out-dir', out];
  const stopped = await runCommand(args, { points: [{ ...rule, signal: 'SIGINT' } as PointRule] });
  expect(stopped.code).toBe(130);
  expect(listTemps(out)).toEqual([]);
});

describe('a large input whose keys are merged', () => {
  const args = ['--span-size', '300KB', '-w', '2', ...LITTLE_ARGS];
  const run = (rule: PointRule, more: readonly string[] = []) => {
    const out = join(tempFolder(), 'out');
    const all = [join(folder, 'large.csv'), ...args, ...more, '--out-dir', out];
    return runCommand(all, { points: [rule] }).then((result) => ({ ...result, out }));
  };

  test('by a thread that exits once: the keys are merged again', async () => {
    const once = join(tempFolder(), 'once');
    const { code, out } = await run({ point: 'span-end', at: 'merge 0', action: 'exit', once });
    expect(code).toBe(0);
    expect(listTemps(out)).toEqual([]);
    const { outputs } = await clean({ dedup: true, workers: 0 });
    expect(readOutputs(out)).toEqual(outputs);
  });

  test.each([
    ['exit', 'WORKER_DIED', []],
    ['loop', 'TIMEOUT', ['--timeout', '3']],
  ] as const)('by threads that %s: it fails, and no key is left', async (action, error, more) => {
    const { code, stderr, out } = await run({ point: 'span-start', at: 'merge 0', action }, more);
    expect(code).toBe(1);
    expect(stderr).toContain(error);
    expect(listTemps(out)).toEqual([]);
    expect(existsSync(join(out, 'large.csv'))).toBe(false);
  });
});

test('the same with the reference engine, which keeps all keys', async () => {
  const few = readFileSync(join(folder, 'large.csv'), 'utf8').split('\n').slice(0, 3000).join('\n');
  const path = join(tempFolder(), 'few.csv');
  writeFileSync(path, few);
  const options = { inputs: path, outliers: 'off', dedup: 'id', engine: 'reference' } as const;
  const { totals } = await cleanFiles({ ...options, outDir: tempFolder() });
  expect(totals.rows.duplicate).toBeGreaterThan(100);
});
