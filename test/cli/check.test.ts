/**
 * `--check` as the shipped command does it: what it prints, how it exits, and that it writes
 * nothing, from files, streams and archives, on any number of workers.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cleanFilesIn, cleanIn, folderWith } from '../support/clean-in-folder.js';
import { largeTable } from '../support/large-table.js';
import { listTree } from '../support/tree.js';

const DIRTY = 'Unit Price,b\n 1 ,2\n\n3,4,5\n';
const CLEAN = 'unit_price,b\n1,2\n';

describe('csvclean --check', () => {
  test('names the files that would change, with reasons and lines, and exits 1', async () => {
    const files = { 'a.csv': DIRTY, 'b.csv': CLEAN };
    const { code, stdout, stderr, folder } = await cleanFilesIn(files, ['*.csv', '--check']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      '1 of 2 files would change',
      '',
      'a.csv',
      '  line 1  name             Unit Price → unit_price',
      '  line 2  trim             unit_price: " 1 " → 1',
      '  line 3  blank            (empty) → (nothing)',
      '  line 4  too_many_fields  3,4,5 → 3 fields, the header has 2',
    ]);
    expect(listTree(folder)).toEqual(['a.csv', 'b.csv']);
  });

  test.each([[[]], [['--engine', 'reference']], [['--span-size', '16KB', '--workers', '2']]])(
    'does not say that no value fits where it has not looked at all of them: %j',
    async (more) => {
      const late = `A Name,d\n${'1,x\n'.repeat(250_000)}1,31.12.2024\n`;
      const args = ['a.csv', '--check', '--dates', 'd=DD.MM.YYYY', ...more];
      const { code, stderr } = await cleanFilesIn({ 'a.csv': late }, args);
      expect({ code, first: stderr.split('\n')[0] }).toEqual({
        code: 1,
        first: '1 of 1 file would change',
      });
    },
  );

  test('exits 0 where there is nothing to do, and on what csvclean wrote', async () => {
    const folder = folderWith({ 'a.csv': DIRTY, 'c/b.csv': CLEAN });
    const first = await cleanIn(folder, ['c/b.csv', '--check']);
    expect(first).toEqual({ code: 0, stdout: '', stderr: '1 file is clean\n' });
    await cleanIn(folder, ['a.csv']);
    const before = listTree(folder);
    for (const inputs of ['cleaned', 'cleaned/*.csv', 'cleaned/a.csv']) {
      const run = await cleanIn(folder, [inputs, '--check']);
      expect(run).toEqual({ code: 0, stdout: '', stderr: '1 file is clean\n' });
    }
    expect(listTree(folder)).toEqual(before);
  });

  test('prints only names with -q, and all of it with --json', async () => {
    const folder = folderWith({ 'a.csv': DIRTY, 'b.csv': CLEAN });
    const quiet = await cleanIn(folder, ['a.csv', 'b.csv', '--check', '-q']);
    expect(quiet).toEqual({ code: 1, stdout: '', stderr: 'a.csv would change\n' });
    const json = await cleanIn(folder, ['a.csv', 'b.csv', '--check', '--json', '-q']);
    const { status, dryRun, check, files } = JSON.parse(json.stdout);
    expect({ status, dryRun, check }).toEqual({
      ...{ status: 'done', dryRun: false, check: { changed: 1 } },
    });
    expect(files[0].check).toEqual({
      isChanged: true,
      isWhole: true,
      difference: {
        ...{ offsetBytes: 0, line: 1, before: 'Unit Price,b', after: 'unit_price,b' },
        isAtEnd: false,
      },
      changes: [
        { rule: 'name', line: 1, before: 'Unit Price', after: 'unit_price' },
        { rule: 'trim', column: 'unit_price', line: 2, before: ' 1 ', after: '1' },
        { rule: 'blank', line: 3, before: '', after: '' },
        { rule: 'too_many_fields', line: 4, before: '3,4,5', after: '3 fields, the header has 2' },
      ],
    });
    expect(files[1].check).toEqual({
      ...{ isChanged: false, isWhole: true, difference: null, changes: [] },
    });
  });

  test.each([
    ['\ufeffa,b\n1,2\n', 'line 1  byte_order_mark  a byte order mark → none'],
    ['a,b\r\n1,2\r\n', 'line 1  line_ends  CRLF → LF'],
    ['a,b\n1,2\r\n', 'line 2  bytes  1,2\\x0d → 1,2'],
    ['a,b\n1,2', 'line 2  line_ends  no line end behind the last row → LF'],
    ['a;b\n1;2\n3;4\n', 'line 1  delimiter  semicolons → commas'],
    [`a,b\n${"'x, y',2\n'it',3\n".repeat(9)}`, `line 1  quote    ' → "`],
    [Buffer.from('a,b\ncaf\xe9,2\n', 'latin1'), 'encoding  windows-1252 → utf-8'],
    ['a,b\n1\n', 'line 2  pad  1 → 1,'],
  ])('tells why: %j', async (input, reason) => {
    const run = await cleanFilesIn({ 'a.csv': input }, ['a.csv', '--check']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(reason);
  });

  test('shows of many columns those from the first that differs, and long names cut', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `column_${i}`);
    const table = `${names.join()},${'A'.repeat(1000)}\n${'1,'.repeat(300)}1\n`;
    const { stderr } = await cleanFilesIn({ 'a.csv': table }, [
      ...['a.csv', '--check', '--drop', 'column_200'],
    ]);
    expect(stderr).toContain('columns  …,column_200,column_201,');
    expect(stderr).toContain(' → …,column_201,column_202,');
    expect(stderr).toContain(`name     ${'A'.repeat(119)}… → ${'a'.repeat(119)}…\n`);
    expect(stderr.length).toBeLessThan(1000);
  });

  test('holds a file against the form that is asked for', async () => {
    const folder = folderWith({ 'a.csv': 'a;b\r\n1;2\r\n3;4\r\n' });
    for (const form of [['--keep-dialect'], ['--out-delimiter', ';', '--crlf']]) {
      expect((await cleanIn(folder, ['a.csv', '--check', ...form])).code).toBe(0);
    }
    const other = await cleanIn(folder, ['a.csv', '--check', '--crlf']);
    expect(other.code).toBe(1);
    expect(other.stderr).not.toContain('line_ends');
  });

  test('takes standard input and archives, and leaves nothing behind', async () => {
    const folder = folderWith({ 'a.csv.gz': gzipSync(DIRTY), 'b.csv.gz': gzipSync(CLEAN) });
    const files = await cleanIn(folder, ['a.csv.gz', 'b.csv.gz', '--check', '-q']);
    expect(files).toEqual({ code: 1, stdout: '', stderr: 'a.csv.gz would change\n' });
    const dirty = await cleanIn(folder, ['-', '--check', '-q'], { stdin: DIRTY });
    expect(dirty).toEqual({ code: 1, stdout: '', stderr: 'stdin would change\n' });
    const clean = await cleanIn(folder, ['-', '--check', '-q'], { stdin: CLEAN });
    expect(clean).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(listTree(folder)).toEqual(['a.csv.gz', 'b.csv.gz']);
  });

  test('gives the same on any number of workers, and looks no further than it must', async () => {
    const table = largeTable({ bytes: 400_000, seed: 3 });
    const folder = folderWith({ 'raw.csv': table });
    await cleanIn(folder, ['raw.csv', '--output', 'a.csv', '--outliers', 'off', '-q']);
    const { size } = statSync(join(folder, 'a.csv'));
    const late = { 'late.csv': Buffer.from(`${'a,b\n'}${'1,2\n'.repeat(100_000)}1, 2\n3,4\n`) };
    const early = { 'early.csv': Buffer.from(`a,b\n1, 2\n${'1,2\n'.repeat(400_000)}`) };
    const found: unknown[] = [];
    const other = folderWith({ ...late, ...early });
    for (const workers of ['0', '1', '3']) {
      const more = ['--check', '--json', '--span-size', '20KB', '--workers', workers, '-q'];
      const clean = await cleanIn(folder, ['a.csv', ...more]);
      expect(clean.code, clean.stdout).toBe(0);
      const run = await cleanIn(other, ['late.csv', 'early.csv', '--outliers', 'off', ...more]);
      expect(run.code).toBe(1);
      const { files } = JSON.parse(run.stdout);
      const [first, second] = files;
      expect(first.check.changes).toEqual([
        { rule: 'trim', column: 'b', line: 100_002, before: ' 2', after: '2' },
      ]);
      expect(second.check.isWhole).toBe(false);
      expect(second.report.rows.in).toBeLessThan(100_000);
      found.push([first.check, second.check, second.report.rows]);
    }
    expect(size).toBeGreaterThan(20 * 8 * 1024);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  test('tells outliers, but takes none for a reason unless they are asked for', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `r${i},${10 + (i % 17) / 4}\n`);
    const folder = folderWith({ 'a.csv': `k,fare\n${rows.join('')}far,9999\n` });
    const plain = await cleanIn(folder, ['a.csv', '--check']);
    expect(plain.code).toBe(0);
    expect(plain.stderr).toBe(
      '1 file is clean\n\n1 value is an outlier, and no reason: --outliers auto makes them one\n',
    );
    const asked = await cleanIn(folder, ['a.csv', '--check', '--outliers', 'auto']);
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain('line 62  outlier  fare: far,9999 → fare 9999 is beyond');
    const bound = await cleanIn(folder, ['a.csv', '--check', '--max', 'fare=100']);
    expect(bound.code).toBe(1);
    expect(bound.stderr).toContain('line 62  bound  fare: far,9999 → ');
    const emptied = await cleanIn(folder, [
      ...['a.csv', '--check', '--max', 'fare=100', '--outlier-action', 'null'],
    ]);
    expect(emptied.code).toBe(1);
    expect(emptied.stderr).not.toContain('no reason');
  });

  test('fails for a file that cannot be cleaned, and for what is no usage', async () => {
    const folder = folderWith({ 'a.csv': 'a,b\n1,2\n3\n', 'b.csv': CLEAN });
    const ragged = await cleanIn(folder, ['a.csv', 'b.csv', '--check', '--ragged', 'error']);
    expect(ragged.code).toBe(1);
    expect(ragged.stderr).toContain('1 file is clean');
    expect(ragged.stderr).toContain('RAGGED a.csv: line 3');
    for (const other of [
      ['--output', 'x.csv'],
      ['--in-place', '--force'],
      ['--compress', 'gz'],
      ['--dry-run'],
      ['--baseline'],
    ]) {
      const run = await cleanIn(folder, ['a.csv', '--check', ...other]);
      expect(run.code).toBe(2);
      expect(run.stderr).toBe(
        `USAGE: --check and ${other[0]} exclude each other.\n` +
          '  --check writes nothing: leave the other out.\n',
      );
    }
  });
});
