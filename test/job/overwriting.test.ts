/**
 * What stands at an output's name already: ours is replaced, anything else is kept unless forced.
 */
import {
  appendFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JobResult } from '../../src/job/job-result.js';
import type { CleanOptions } from '../../src/options/clean-options.js';
import { runCommand } from '../support/run-command.js';
import { refusalOf, runInline, runInlineAt } from '../support/run-inline.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps, listTree, readOutputs } from '../support/tree.js';

const FOREIGN = 'not,ours\n';

/** Two inputs, and options that clean them into `out`. */
function prepare(tables = { 'x.csv': 'a\n1\n', 'y.csv': 'b\n2\n' }) {
  const folder = tempFolder();
  const out = join(folder, 'out');
  mkdirSync(out);
  const options: CleanOptions = { inputs: [writeTables(folder, tables)], outDir: out };
  return { folder, out, input: join(folder, 'in'), options, target: join(out, 'x.csv') };
}

function errorsOf(result: JobResult): readonly (readonly [string, string])[] {
  return result.files.flatMap(({ error }) => (error ? [[error.code, error.message] as const] : []));
}

const NOT_OURS = 'exists and was not written by csvclean';

describe('a foreign file at an output', () => {
  test('is kept, and the other files are cleaned, with exit code 1', async () => {
    const { out, input, target } = prepare();
    writeFileSync(target, FOREIGN);
    const { code, stderr } = await runCommand([input, '--out-dir', out, '--workers', '2']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `OUTPUT_EXISTS ${join(input, 'x.csv')}: ${target} ${NOT_OURS}.\n` +
        '  Move it away, choose another --out-dir, or add --force to replace it.\n',
    );
    expect(readOutputs(out)).toEqual({ 'x.csv': FOREIGN, 'y.csv': 'b\n2\n' });
  });

  test('is replaced with --force', async () => {
    const { out, options, target } = prepare();
    writeFileSync(target, FOREIGN);
    expect((await runInline({ ...options, force: true })).status).toBe('done');
    expect(readOutputs(out)).toEqual({ 'x.csv': 'a\n1\n', 'y.csv': 'b\n2\n' });
  });

  test('is kept when it appears during the run, and replaced then with --force', async () => {
    const { folder, out, options, target } = prepare();
    const appear = (point: string, name: string): void => {
      if (point === 'input-end' && name.endsWith('x.csv')) writeFileSync(target, FOREIGN);
    };
    const result = await runInlineAt(appear, options);
    expect(errorsOf(result)).toEqual([['OUTPUT_EXISTS', `${target} appeared during the run`]]);
    expect(readOutputs(out)).toEqual({ 'x.csv': FOREIGN, 'y.csv': 'b\n2\n' });
    expect(listTemps(folder)).toEqual([]);
    rmSync(target);
    expect((await runInlineAt(appear, { ...options, force: true })).status).toBe('done');
    expect(readFileSync(target, 'utf8')).toBe('a\n1\n');
  });

  test('is kept when it appears before all inputs are joined', async () => {
    const { folder, out, input } = prepare();
    const concat = join(out, 'all.csv');
    const options = { inputs: [input], concat };
    const appear = (point: string, name: string): void => {
      if (point === 'input-end' && name.endsWith('y.csv')) writeFileSync(concat, FOREIGN);
    };
    const { status, problems } = await runInlineAt(appear, options);
    expect([status, problems.map(({ code, message }) => [code, message])]).toEqual([
      'failed',
      [['OUTPUT_EXISTS', `${concat} appeared during the run`]],
    ]);
    expect(readFileSync(concat, 'utf8')).toBe(FOREIGN);
    expect(listTemps(folder)).toEqual([]);
    expect((await runInlineAt(appear, { ...options, force: true })).status).toBe('done');
    expect(readFileSync(concat, 'utf8')).toBe('a,b\n1,\n,2\n');
  });

  test('is kept where rejects would go', async () => {
    const { out, options } = prepare({ 'x.csv': tableOf(4, true), 'y.csv': 'b\n2\n' });
    mkdirSync(join(out, 'rejects'));
    writeFileSync(join(out, 'rejects/x.csv.rejects.csv'), FOREIGN);
    const result = await runInline(options);
    expect(errorsOf(result)).toEqual([
      ['OUTPUT_EXISTS', `${join(out, 'rejects/x.csv.rejects.csv')} ${NOT_OURS}`],
    ]);
    expect(readOutputs(out)).toEqual({ 'rejects/x.csv.rejects.csv': FOREIGN, 'y.csv': 'b\n2\n' });
  });

  test('is kept when it is a folder, even with --force', async () => {
    const { options, target } = prepare();
    mkdirSync(target);
    const result = await runInline({ ...options, force: true });
    expect(errorsOf(result)).toEqual([['OUTPUT_EXISTS', `${target} is a folder`]]);
    expect(lstatSync(target).isDirectory()).toBe(true);
  });

  test('fails the inputs whose folder it stands in the way of', async () => {
    const { out, options } = prepare({ 'x.csv': tableOf(4, true), 'y.csv': 'b\n2\n' });
    writeFileSync(join(out, 'rejects'), FOREIGN);
    const result = await runInline(options);
    expect(result.totals).toMatchObject({ cleaned: 1, failed: 1 });
    const message = `cannot create the folder ${join(out, 'rejects')}: a file is in the way`;
    expect(errorsOf(result)).toEqual([['CANNOT_WRITE', message]]);
    expect(readOutputs(out)).toEqual({ rejects: FOREIGN, 'y.csv': 'b\n2\n' });
  });
});

