/**
 * Runs that do not do all they were asked: `--max-rejects`, `--fail-fast`, an aborted signal, a
 * column that only some inputs have. What was written is whole and named in the result; nothing
 * else is there.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CleanOptions, JobEvent, JobResult } from '../../src/index.js';
import { CsvcleanError, cleanFiles } from '../support/library.js';
import { runCommand } from '../support/run-command.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

/** Files in a new folder, and where their outputs go. */
function writeInputs(files: Readonly<Record<string, string>>) {
  const folder = makeTempFolder();
  mkdirSync(join(folder, 'in'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'in', name), text);
  return { inputs: join(folder, 'in', '*.csv'), outDir: join(folder, 'out') };
}

/** Only whole outputs lie there: exactly those that the result names. */
function expectOnlyNamed(result: JobResult, outDir: string): void {
  const named = result.files.flatMap(({ output, rejects }) => [output, rejects]);
  const there = Object.keys(readOutputs(outDir));
  expect(there.map((path) => join(outDir, path)).sort()).toEqual(
    named.filter((path) => path !== null).sort(),
  );
  expect(listTemps(outDir)).toEqual([]);
}

const statuses = (result: JobResult): string[] => result.files.map(({ status }) => status);

describe('--max-rejects', () => {
  // Of ten rows two are too long, one is out of bounds and one is blank.
  const rows = '1,2\n'.repeat(6);
  const text = `a,b\n${rows}1,2,3\n4,5,6\n999,1\n,\n`;

  const run = async (maxRejects: number | string) => {
    const { inputs, outDir } = writeInputs({ 'x.csv': text });
    const options = { inputs, outDir, outliers: 'off', max: ['a=100'], workers: 0 };
    const result = await cleanFiles({ ...options, maxRejects });
    expect(result.totals.rows).toMatchObject({ in: 10, rejected: 2, outlier: 1, blank: 1 });
    return { result, outDir };
  };

  test.each([2, '2', '20%', '20.5%', 100, '100%'])('%s allows 2 of 10', async (limit) => {
    const { result } = await run(limit);
    expect(result).toMatchObject({ status: 'done', problems: [] });
  });

  test.each([
    [1, '1'],
    [0, '0'],
    ['19.9%', '19.9%'],
    ['0%', '0%'],
  ])('%s does not allow 2 of 10; the output is written all the same', async (limit, shown) => {
    const { result, outDir } = await run(limit);
    expect(result.status).toBe('failed');
    expect(result.problems).toMatchObject([
      {
        code: 'TOO_MANY_REJECTS',
        message: `2 of 10 records rejected, --max-rejects is ${shown}`,
      },
    ]);
    expect(statuses(result)).toEqual(['cleaned']);
    expectOnlyNamed(result, outDir);
  });

  test('makes the program exit 1, and counts over all files', async () => {
    const { inputs, outDir } = writeInputs({ 'x.csv': text, 'y.csv': text });
    const args = [inputs, '--out-dir', outDir, '--max-rejects'];
    expect((await runCommand([...args, '3'])).code).toBe(1);
    expect((await runCommand([...args, '4'])).code).toBe(0);
  });
});

