/** `csvclean profile`: what it says of files, and that it writes nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { widest } from '../../src/report/fit-width.js';
import { cleanIn, folderWith } from '../support/clean-in-folder.js';
import { PROJECT } from '../support/library.js';
import { listTree } from '../support/tree.js';

const HEADER = 'id,When,Amount,Note\n';

/** Rows in which each column says something: ids, dates, numbers with a sentinel, texts. */
function rowsOf(from: number, count: number): string {
  return Array.from({ length: count }, (_, k) => {
    const i = from + k;
    const day = `2024-0${1 + (i % 9)}-${10 + (i % 19)}`;
    const amount = i % 50 === 7 ? '-999' : String(((i * 7919) % 1000) / 8);
    const note = i % 10 === 3 ? 'NA' : i % 10 === 4 ? '' : `"row ""${i % 7}"""`;
    return `${i},${day},${amount},${note}\n`;
  }).join('');
}

const FILES = {
  'a.csv': HEADER + rowsOf(0, 400),
  'b.csv.gz': gzipSync(HEADER + rowsOf(400, 300)),
  'c.csv': `${HEADER}${rowsOf(700, 100)}\n,,,\n1,2,3,4,5\n`,
};

async function jsonOf(folder: string, args: readonly string[]) {
  const { stdout, code } = await cleanIn(folder, ['profile', ...args, '--json']);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

test('what profiles is in none of the files that a plain run loads', () => {
  const BUNDLE = join(PROJECT, 'dist', 'bundle');
  const read = (name: string): string => readFileSync(join(BUNDLE, `${name}.js`), 'utf8');
  // Said by suspects, guards and plans.
  const words = ['words for no value', 'guard by guard', 'To be edited'];
  const late = ['profiler', 'profile'].map(read).join('');
  expect(words.filter((word) => !late.includes(word))).toEqual([]);
  const early = ['main', 'run', 'work', 'index', 'thread-main'].map(read).join('');
  expect(words.filter((word) => early.includes(word))).toEqual([]);
});

test('a table may have more rows than a call takes arguments', () => {
  expect(widest(new Array<string>(200_000).fill('語'))).toBe(2);
});

describe.concurrent('csvclean profile', () => {
  test('prints tables, what to look at, and writes nothing', async () => {
    const folder = folderWith(FILES);
    const { code, stdout } = await cleanIn(folder, ['profile', 'a.csv'], { env: { LANG: 'C' } });
    expect(stdout).toBe(
      `a.csv: 400 rows, 12.3 KB

column  type        missing  distinct       least   median    greatest
id      integer                   400           0    199.5         399  [---====|===---]
when    YYYY-MM-DD                171  2024-01-10           2024-09-28  2024-01-10 0.8 %, 2024-01-17 0.8 %, 2024-01-18 0.8 %, 2024-01-19 0.8 %, …
amount  number                    393        -999  62.8125     124.875  <---------==|=-]
note    text        20 % #          7                                   row "0" 15 %, row "1" 14 %, row "4" 14 %, row "5" 14 %, …

Look at:
  id: numbers that may measure nothing: the name says "id"
  amount: -999 stands 8 times, and the next least number is 0
  note: words for no value: NA 40 times
`,
    );
    expect(code).toBe(0);
    expect(listTree(folder)).toEqual(Object.keys(FILES).sort());
  });

  test('gives the same JSON for any number of workers and any span size', async () => {
    const folder = folderWith(FILES);
    const outputs = await Promise.all(
      [['0'], ['1'], ['3'], ['3', '--span-size', '1KB']].map(async ([workers, ...more]) => {
        const args = ['profile', '.', '--json', '--workers', workers!, ...more];
        return (await cleanIn(folder, args)).stdout;
      }),
    );
    expect(outputs[0]).toContain('"input": "b.csv.gz"');
    expect(new Set(outputs).size).toBe(1);
  });

  test('tells of all files what it would of one that holds them all', async () => {
    const joined = HEADER + rowsOf(0, 800);
    const folder = folderWith({ ...FILES, 'c.csv': HEADER + rowsOf(700, 100), 'one.txt': joined });
    const { all } = await jsonOf(folder, ['*.csv*']);
    const { files } = await jsonOf(folder, ['one.txt']);
    expect(all).toEqual({ files: 3, rows: files[0].rows, columns: files[0].columns });
  });

  test('counts blank and rejected rows, with the line of the first', async () => {
    const { files } = await jsonOf(folderWith(FILES), ['c.csv']);
    expect(files[0].rows).toEqual({ in: 103, blank: 2, rejected: 1, table: 100 });
    expect(files[0].rejected).toEqual([{ rule: 'too_many_fields', count: 1, line: 104 }]);
  });

  test('tells which files are not like most', async () => {
    const folder = folderWith({
      'a.csv': 'k,x,y,z\n1,2,3,4\n',
      'b.csv': 'k,x,y,z\n1,2,3,4\n',
      'c.csv': 'k,x,y,new\n1,two,3,4\n',
      'other.csv': 'p,q\n1,2\n',
    });
    const { drift } = await jsonOf(folder, ['.']);
    expect(drift.map((one: { column: string; kind: string }) => [one.column, one.kind])).toEqual([
      ...[
        ['x', 'type'],
        ['z', 'missing'],
        ['new', 'new'],
      ],
    ]);
    expect(drift[0]).toMatchObject({
      ...{ message: 'text in 1, integer in 2 files', inputs: ['c.csv'] },
    });
  });

  test('reads other encodings and dialects as a run would', async () => {
    const text = 'Größe;Preis\n1;2,5\n2;3,5\n3;x\n';
    const { files } = await jsonOf(folderWith({ 'x.csv': Buffer.from(text, 'latin1') }), ['x.csv']);
    expect(files[0].dialect).toMatchObject({ encoding: 'windows-1252', delimiter: ';' });
    expect(files[0].columns[0]).toMatchObject({ name: 'grosse', original: 'Größe' });
    expect(files[0].columns[1].kinds).toMatchObject([{ kind: 'decimal_comma' }, { kind: 'text' }]);
  });

  test('describes files without rows, and without anything', async () => {
    const { files } = await jsonOf(folderWith({ 'e.csv': '', 'h.csv': 'a,b\n' }), ['.']);
    expect(files[0]).toMatchObject({ columns: [], error: null });
    expect(files[1].columns[1]).toMatchObject({ name: 'b', cells: 0, type: { name: 'empty' } });
  });

  test('names files that are none, does the others, and exits 1', async () => {
    const folder = folderWith({ ...FILES, 'x.csv': 'PK\x03\x04' });
    const { code, stdout } = await cleanIn(folder, ['profile', 'a.csv', 'x.csv']);
    expect(stdout).toContain('a.csv: 400 rows');
    expect(stdout).toContain('\nCOMPRESSED x.csv: line 1 (byte 0): the file is a ZIP archive');
    expect(code).toBe(1);
  });

  test('has a help of its own, as the other subcommands have', async () => {
    const folder = folderWith({});
    for (const name of ['sniff', 'rejects', 'profile', 'init']) {
      const { code, stdout } = await cleanIn(folder, [name, '--help']);
      expect([code, stdout]).toEqual([0, expect.stringMatching(`^csvclean ${name}: `)]);
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    }
  });

  test('refuses a stream, and an engine that cannot', async () => {
    const folder = folderWith(FILES);
    const stream = await cleanIn(folder, ['profile', '-']);
    expect([stream.code, stream.stderr]).toEqual([2, expect.stringContaining('is a stream')]);
    const engine = await cleanIn(folder, ['profile', 'a.csv', '--engine', 'reference']);
    expect([engine.code, engine.stderr]).toEqual([2, expect.stringContaining('the fast engine')]);
  });
});