describe('an output of our own', () => {
  test('is replaced by the next run, and stale rejects go with it', async () => {
    const { folder, out, options } = prepare({ 'x.csv': tableOf(4, true), 'y.csv': 'b\n2\n' });
    await runInline(options);
    expect(Object.keys(readOutputs(out))).toContain('rejects/x.csv.rejects.csv');
    writeTables(folder, { 'x.csv': 'a\n9\n' });
    expect((await runInline(options)).status).toBe('done');
    expect(readOutputs(out)).toEqual({ 'x.csv': 'a\n9\n', 'y.csv': 'b\n2\n' });
  });

  test('is foreign once it was edited by hand, also at the same length', async () => {
    const { out, options, target } = prepare();
    await runInline(options);
    writeFileSync(target, 'a\n7\n');
    expect(errorsOf(await runInline(options))).toEqual([
      ['OUTPUT_EXISTS', `${target} ${NOT_OURS}`],
    ]);
    expect(readOutputs(out)).toEqual({ 'x.csv': 'a\n7\n', 'y.csv': 'b\n2\n' });
  });

  test('is known after the whole folder was moved', async () => {
    const { folder, options } = prepare();
    await runInline(options);
    const outDir = join(folder, 'elsewhere');
    renameSync(join(folder, 'out'), outDir);
    expect((await runInline({ ...options, outDir })).status).toBe('done');
  });

  test('is known although the last line of the journal is torn, and so are later ones', async () => {
    const { folder, out, options } = prepare();
    await runInline(options);
    const journal = join(out, '.csvclean/journal.jsonl');
    appendFileSync(journal, '{"path":"x.csv","si');
    for (const content of ['a\n5\n', 'a\n6\n']) {
      writeTables(folder, { 'x.csv': content });
      expect((await runInline(options)).status).toBe('done');
      expect(readOutputs(out)['x.csv']).toBe(content);
    }
    const lines = readFileSync(journal, 'utf8').split('\n');
    expect(lines.filter((line) => line.endsWith('"si'))).toHaveLength(1);
    expect(lines.filter((line) => line.endsWith('}'))).toHaveLength(6);
  });

  test('is foreign when the journal is gone', async () => {
    const { out, options } = prepare();
    await runInline(options);
    rmSync(join(out, '.csvclean'), { recursive: true });
    expect(errorsOf(await runInline(options)).map(([code]) => code)).toEqual([
      'OUTPUT_EXISTS',
      'OUTPUT_EXISTS',
    ]);
  });

  test('is replaced when --output names it', async () => {
    const { folder, input } = prepare();
    const options = { inputs: [join(input, 'x.csv')], output: join(folder, 'one.csv') };
    for (const content of ['a\n1\n', 'a\n2\n']) {
      writeTables(folder, { 'x.csv': content });
      expect((await runInline(options)).status).toBe('done');
      expect(readFileSync(options.output, 'utf8')).toBe(content);
    }
  });
});