describe('--fail-fast', () => {
  const bad = `a,b\n${'1,2\n'.repeat(20_000)}\u00ff`;
  // Not UTF-8 at its very end, and the largest: the first to be worked at.
  const files = { 'a.csv': 'a,b\n1,2\n', 'b.csv': 'a,b\n3,4\n', 'z.csv': 'a,b\n' };

  const run = async (more: Partial<CleanOptions>) => {
    const { inputs, outDir } = writeInputs(files);
    writeFileSync(join(outDir, '..', 'in', 'z.csv'), Buffer.from(bad, 'latin1'));
    return {
      outDir,
      result: await cleanFiles({ inputs, outDir, workers: 0, encodingErrors: 'strict', ...more }),
    };
  };

  test('stops at the first file that fails: the others are skipped and say so', async () => {
    const { result, outDir } = await run({ failFast: true });
    expect(statuses(result)).toEqual(['skipped', 'skipped', 'failed']);
    expect(result.status).toBe('failed');
    expect(result.totals).toMatchObject({ files: 3, cleaned: 0, failed: 1, skipped: 2 });
    expect(result.files.map(({ error }) => error?.code)).toEqual([
      'SKIPPED',
      'SKIPPED',
      'NOT_UTF8',
    ]);
    expectOnlyNamed(result, outDir);
  });

  test('is not the default: the others are cleaned', async () => {
    const { result, outDir } = await run({});
    expect(statuses(result)).toEqual(['cleaned', 'cleaned', 'failed']);
    expectOnlyNamed(result, outDir);
  });

  test('with threads names each input once, whoever was faster', async () => {
    const { result, outDir } = await run({ failFast: true, workers: 3 });
    expect(result.files.map(({ status }) => status === 'failed')).toEqual([false, false, true]);
    expectOnlyNamed(result, outDir);
  });

  test('does nothing when an input is refused before any work', async () => {
    const { inputs, outDir } = writeInputs({ 'a.csv': 'a\n1\n', 'b.csv': 'a\n2\n' });
    mkdirSync(outDir);
    writeFileSync(join(outDir, 'b.csv'), 'mine');
    const result = await cleanFiles({ inputs, outDir, failFast: true, workers: 0 });
    expect(statuses(result)).toEqual(['skipped', 'failed']);
    expect(result.files[1]?.error?.code).toBe('OUTPUT_EXISTS');
    expect(readOutputs(outDir)).toEqual({ 'b.csv': 'mine' });
  });
});

describe('an AbortSignal', () => {
  const small = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`f${10 + i}.csv`, `a,b\n${'1,2\n'.repeat(5_000 + i)}`]),
  );

  test.each([0, 2])('aborted before leaves nothing behind, with %s workers', async (workers) => {
    const { inputs, outDir } = writeInputs(small);
    const events: JobEvent[] = [];
    const result = await cleanFiles(
      { inputs, outDir, workers },
      (event) => events.push(event),
      AbortSignal.abort(),
    );
    expect(result.status).toBe('aborted');
    expect(new Set(statuses(result))).toEqual(new Set(['skipped']));
    expect(new Set(result.files.map(({ error }) => error?.code))).toEqual(new Set(['ABORTED']));
    expect(events.filter(({ kind }) => kind === 'file')).toEqual([]);
    expectOnlyNamed(result, outDir);
  });

  test.each([0, 1, 3])('aborted after some files keeps those, with %s workers', async (workers) => {
    const { inputs, outDir } = writeInputs(small);
    const abort = new AbortController();
    let seen = 0;
    const onEvent = (event: JobEvent): void => {
      if (event.kind === 'file' && ++seen === 4) abort.abort();
    };
    const result = await cleanFiles({ inputs, outDir, workers }, onEvent, abort.signal);
    expect(result.status).toBe('aborted');
    expect(result.totals).toMatchObject({ files: 12, cleaned: 4, failed: 0, skipped: 8 });
    expectOnlyNamed(result, outDir);
    for (const { output, input } of result.files) {
      if (output !== null) expect(readFileSync(output)).toEqual(readFileSync(input));
    }
    const rest = await cleanFiles({ inputs, outDir, workers });
    expect(rest.status).toBe('done');
    expectOnlyNamed(rest, outDir);
  });

  test('aborted while a thread is in the middle of a file ends the run without that file', async () => {
    const { inputs, outDir } = writeInputs({
      'large.csv': `a,b\n${'1,2.5\n'.repeat(1_500_000)}`,
    });
    const abort = new AbortController();
    const onEvent = (event: JobEvent): void => {
      if (event.kind === 'progress' && event.doneBytes > 0) abort.abort();
    };
    const result = await cleanFiles({ inputs, outDir, workers: 1 }, onEvent, abort.signal);
    expect(result.status).toBe('aborted');
    expect(statuses(result)).toEqual(['skipped']);
    expectOnlyNamed(result, outDir);
  });

  test.each(['open', 'count 3', 'measure 5', 'clean 0', 'clean 9'])(
    'aborted after the step "%s" of a file in spans leaves nothing behind',
    async (step) => {
      const { inputs, outDir } = writeInputs({ 'x.csv': `a,b\n${'1,2.5\n'.repeat(2000)}` });
      const abort = new AbortController();
      Reflect.set(globalThis, Symbol.for('csvclean.testPoint'), (point: string, at: string) => {
        if (point === 'span-end' && at.endsWith(`x.csv ${step}`)) abort.abort();
      });
      onTestFinished(
        () => void Reflect.deleteProperty(globalThis, Symbol.for('csvclean.testPoint')),
      );
      const options = { inputs, outDir, workers: 0, spanSize: '1KB' };
      const result = await cleanFiles(options, undefined, abort.signal);
      expect(abort.signal.aborted).toBe(true);
      expect([result.status, ...statuses(result)]).toEqual(['aborted', 'skipped']);
      expectOnlyNamed(result, outDir);
    },
  );
});

