/** Recipes from the command line: found, named, left out, printed, and refused before any work. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanIn, folderWith, textOf } from '../support/clean-in-folder.js';

const TABLE = { 'a.csv': 'id,v\n1,5\n2,7\n' };
const ONE_ROW = 'id,v\n2,7\n';
const ALL_ROWS = 'id,v\n1,5\n2,7\n';

describe.concurrent('csvclean', () => {
  test.each(['csvclean.yaml', 'csvclean.yml', 'csvclean.json'])(
    'finds %s here and above, and says so',
    async (name) => {
      const folder = folderWith({ [name]: '{"where": "v > 5"}', 'deep/er/a.csv': TABLE['a.csv'] });
      const ran = await cleanIn(join(folder, 'deep/er'), ['a.csv']);
      expect(ran).toMatchObject({ code: 0 });
      expect(ran.stderr).toMatch(`Recipe: ../../${name}\n`);
      expect(textOf(folder, 'deep/er/cleaned/a.csv')).toBe(ONE_ROW);
      const quiet = await cleanIn(join(folder, 'deep/er'), ['a.csv', '-q']);
      expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' });
    },
  );

  test('takes the nearest recipe, none with --no-config, another with -c', async () => {
    const folder = folderWith({
      ...{ 'csvclean.yaml': 'where: v > 100\n', 'deep/csvclean.yaml': 'where: v > 5\n' },
      ...{ 'deep/a.csv': TABLE['a.csv'], 'other.yaml': 'prefix: other_\nwhere: v > 5\n' },
    });
    const here = join(folder, 'deep');
    const clean = async (...args: readonly string[]): Promise<string> => {
      expect(await cleanIn(here, ['a.csv', '-q', ...args])).toMatchObject({ code: 0 });
      return textOf(here, 'cleaned/a.csv');
    };
    expect(await clean()).toBe(ONE_ROW);
    expect(await clean('--no-config')).toBe(ALL_ROWS);
    expect(await clean('--where', 'true')).toBe(ALL_ROWS);
    await clean('-c', '../other.yaml');
    expect(textOf(here, 'cleaned/other_a.csv')).toBe(ONE_ROW);
    const env = { CSVCLEAN_RECIPE: '../other.yaml', CSVCLEAN_PREFIX: 'env_' };
    expect(await cleanIn(here, ['a.csv', '-q'], { env })).toMatchObject({ code: 0 });
    expect(textOf(here, 'cleaned/env_a.csv')).toBe(ONE_ROW);
    const none = { env: { CSVCLEAN_CONFIG: '0' } };
    expect(await cleanIn(here, ['a.csv', '-q'], none)).toMatchObject({ code: 0 });
    expect(textOf(here, 'cleaned/a.csv')).toBe(ALL_ROWS);
  });

  test('takes its inputs from the recipe, when none are named', async () => {
    const folder = folderWith({ ...TABLE, 'csvclean.yaml': 'inputs: "*.csv"\noutDir: out\n' });
    expect(await cleanIn(folder, [])).toMatchObject({ code: 0 });
    expect(textOf(folder, 'out/a.csv')).toBe(ALL_ROWS);
    mkdirSync(join(folder, 'below'));
    expect(await cleanIn(join(folder, 'below'), ['--force'])).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'below/out'))).toBe(false);
  });

  test('is a filter whatever folder the recipe names', async () => {
    const folder = folderWith({ 'csvclean.yaml': 'outDir: out\nwhere: v > 5\n' });
    const ran = await cleanIn(folder, ['-', '-q'], { stdin: ALL_ROWS });
    expect(ran).toMatchObject({ code: 0, stdout: ONE_ROW });
  });

  test('sniffs by the recipe, too', async () => {
    const folder = folderWith({
      'a.csv': 'x-y\n1-2\n3-4\n',
      'csvclean.yaml': "files:\n  - match: a.csv\n    delimiter: '-'\n",
    });
    const ran = await cleanIn(folder, ['sniff', 'a.csv', '--json']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/"delimiter": ?"-"/);
  });

  test('converts values by a preset, and each file by its own rules', async () => {
    const folder = folderWith({
      'a.csv': 'd,v\n31.12.2024,"1.234,5"\n01.02.2024,NA\n',
      'b.csv': 'd,v\n2024-12-31,x\n2024-02-01,y\n',
      'csvclean.yaml':
        'preset: typed\nfiles:\n  - match: b.csv\n    nulls: off\n    columns: { v: { replace: { x: z } } }\n',
    });
    expect(await cleanIn(folder, ['a.csv', 'b.csv', '-q'])).toMatchObject({ code: 0 });
    expect(textOf(folder, 'cleaned/a.csv')).toBe('d,v\n2024-12-31,1234.5\n2024-02-01,\n');
    expect(textOf(folder, 'cleaned/b.csv')).toBe('d,v\n2024-12-31,z\n2024-02-01,y\n');
  });

  test('prints the configuration instead of working, as a recipe and as JSON', async () => {
    const folder = folderWith({
      ...TABLE,
      'csvclean.yaml':
        'preset: as-is\nwhere: v > 5\nmax: { v: 9 }\nfiles:\n  - match: b*.csv\n    quote: "\'"\n',
    });
    const env = { CSVCLEAN_WORKERS: '2', CSVCLEAN_WERKERS: '2' };
    const args = ['a.csv', '--print-config', '--set', 'case=camel', '--prefix', 'null'];
    const text = await cleanIn(folder, args, { env });
    expect(text).toMatchObject({ code: 0, stderr: '' });
    const lines = text.stdout.split('\n').filter((line) => !line.endsWith('# default'));
    expect(lines.map((line) => line.replace(/ +# /, ' # '))).toEqual([
      '# recipe: csvclean.yaml',
      'inputs: [a.csv] # the command line',
      "prefix: 'null' # --prefix",
      'workers: 2 # CSVCLEAN_WORKERS',
      'case: camel # --set case=camel',
      'cleanNames: false # preset as-is',
      'keepBlank: true # preset as-is',
      'where: v > 5 # csvclean.yaml:2:1',
      'trim: false # preset as-is',
      'outliers: off # preset as-is',
      'max: { v: 9 } # csvclean.yaml:3:1',
      'files:',
      '  - match: [b*.csv] # csvclean.yaml:5:5',
      "    quote: '''' # csvclean.yaml:6:5",
      '# CSVCLEAN_WERKERS is no option',
      '',
    ]);
    expect(existsSync(join(folder, 'cleaned'))).toBe(false);

    const json = JSON.parse((await cleanIn(folder, [...args, '--json'], { env })).stdout);
    const entryOf = (key: string) => json.values.find((one: { key: string }) => one.key === key);
    expect(json).toMatchObject({ recipe: 'csvclean.yaml', unknownVariables: ['CSVCLEAN_WERKERS'] });
    expect(entryOf('workers')).toEqual({
      ...{ key: 'workers', value: 2, from: 'environment', origin: 'CSVCLEAN_WORKERS' },
    });
    expect(entryOf('outDir')).toMatchObject({ value: 'cleaned', from: 'default' });
    expect(entryOf('outliers')).toMatchObject({ value: 'off', from: 'preset' });

    // What is printed is a recipe that says the same.
    const again = folderWith({ ...TABLE, 'printed.yaml': text.stdout });
    const second = await cleanIn(again, ['-c', 'printed.yaml', '--print-config']);
    const valuesOf = (printed: string): readonly string[] => {
      const lines = printed.split('\n').filter((line) => !line.startsWith('#'));
      return lines.map((line) => line.replace(/ *# .*$/, ''));
    };
    expect(valuesOf(second.stdout)).toEqual(valuesOf(text.stdout));
  });

  test('needs no home folder', async () => {
    const folder = folderWith({ ...TABLE, 'csvclean.yaml': 'where: v > 5\n' });
    // As for a user whom the system does not know.
    const code =
      'import os from "node:os"; import { syncBuiltinESMExports } from "node:module"; ' +
      'os.homedir = () => { throw new Error("no home"); }; syncBuiltinESMExports();';
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
    expect(await cleanIn(folder, ['a.csv', '-q'], { nodeArgs })).toMatchObject({ code: 0 });
    expect(textOf(folder, 'cleaned/a.csv')).toBe(ONE_ROW);
  });

  test('prints patterns of files as they are from the current folder', async () => {
    const text = 'inputs: ../a.csv\nfiles:\n  - match: [../*.csv, b.csv]\n    where: v > 5\n';
    const folder = folderWith({ ...TABLE, 'deep/r.yaml': text });
    const { stdout } = await cleanIn(folder, ['-c', 'deep/r.yaml', '--print-config']);
    expect(stdout).toContain('  - match: [./*.csv, b.csv]');
    const json = await cleanIn(folder, ['-c', 'deep/r.yaml', '--print-config', '--json']);
    expect(JSON.parse(json.stdout).files[0].match).toEqual(['./*.csv', 'b.csv']);
  });

  const refusals: readonly (readonly [string, Record<string, string>, string[], string])[] = [
    [
      'a recipe that is wrong',
      { 'csvclean.yaml': 'where: v > 5\nworkers: many\n' },
      [],
      'BAD_RECIPE csvclean.yaml:2:10: workers many: expected auto or a whole number from 0 to ' +
        '1024.\n  See docs/recipes.md.\n',
    ],
    [
      'an expression of one that names no column',
      { 'csvclean.yaml': 'where: w > 5\n' },
      [],
      'Recipe: csvclean.yaml\nUNKNOWN_COLUMN: --where: there is no column "w".\n' +
        '  The columns are: id, v. (--where is from csvclean.yaml:1:1.)\n',
    ],
    [
      'an expression for some files that cannot be read',
      { 'csvclean.yaml': 'files:\n  - match: a.csv\n    where: v >\n' },
      [],
      'Recipe: csvclean.yaml\nBAD_EXPRESSION --where: ',
    ],
    [
      'an option of files that excludes one of the run',
      { 'csvclean.yaml': 'keepDialect: true\nfiles: [{ match: a.csv, crlf: true }]\n' },
      [],
      'Recipe: csvclean.yaml\nUSAGE: for a.csv: --keep-dialect and --out-delimiter, --crlf or ' +
        '--bom exclude each other.\n  Choose one. (--keep-dialect is from csvclean.yaml:1:1; ' +
        '--crlf is from csvclean.yaml:2:25.)\n',
    ],
    [
      'rules that differ in what is judged together',
      { 'csvclean.yaml': 'outlierScope: all\nfiles: [{ match: b.csv, where: v > 1 }]\n' },
      ['b.csv'],
      'Recipe: csvclean.yaml\nUSAGE: --outlier-scope all judges every file by the same rules, ' +
        'and "files" gives some others.\n' +
        '  There, keep how files are read and written, names and columns; or judge by file. ' +
        '(--outlier-scope is from csvclean.yaml:1:1.)\n',
    ],
    ['a recipe and none', {}, ['-c', 'x.yaml', '--no-config'], 'USAGE: --recipe and --no-config'],
  ];
  test.each(refusals)('refuses %s, before any work', async (_, files, args, message) => {
    const folder = folderWith({ ...TABLE, 'b.csv': TABLE['a.csv'], ...files });
    const { code, stdout, stderr } = await cleanIn(folder, ['a.csv', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.slice(0, message.length)).toBe(message);
    expect(existsSync(join(folder, 'cleaned'))).toBe(false);
  });

  test('takes no recipe of the environment with --no-config', async () => {
    const folder = folderWith({ ...TABLE, 'r.yaml': 'where: v > 5\n' });
    const env = { CSVCLEAN_RECIPE: 'r.yaml' };
    expect(await cleanIn(folder, ['a.csv', '-q', '--no-config'], { env })).toMatchObject({
      code: 0,
    });
    expect(textOf(folder, 'cleaned/a.csv')).toBe(ALL_ROWS);
  });

  test('refuses two recipes side by side', async () => {
    const folder = folderWith({ ...TABLE, 'csvclean.yaml': '', 'csvclean.json': '' });
    const { code, stderr } = await cleanIn(folder, ['a.csv']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `BAD_RECIPE: ${folder}/csvclean.yaml and ${folder}/csvclean.json stand side by side.\n` +
        '  Keep one, or name it with --recipe.\n',
    );
  });
});
