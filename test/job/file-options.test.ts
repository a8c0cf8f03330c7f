/**
 * Options for some of the inputs: what comes out of a run with them is what comes out of a run for
 * each kind of inputs by itself.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFileMatcher } from '../../src/job/match-files.js';
import type { CleanOptions } from '../../src/options/clean-options.js';
import { folderWith } from '../support/clean-in-folder.js';
import { cleanFiles } from '../support/library.js';
import { runInline } from '../support/run-inline.js';

const ROWS = Array.from({ length: 400 }, (_, i) => `${i},${(i * 7919) % 101}`);
const COMMAS = `id,v\n${ROWS.join('\n')}\n`;
const BARS = COMMAS.replaceAll(',', '|');

const FILES = {
  'in/shop/a.csv': COMMAS,
  'in/shop/b.csv': COMMAS,
  'in/bank/c.csv': BARS,
  'in/bank/d.csv': BARS.replaceAll('\n', '\r\n'),
  'in/bank/large.csv': `id|v\n${ROWS.join('\n').replaceAll(',', '|').repeat(20)}\n`,
};

const SHOP = { where: 'v > 50', derive: ['share = v / sum(v)'] };
const BANK = { delimiter: '|', sniff: false, outDelimiter: ';', crlf: true, rename: ['v=value'] };
const LARGE = { where: 'value > 90' };

describe.each([0, 1, 3])('with %d workers', (workers) => {
  test.each(['fast', 'reference'] as const)(
    'the %s engine has them for each input',
    async (engine) => {
      const folder = folderWith(FILES);
      const at = (name: string): string => join(folder, name);
      const run = async (options: Partial<CleanOptions> & { inputs: readonly string[] }) => {
        const rest = { base: at('in'), workers, engine, spanSize: 1024, outliers: 'off' } as const;
        const { files, status } = await cleanFiles({ ...rest, ...options });
        expect([status, files.map(({ error }) => error)]).toEqual(['done', files.map(() => null)]);
      };
      const match = { folder };
      await run({
        inputs: Object.keys(FILES).map(at),
        outDir: at('together'),
        files: [
          { ...match, match: 'in/bank/*.csv', ...BANK },
          { ...match, match: ['a.csv', 'b.csv'], ...SHOP },
          { ...match, match: 'large.csv', ...LARGE },
        ],
      });
      const shop = ['in/shop/a.csv', 'in/shop/b.csv'].map(at);
      await run({ inputs: shop, outDir: at('apart'), ...SHOP });
      await run({
        inputs: ['in/bank/c.csv', 'in/bank/d.csv'].map(at),
        outDir: at('apart'),
        ...BANK,
      });
      await run({ inputs: [at('in/bank/large.csv')], outDir: at('apart'), ...BANK, ...LARGE });
      for (const name of Object.keys(FILES)) {
        const read = (out: string): string =>
          readFileSync(join(folder, out, name.slice('in/'.length)), 'utf8');
        expect(read('together')).toBe(read('apart'));
      }
    },
  );
});

test('inputs that are judged together may be read and named differently', async () => {
  const folder = folderWith({
    'a.csv': COMMAS,
    'b.csv': `id|betrag\n${ROWS.join('\n').replaceAll(',', '|')}\n`,
    'same-b.csv': `id,v\n${ROWS.join('\n')}\n`,
  });
  const at = (name: string): string => join(folder, name);
  const rest = { outlierScope: 'all', derive: 'share = v / sum(v)' } as const;
  const files = [{ match: 'b.csv', folder, delimiter: '|', rename: ['betrag=v'] }];
  await cleanFiles({ ...rest, inputs: [at('a.csv'), at('b.csv')], outDir: at('x'), files });
  await cleanFiles({ ...rest, inputs: [at('a.csv'), at('same-b.csv')], outDir: at('y') });
  expect(readFileSync(at('x/a.csv'), 'utf8')).toBe(readFileSync(at('y/a.csv'), 'utf8'));
  expect(readFileSync(at('x/b.csv'), 'utf8')).toBe(readFileSync(at('y/same-b.csv'), 'utf8'));
});

test('one output of all inputs has one form, whatever they are read as', async () => {
  const folder = folderWith(FILES);
  const at = (name: string): string => join(folder, name);
  const inputs = [at('in/shop/a.csv'), at('in/bank/c.csv')];
  const bank = { match: 'c.csv', folder, delimiter: '|', where: 'v > 50' };
  const all = { inputs, concat: at('all.csv'), outliers: 'off' };
  await cleanFiles({ ...all, files: [bank] });
  const few = COMMAS.split('\n').filter((line) => Number(line.split(',')[1]) > 50);
  expect(readFileSync(at('all.csv'), 'utf8')).toBe(`${COMMAS}${few.join('\n')}\n`);
  await expect(cleanFiles({ ...all, files: [{ ...bank, crlf: true }] })).rejects.toMatchObject({
    code: 'USAGE',
    message: '--concat and "crlf" in "files" exclude each other',
  });
});

test('a column that no input of its kind has is refused before any work', async () => {
  const folder = folderWith(FILES);
  const at = (name: string): string => join(folder, name);
  const inputs = [at('in/shop/a.csv'), at('in/shop/b.csv')];
  const files = [{ match: 'b.csv', folder, where: 'w > 1' }];
  await expect(cleanFiles({ inputs, outDir: at('out'), files })).rejects.toMatchObject({
    code: 'UNKNOWN_COLUMN',
  });
});

describe('a match', () => {
  const matching = async (...match: readonly string[]) => {
    const matches = await createFileMatcher([{ match, folder: '/p', options: {} }]);
    return (path: string): boolean => matches(path).length > 0;
  };

  test('without a slash is about the name, wherever it lies', async () => {
    const matches = await matching('*.csv');
    expect(['/p/a.csv', '/p/x/y/.b.csv', '/q/c.csv'].map(matches)).toEqual([true, true, true]);
    expect(matches('/p/a.csv.gz')).toBe(false);
  });

  test('with a slash is about the path below the folder', async () => {
    const matches = await matching('bank/*.csv', './top/{a,b}.csv', '../q/**');
    expect(['/p/bank/a.csv', '/p/top/b.csv', '/q/r/s.csv'].map(matches)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['/p/x/bank/a.csv', '/q.csv', '/bank/a.csv'].map(matches)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('is a name as it stands, too', async () => {
    const matches = await matching('y (1).csv', 'x/[a].csv');
    expect(['/p/y (1).csv', '/p/x/[a].csv', '/p/x/a.csv'].map(matches)).toEqual([true, true, true]);
    expect(matches('/p/y 2.csv')).toBe(false);
  });

  test('may be absolute', async () => {
    const matches = await matching('/data/**/*.csv');
    expect([matches('/data/x/a.csv'), matches('/p/data/a.csv')]).toEqual([true, false]);
  });
});

test('--check takes bounds and outliers that are asked for in some files for reasons there', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `r${i},${10 + (i % 17) / 4}\n`);
  const table = `k,fare\n${rows.join('')}far,9999\n`;
  const folder = folderWith({ 'a.csv': table, 'b.csv': table });
  const inputs = ['a.csv', 'b.csv'].map((name) => join(folder, name));
  const rulesOf = async (part: Partial<CleanOptions>, top: Partial<CleanOptions> = {}) => {
    const files = [{ match: 'a.csv', folder, ...part }];
    const result = await runInline({ inputs, check: true, ...top, files });
    return result.files.map(({ check }) => check!.changes.map(({ rule }) => rule).join());
  };
  expect(await rulesOf({ max: ['fare=100'] })).toEqual(['bound', '']);
  expect(await rulesOf({ outliers: 'auto' })).toEqual(['outlier', '']);
  expect(await rulesOf({ outliers: 'auto' }, { min: ['fare=1'] })).toEqual(['outlier', '']);
  expect(await rulesOf({ outliers: 'off' }, { outliers: 'auto' })).toEqual(['', 'outlier']);
});