describe('events', () => {
  test.each([0, 3])('come in a sane order, with %s workers', async (workers) => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [`f${i}.csv`, `a\n${'1\n'.repeat(100 * i + 1)}`]),
    );
    const { inputs, outDir } = writeInputs({ ...files, 'bad.csv': 'a;b\n' });
    const events: JobEvent[] = [];
    const options = { inputs, outDir, workers, baseline: true };
    const result = await cleanFiles(options, (event) => events.push(event));
    const [first] = events;
    expect(first).toMatchObject({ kind: 'start', files: 10 });
    expect(events.filter(({ kind }) => kind === 'start')).toHaveLength(1);
    const told = events.flatMap((event) => (event.kind === 'file' ? [event.file] : []));
    expect(told.map(({ input }) => input).sort()).toEqual(
      result.files.map(({ input }) => input).sort(),
    );
    for (const file of told) expect(result.files).toContain(file);
    const progress = events.filter((event) => event.kind === 'progress');
    const done = progress.map(({ doneFiles }) => doneFiles);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const bytes = first?.kind === 'start' ? first.bytes : 0;
    expect(progress.at(-1)).toMatchObject({ doneFiles: 10, doneBytes: bytes });
    expect(progress.every(({ doneBytes }) => doneBytes >= 0 && doneBytes <= bytes)).toBe(true);
    const lastFile = events.findLastIndex(({ kind }) => kind === 'file');
    expect(events.findIndex(({ kind }) => kind === 'baseline')).toBeGreaterThan(lastFile);
  });
});

describe('a column that rules name', () => {
  const files = { 'a.csv': 'x,price\n1,2\n', 'b.csv': 'x\n3\n', 'c.csv': 'x,Price\n5,6\n' };

  test.each<[string, Partial<CleanOptions>]>([
    ['--where', { where: 'price > 0' }],
    ['--derive', { derive: ['y = price * 2'] }],
    ['--select', { select: ['price'] }],
    ['--drop', { drop: ['price'] }],
    ['--max', { max: ['price=100'] }],
    ['--rename', { rename: ['price=cost'] }],
    ['--group-by', { groupBy: ['price'] }],
    ['--outlier-columns', { outlierColumns: ['price'] }],
    ['--outlier-exclude', { outlierExclude: ['price'] }],
  ])('%s and only some inputs have: an error of the others', async (flag, rules) => {
    const { inputs, outDir } = writeInputs(files);
    const result = await cleanFiles({ inputs, outDir, workers: 0, ...rules });
    expect(statuses(result)).toEqual(['cleaned', 'failed', 'cleaned']);
    expect(result.files[1]?.error).toMatchObject({
      code: 'UNKNOWN_COLUMN',
      message: `${flag}: there is no column "price"`,
    });
    expect(result.files[1]?.error?.path).toMatch(/b\.csv$/);
    expectOnlyNamed(result, outDir);
  });

  test('and no input has is refused before any work, with the nearest name', async () => {
    const { inputs, outDir } = writeInputs(files);
    const refused = cleanFiles({ inputs, outDir, where: 'prise > 0' });
    await expect(refused).rejects.toThrow(CsvcleanError);
    await expect(refused).rejects.toMatchObject({
      code: 'UNKNOWN_COLUMN',
      message: '--where: there is no column "prise" in any of the 3 inputs',
      remedy: 'Did you mean "price"?',
    });
    expect(existsSync(outDir)).toBe(false);
  });
});
