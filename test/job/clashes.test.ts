/** Two inputs never share an output, and every output lies in the chosen folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CleanOptions } from '../../src/options/clean-options.js';
import { runCommand } from '../support/run-command.js';
import { refusalOf, runInline } from '../support/run-inline.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTree, readOutputs } from '../support/tree.js';

/** A folder with a small table at each path. */
function folderWith(...paths: readonly string[]): string {
  const folder = tempFolder();
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `a,b\n${path.length},2\n`);
  }
  return folder;
}

function optionsFor(folder: string, paths: readonly string[]): CleanOptions {
  return { inputs: paths.map((path) => join(folder, path)), outDir: join(folder, 'out') };
}

describe('two inputs with one output', () => {
  test('are refused before any work, naming both and --base, with exit code 2', async () => {
    const folder = folderWith('a/x.csv', 'b/x.csv');
    const cwd = folder;
    const { code, stderr } = await runCommand(['a/x.csv', 'b/x.csv', '--out-dir', 'out'], { cwd });
    expect([code, stderr]).toEqual([
      2,
      'OUTPUT_CLASH: a/x.csv and b/x.csv would both be written to out/x.csv.\n' +
        '  Use --base DIR, a folder above both, to keep their folders apart.\n',
    ]);
    expect(listTree(folder)).toEqual(['a/x.csv', 'b/x.csv']);
  });

  const matrix: readonly (readonly [string, readonly string[]])[] = [
    ['endings that become .csv', ['x.tsv', 'x.csv']],
    ['two such endings', ['x.tab', 'x.txt']],
    ['an ending in capitals', ['x.TSV', 'x.csv']],
    ['folders as arguments', ['a', 'b']],
    ['patterns', ['a/*.csv', 'b/*.csv']],
  ];
  test.each(matrix)('are refused: %s', async (_, inputs) => {
    const folder = folderWith('a/x.csv', 'b/x.csv', 'x.tsv', 'x.csv', 'x.tab', 'x.txt', 'x.TSV');
    const options = optionsFor(folder, inputs);
    expect(await refusalOf(runInline(options))).toMatchObject({ code: 'OUTPUT_CLASH' });
    expect(listTree(join(folder, 'out'))).toEqual([]);
  });

  test('are refused: an input that lies where the rejects of another go', async () => {
    const folder = folderWith('x.csv', 'rejects/x.csv.rejects.csv');
    const options = optionsFor(folder, ['x.csv', 'rejects/x.csv.rejects.csv']);
    expect(await refusalOf(runInline({ ...options, base: folder }))).toMatchObject({
      code: 'OUTPUT_CLASH',
    });
  });

  test('are kept apart by --base', async () => {
    const folder = folderWith('a/x.csv', 'b/x.csv');
    const options = { ...optionsFor(folder, ['a/x.csv', 'b/x.csv']), base: folder };
    expect((await runInline(options)).status).toBe('done');
    expect(Object.keys(readOutputs(join(folder, 'out')))).toEqual(['a/x.csv', 'b/x.csv']);
  });

  test.runIf(process.platform === 'linux')('are two where names differ by case', async () => {
    // Also by composed and decomposed letters: on Linux these are different names.
    const names = ['x.csv', 'X.csv', '\u00e9.csv', 'e\u0301.csv'];
    const folder = folderWith(...names);
    expect((await runInline(optionsFor(folder, names))).totals.cleaned).toBe(4);
    expect(Object.keys(readOutputs(join(folder, 'out')))).toHaveLength(4);
  });

  test('are one when the same file is named twice, in two ways', async () => {
    const folder = folderWith('a/x.csv');
    const result = await runInline(optionsFor(folder, ['a/x.csv', 'a/../a/x.csv', 'a']));
    expect(result.totals.files).toBe(1);
  });
});

describe('an output', () => {
  test.each([
    ['../a/x.csv', 'x.csv'],
    ['..', 'a/x.csv'],
    ['../a/*.csv', 'x.csv'],
  ])('lies in the chosen folder when the input is %s', async (argument, output) => {
    const folder = folderWith('a/x.csv', 'b/keep');
    const run = await runCommand([argument, '--out-dir', 'out', '-q'], { cwd: join(folder, 'b') });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(readOutputs(join(folder, 'b/out')))).toEqual([output]);
    expect(relative(folder, join(folder, 'b/out'))).toBe('b/out');
  });

  test('fails its own input only, when its name is too long', async () => {
    const long = `${'n'.repeat(251)}.csv`;
    const folder = folderWith('x.csv', long);
    const options = { ...optionsFor(folder, ['x.csv', long]), prefix: 'cleaned_' };
    const result = await runInline(options);
    expect(result.files.map((file) => file.error?.message)).toEqual([
      undefined,
      'cannot write: the name is too long',
    ]);
    expect(Object.keys(readOutputs(join(folder, 'out')))).toEqual(['cleaned_x.csv']);
  });
});