describe('a symbolic link at an output', () => {
  /** A link from the output's name to a file of the user's. */
  function plant(target: string, folder: string): string {
    const victim = join(folder, 'victim.csv');
    writeFileSync(victim, FOREIGN);
    symlinkSync(victim, target);
    return victim;
  }

  test('is kept', async () => {
    const { folder, options, target } = prepare();
    const victim = plant(target, folder);
    expect(errorsOf(await runInline(options))).toEqual([
      ['OUTPUT_EXISTS', `${target} ${NOT_OURS}`],
    ]);
    expect(lstatSync(target).isSymbolicLink()).toBe(true);
    expect(readFileSync(victim, 'utf8')).toBe(FOREIGN);
  });

  test('is kept when it leads nowhere', async () => {
    const { folder, options, target } = prepare();
    symlinkSync(join(folder, 'nowhere'), target);
    expect(errorsOf(await runInline(options))).toEqual([
      ['OUTPUT_EXISTS', `${target} ${NOT_OURS}`],
    ]);
    expect(listTree(folder)).not.toContain('nowhere');
  });

  test('is kept when it leads to an output of our own', async () => {
    const { folder, options, target } = prepare();
    await runInline(options);
    renameSync(target, join(folder, 'moved.csv'));
    symlinkSync(join(folder, 'moved.csv'), target);
    expect(errorsOf(await runInline(options))).toEqual([
      ['OUTPUT_EXISTS', `${target} ${NOT_OURS}`],
    ]);
  });

  test('is replaced itself with --force, not what it leads to', async () => {
    const { folder, options, target } = prepare();
    const victim = plant(target, folder);
    expect((await runInline({ ...options, force: true })).status).toBe('done');
    expect(lstatSync(target).isFile()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('a\n1\n');
    expect(readFileSync(victim, 'utf8')).toBe(FOREIGN);
  });

  test.each([
    ['input-end', false],
    ['input-end', true],
    ['before-output-rename', false],
    ['before-rejects-rename', true],
  ])('is never written through when planted at %s (--force: %s)', async (point, force) => {
    const { folder, options, target } = prepare();
    let victim = '';
    await runInlineAt(
      (name, input) => {
        if (name === point && input.endsWith('x.csv')) victim = plant(target, folder);
      },
      { ...options, force },
    );
    expect(readFileSync(victim, 'utf8')).toBe(FOREIGN);
  });
});

describe('an output that is an input', () => {
  const message = 'the output would replace an input';

  test('is refused before any work, with exit code 2, when it is by its path', async () => {
    const { input } = prepare();
    const { code, stderr } = await runCommand([join(input, 'x.csv'), '--out-dir', input]);
    expect([code, stderr]).toEqual([
      2,
      `OUTPUT_IS_INPUT ${join(input, 'x.csv')}: ${message}.\n` +
        '  Choose another --out-dir, a --prefix, or --in-place if that is meant.\n',
    ]);
    expect(listTree(input)).toEqual(['x.csv', 'y.csv']);
  });

  test('is refused when it is another input, by an ending that becomes .csv', async () => {
    const { folder, input } = prepare();
    writeTables(folder, { 'z.tsv': 'a\n1\n', 'z.csv': 'b\n' });
    rmSync(join(input, 'x.csv'));
    const inputs = [join(input, 'z.tsv'), join(input, '../in/z.csv')];
    const options = { inputs, output: null, outDir: input, prefix: '' };
    expect(await refusalOf(runInline(options))).toMatchObject({ code: 'OUTPUT_CLASH' });
    expect(await refusalOf(runInline({ ...options, inputs: inputs.slice(1) }))).toMatchObject({
      code: 'OUTPUT_IS_INPUT',
      message,
    });
  });

  test.each([false, true])('is refused when it is a hard link (--force: %s)', async (force) => {
    const { input, options, target } = prepare();
    linkSync(join(input, 'x.csv'), target);
    const result = await runInline({ ...options, force });
    expect(errorsOf(result)).toEqual([
      ['OUTPUT_IS_INPUT', `the output ${target} is an input itself`],
    ]);
    expect(readFileSync(join(input, 'x.csv'), 'utf8')).toBe('a\n1\n');
  });

  test.each([false, true])('is refused through a linked folder (--force: %s)', async (force) => {
    const { folder, input, options } = prepare();
    const outDir = join(folder, 'linked');
    symlinkSync(input, outDir);
    const result = await runInline({ ...options, outDir, force });
    expect(errorsOf(result).map(([code]) => code)).toEqual(['OUTPUT_IS_INPUT', 'OUTPUT_IS_INPUT']);
    expect(readOutputs(input)).toEqual({ 'x.csv': 'a\n1\n', 'y.csv': 'b\n2\n' });
  });
});
