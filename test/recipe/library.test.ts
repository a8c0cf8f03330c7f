/** Recipes of the library: named, never looked for, and below what is given beside them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/clean-in-folder.js';
import { CsvcleanError, cleanFiles } from '../support/library.js';

const FILES = {
  'a.csv': 'id,v\n1,5\n2,7\n',
  'b.csv': 'id|v\n1|5\n2|7\n',
  'recipe.yaml':
    'where: v > 5\nderive: { w: v * 2 }\noutDir: out\n' +
    "files:\n  - match: b.csv\n    delimiter: '|'\n    sniff: false\n",
};

describe('cleanFiles', () => {
  test('takes a recipe by name, with its folder and its files', async () => {
    const folder = folderWith(FILES);
    const inputs = ['a.csv', 'b.csv'].map((name) => join(folder, name));
    await cleanFiles({ inputs, recipe: join(folder, 'recipe.yaml') });
    for (const name of ['a.csv', 'b.csv']) {
      expect(readFileSync(join(folder, 'out', name), 'utf8')).toBe('id,v,w\n2,7,14\n');
    }
  });

  test('lets what is given win, for the files of the recipe as well', async () => {
    const folder = folderWith(FILES);
    const at = (name: string): string => join(folder, name);
    const given = { where: 'true', outDir: at('mine'), derive: [] as string[] };
    const files = [{ match: 'a.csv', folder, drop: 'id' }];
    const inputs = [at('a.csv'), at('b.csv')];
    await cleanFiles({ inputs, recipe: at('recipe.yaml'), ...given, files });
    expect(readFileSync(at('mine/a.csv'), 'utf8')).toBe('v\n5\n7\n');
    expect(readFileSync(at('mine/b.csv'), 'utf8')).toBe('id,v\n1,5\n2,7\n');
  });

  test('throws for a recipe that is wrong, with its place', async () => {
    const folder = folderWith({ ...FILES, 'bad.yaml': 'where: v > 5\nworkers: many\n' });
    const inputs = [join(folder, 'a.csv')];
    const run = cleanFiles({ inputs, recipe: join(folder, 'bad.yaml') });
    await expect(run).rejects.toBeInstanceOf(CsvcleanError);
    await expect(run).rejects.toMatchObject({
      code: 'BAD_RECIPE',
      place: { line: 2, character: 10 },
    });
  });

  test.each([
    [{ files: 'a' }, 'files[0] a: expected a map with match and options'],
    [{ files: [{ delimiter: ';' }] }, 'files[0].match []: expected a glob, or several'],
    [
      { files: [{ match: 'a', workers: 1 }] },
      'files[0]: "workers" is of the whole run, not of some of its files',
    ],
    [{ files: [{ match: 'a', wher: 'x' }] }, 'files[0]: there is no key "wher"'],
    [
      { files: [{ match: 'a', ragged: 'cut' }] },
      'files[0].ragged cut: expected one of pad, join, reject, error',
    ],
  ])('refuses %j', async (given, message) => {
    const options = { inputs: 'a.csv', ...given } as never;
    await expect(cleanFiles(options)).rejects.toMatchObject({ code: 'USAGE', message });
  });
});
