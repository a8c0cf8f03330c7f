/**
 * Which files are meant by what was named: globs, folders, exclusions, lists of names, odd names,
 * our own outputs.
 */
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  cleanFilesIn,
  cleanIn,
  type Files,
  folderWith,
  type RunOptions,
  textOf,
} from '../support/clean-in-folder.js';

const V = 'v\n1\n';

/** The inputs of a run that succeeds, as the result names them. */
async function inputsOf(
  folder: string,
  args: readonly string[],
  more?: RunOptions,
): Promise<string[]> {
  const { code, stdout, stderr } = await cleanIn(folder, [...args, '--json', '-q'], more);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout).files.map((file: { input: string }) => file.input);
}

/** Every file below `folder/cleaned`, sorted, without our state. */
function outputsIn(folder: string, outDir = 'cleaned'): string[] {
  return readdirSync(join(folder, outDir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, outDir).length + 1))
    .filter((name) => !name.startsWith('.csvclean/'))
    .sort();
}

const TREE: Files = Object.fromEntries(
  ['a.csv', 'b.TSV', 'c.txt', 'd.tab', 'e.md', '.hidden.csv', 'sub/f.csv', 'sub/deep/g.csv'].map(
    (name) => [`data/${name}`, V],
  ),
);

describe.concurrent('csvclean finds', () => {
  test('tables of every ending below a folder, and keeps their folders', async () => {
    const folder = folderWith(TREE);
    const names = ['a.csv', 'b.TSV', 'c.txt', 'd.tab', 'sub/deep/g.csv', 'sub/f.csv'];
    expect(await inputsOf(folder, ['data'])).toEqual(names.map((name) => `data/${name}`));
    expect(outputsIn(folder)).toEqual([
      ...['a.csv', 'b.csv', 'c.csv', 'd.csv', 'sub/deep/g.csv', 'sub/f.csv'],
    ]);
  });

  test('what a glob matches, below its literal prefix', async () => {
    const folder = folderWith(TREE);
    expect(await inputsOf(folder, ['data/sub/**/*.csv'])).toEqual([
      ...['data/sub/deep/g.csv', 'data/sub/f.csv'],
    ]);
    expect(outputsIn(folder)).toEqual(['deep/g.csv', 'f.csv']);
  });

  test('each file once, in the order of the arguments', async () => {
    const folder = folderWith(TREE);
    const args = ['data/sub/f.csv', 'data', './data/a.csv', 'data/*.csv', '--base', 'data'];
    expect((await inputsOf(folder, args)).slice(0, 2)).toEqual(['data/sub/f.csv', 'data/a.csv']);
  });

  test('nothing that is excluded: file, folder or glob', async () => {
    const folder = folderWith(TREE);
    const rest = ['data/a.csv', 'data/c.txt', 'data/d.tab'];
    expect(await inputsOf(folder, ['data', '!data/sub', '!data/b.TSV'])).toEqual(rest);
    expect(await inputsOf(folder, ['data', '!data/**/*.csv', '!data/*.{txt,tab}'])).toEqual([
      ...['data/b.TSV'],
    ]);
    // As the shell lists the files of an unquoted data/*.
    const listed = ['data/a.csv', 'data/c.txt', '!data/c.txt'];
    expect(await inputsOf(folder, listed)).toEqual(['data/a.csv']);
    expect(await inputsOf(folder, ['!data/sub/deep', 'data/sub/**/*.csv'])).toEqual([
      ...['data/sub/f.csv'],
    ]);
  });

  test('the names in a file, with blank lines and CRLF, or on standard input', async () => {
    const folder = folderWith({ ...TREE, 'names.txt': 'data/a.csv\r\n\n  \ndata/sub/*.csv\n' });
    const names = ['data/a.csv', 'data/sub/f.csv'];
    expect(await inputsOf(folder, ['--files-from', 'names.txt'])).toEqual(names);
    const stdin = 'data/a.csv\ndata/sub/f.csv';
    expect(await inputsOf(folder, ['--files-from', '-'], { stdin })).toEqual(names);
    const more = ['data/c.txt', '--files-from', '-', '!data/a.csv'];
    expect(await inputsOf(folder, more, { stdin })).toEqual(['data/c.txt', 'data/sub/f.csv']);
  });

  test('nothing, and says so, with --allow-no-match', async () => {
    const args = ['*.csv', 'x/**/*.tsv', '--allow-no-match'];
    const { code, stderr, folder } = await cleanFilesIn({ 'a.md': '' }, args);
    expect([code, stderr]).toEqual([0, '0 files cleaned → cleaned/\n']);
    expect(outputsIn(folder)).toEqual([]);
  });

  test('files behind links, and goes round in none', async () => {
    const folder = folderWith({ 'real/a.csv': V, 'real/sub/b.csv': V });
    symlinkSync('..', join(folder, 'real/sub/up'));
    symlinkSync('real', join(folder, 'link'));
    symlinkSync('nowhere.csv', join(folder, 'real/dangling.csv'));
    expect(await inputsOf(folder, ['link'])).toEqual(['link/a.csv', 'link/sub/b.csv']);
  });
});

describe.concurrent('csvclean takes a name by its letters', () => {
  const names = [
    'report (1).csv',
    '[2024] sales.csv',
    'a*b?.csv',
    '{x,y}.csv',
    '!important.csv',
    'a+b@c!.csv',
    'with\nline.csv',
    '数量 é.csv',
    `${'n'.repeat(251)}.csv`,
    `${'é'.repeat(125)}x.csv`,
    '-x.csv',
    '--json.csv',
    '__proto__.csv',
    '...csv',
  ];

  test('when it is a file: each named by itself, and below a folder', async () => {
    const entries = names.map((name) => [`in/${name}`, 'v\n1\n2,3\n']);
    const folder = folderWith(Object.fromEntries(entries));
    const args = names.map((name) => `./${name}`);
    expect(await inputsOf(join(folder, 'in'), ['-o', '../cleaned', ...args])).toEqual(args);
    const isRejects = (name: string): boolean => name.startsWith('rejects/');
    const outputs = outputsIn(folder).filter((name) => !isRejects(name));
    expect(outputs).toEqual([...names].sort());
    expect(outputsIn(folder).filter(isRejects)).toHaveLength(names.length);
    for (const name of names) expect(textOf(folder, `cleaned/${name}`)).toBe(V);
    const seen = names.filter((name) => !name.startsWith('.')).map((name) => `in/${name}`);
    const found = await inputsOf(folder, ['in', '-o', 'again']);
    expect(found.toSorted()).toEqual(seen.toSorted());
  });

  test('when it begins with a dash and stands after --', async () => {
    const folder = folderWith({ '-x.csv': V });
    const { code, stderr } = await cleanIn(folder, ['-q', '--', '-x.csv']);
    expect([code, stderr]).toEqual([0, '']);
    expect(outputsIn(folder)).toEqual(['-x.csv']);
  });

  test('when it is a folder before a glob', async () => {
    const folders = ['Dropbox (Personal)', 'a@b', 'c++', '[x]', 'new\nline', '{a,b}', '!not'];
    const files = folders.map((name, i) => [`${name}/sub/${i}.csv`, V]);
    const folder = folderWith({ ...Object.fromEntries(files), 'c/sub/x.csv': V, 'x/sub/y.csv': V });
    const below = folders.map((name, i) => `${name}/sub/${i}.csv`);
    const outputs = folders.map((_, i) => `sub/${i}.csv`);
    const globs = folders.map((name) => `./${name}/*/*.csv`);
    expect(await inputsOf(folder, globs)).toEqual(below);
    expect(outputsIn(folder)).toEqual(outputs);
    const absolute = folders.map((name) => join(folder, name, '**/*.csv'));
    expect(await inputsOf(folder, [...absolute, '-o', 'again'])).toEqual(
      below.map((name) => join(folder, name)),
    );
    expect(outputsIn(folder, 'again')).toEqual(outputs);
  });

  test('when it leads out of the folder: the output does not', async () => {
    const folder = folderWith({ 'x.csv': V, 'work/y.csv': V });
    const { code } = await cleanIn(join(folder, 'work'), ['../x.csv', 'y.csv', '-q']);
    expect(code).toBe(0);
    expect(outputsIn(join(folder, 'work'))).toEqual(['x.csv', 'y.csv']);
  });
});

describe.concurrent('csvclean never finds as an input', () => {
  const files = { 'a.csv': 'v\n1\n2,3\n', 'b.csv': V };

  test('outputs, rejects, temporary files and its own state', async () => {
    const temp = '.csvclean-1-0123456789abcdef0123.tmp';
    const folder = folderWith({ ...files, [temp]: V, '.csvclean/x.csv': V });
    for (const pattern of ['.', '**/*.csv', '**/*', '{.,**}/{.csvclean/,}*.csv']) {
      expect(await inputsOf(folder, [pattern])).toEqual(['a.csv', 'b.csv']);
    }
    expect(outputsIn(folder)).toEqual(['a.csv', 'b.csv', 'rejects/a.csv.rejects.csv']);
  });

  test('outputs of a run that wrote elsewhere', async () => {
    const folder = folderWith(files);
    for (const outDir of ['one', 'deep/two', 'three']) {
      expect(await inputsOf(folder, ['.', '-o', outDir])).toEqual(['a.csv', 'b.csv']);
      expect(await inputsOf(folder, ['**/*.csv', '-o', outDir])).toEqual(['a.csv', 'b.csv']);
    }
    // Who names an output folder means it.
    expect(await inputsOf(folder, ['one', '-o', 'four'])).toEqual(['one/a.csv', 'one/b.csv']);
    expect(await inputsOf(folder, ['one/b.csv', '-o', 'five'])).toEqual(['one/b.csv']);
  });

  test('the file of --output, and backups', async () => {
    const folder = folderWith({ 'a.csv': V });
    expect(await inputsOf(folder, ['*.csv', '--output', 'z.csv'])).toEqual(['a.csv']);
    expect(await inputsOf(folder, ['*.csv', '--output', 'z.csv'])).toEqual(['a.csv']);
    const backup = folderWith({ 'a.csv': ' v\n1\n', 'a.bak.csv': V });
    expect(await inputsOf(backup, ['.', '--in-place', '--backup', '.bak.csv', '--force'])).toEqual([
      ...['a.csv'],
    ]);
  });

  test('anything, and says why, when only outputs match', async () => {
    const folder = folderWith({ 'a.csv': V });
    await cleanIn(folder, ['a.csv', '-q']);
    const { code, stderr } = await cleanIn(folder, ['cleaned/*.csv']);
    expect(stderr).toBe(
      'NO_MATCH cleaned/*.csv: only outputs of csvclean itself match.\n' +
        '  Name the files without a pattern if you mean them.\n',
    );
    expect(code).toBe(2);
  });
});
