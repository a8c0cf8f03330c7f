/**
 * What a person reads after a run, word for word: what was repaired, renamed, missing or left
 * alone, with warnings; and what -q, -v and -n make of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cleanFilesIn, cleanIn, type Files } from '../support/clean-in-folder.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** The input of a fixture. */
function fixture(path: string): Uint8Array {
  return readFileSync(join(FIXTURES, path, 'input/data.csv'));
}

/** Sizes and times differ from run to run. */
function withoutTimes(text: string): string {
  return text
    .replace(/^\d.* in \d.* on (\d+ workers?)$/m, 'SPEED on $1')
    .replace(/\(\d+ ms\)/g, '(TIME)');
}

/** Standard error of a run that succeeds, times left out. */
async function summaryOf(files: Files, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await cleanFilesIn(files, args);
  expect([code, stdout]).toEqual([0, '']);
  return withoutTimes(stderr);
}

const MESSY =
  ' Vendor Name ,,__proto__,constructor,a,a\n1,2,3,4,5,6\n1,2\n\n x ,,,,,,\n1,"2"" x",NA,"y"z,5,6\n';

describe.concurrent('the summary', () => {
  test('names empty files and those with a header only', async () => {
    expect(await summaryOf({ 'e.csv': '', 'h.csv': 'a,b\n' }, ['e.csv', 'h.csv'])).toBe(
      `2 files cleaned → cleaned/

  rows in   0
  kept      0

Empty: e.csv
Header only: h.csv

SPEED on 1 worker
`,
    );
  });

  test('counts rows, repairs and names: empty, duplicate and reserved ones too', async () => {
    expect(await summaryOf({ 'm.csv': MESSY }, ['m.csv'])).toBe(
      `1 file cleaned → cleaned/

  rows in   5
  kept      4   80.0 %
  blank     1   20.0 %

Repaired: 1 short row padded, empty extra cells cut from 1 row, stray quotes kept in 1 row, 1 cell trimmed, 1 cell requoted
Renamed: " Vendor Name " → vendor_name, "" → column_2, "__proto__" → proto, "a" → a_2
Missing: 1 cell looks like NA, and stays (--nulls auto)

SPEED on 1 worker
`,
    );
  });

  test('adds a line a file and every column with -v', async () => {
    const text = await summaryOf({ 'm.csv': MESSY }, ['m.csv', '-v']);
    const [first, second] = text.split('\n');
    expect(first).toBe('main  m.csv → cleaned/m.csv: 5 rows in, 4 kept (TIME)');
    expect(second).toBe('1 file cleaned → cleaned/');
    expect(text).toContain(
      'm.csv, left alone (not_numeric): vendor_name, column_2, constructor\n' +
        'm.csv, left alone (few_values): proto, a, a_2\n',
    );
    expect(text).toContain('Engine: fast\n');
  });

  test('is empty with -q, when nothing is wrong', async () => {
    expect(await summaryOf({ 'm.csv': MESSY }, ['m.csv', '-q'])).toBe('');
  });

  test('counts missing operands, texts, divisions by zero and what is not finite', async () => {
    const files = { 'd.csv': 'k,a,b\nx,1,0\ny,,2\nz,q,2\n' };
    const derives = ['--derive', 'q = a / b', '--derive', 'l = log(b)'];
    expect(await summaryOf(files, ['d.csv', ...derives, '--where', 'a < 5 or is_missing(a)'])).toBe(
      `1 file cleaned → cleaned/

  rows in   3
  kept      2   66.7 %
  filtered  1   33.3 %

--where 'a < 5 or is_missing(a)': 1 missing operand, 1 cell not a number
--derive 'q = a / b': 1 missing operand, 1 division by zero
--derive 'l = log(b)': 1 result not finite

SPEED on 1 worker
`,
    );
  });

  test('warns of a quote that is never closed', async () => {
    const files = { 'u.csv': 'id,v\n1,fine\n2,"open' };
    const warning =
      'warning u.csv: line 3, column "v": a quote opened in the last line is never closed: ' +
      'the file may be cut off here.\n' +
      '  Close the quote, or set --quote none if " is an ordinary character here.\n';
    const text = await summaryOf(files, ['u.csv']);
    expect(text).toContain('  rejected  1   50.0 %  bad_quote 1\n');
    expect(text.endsWith(`\n\n${warning}`)).toBe(true);
    expect(await summaryOf(files, ['u.csv', '-q'])).toBe(warning);
  });

  test('begins with what was set aside as outliers, and where', async () => {
    const files = { 'o.csv': fixture('outliers/30-values-are-enough') };
    const text = await summaryOf(files, ['o.csv']);
    expect(text.split('\n')[0]).toBe(
      '1 row set aside as outliers → cleaned/rejects/o.csv.rejects.csv',
    );
    expect(text).toContain('  outlier    1    3.3 %\n');
  });

  test('tells of a clump with value, count and remedy', async () => {
    const files = { 'c.csv': fixture('outliers/clump-of-sentinels') };
    expect(await summaryOf(files, ['c.csv'])).toContain(
      'c.csv, column "v": left alone (clump): 5 cells are -999\n' +
        '  if these are no measurements, --nulls v=-999 empties them, --min v=10 sets their rows aside\n',
    );
  });

  test('warns when the file cap holds', async () => {
    const files = { 'f.csv': fixture('outliers/file-cap') };
    expect(await summaryOf(files, ['f.csv', '-q'])).toBe(
      'warning f.csv: nothing is taken out as an outlier: 2 of 60 rows would go, more than 1 %.\n' +
        '  Look at the file first; --outliers gap takes them out all the same.\n',
    );
  });

  test('warns when a named method takes out much of a column', async () => {
    const files = { 'n.csv': fixture('outliers/named-method-warns-of-many') };
    expect(await summaryOf(files, ['n.csv', '-q', '--outliers', 'iqr:1.5'])).toBe(
      'warning n.csv: column "v": 2 values are outliers, 5.0 % of the column.\n' +
        '  Check that they are errors: --outlier-action report only counts them.\n',
    );
  });

  test('says what would go, with examples of each rule, and writes nothing in a dry run', async () => {
    const files = { 'o.csv': 'k,v\nx,1\n\ny,900\n z,3\n' };
    const args = ['o.csv', '-n', '--max', 'v=100', '--where', 'v != 3'];
    const { code, stderr, folder } = await cleanFilesIn(files, args);
    expect(withoutTimes(stderr)).toBe(
      `1 row would be set aside as outliers
1 file would be cleaned (dry run: nothing written)

  rows in   4
  kept      1   25.0 %
  blank     1   25.0 %
  filtered  1   25.0 %
  outlier   1   25.0 %  bound 1

Repaired: 1 cell trimmed

What each rule would do:
  blank
    o.csv:3  (nothing) → (nothing)
  bound
    o.csv:4  v: y,900 → v 900 is above the maximum of 100
  trim
    o.csv:5  k: " z" → z
  where
    o.csv:5  " z,3" → (nothing)

SPEED on 1 worker
`,
    );
    expect([code, existsSync(join(folder, 'cleaned'))]).toEqual([0, false]);
  });

  test('shows examples of every column in a dry run, and a few of each', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ` a,${i},b \n`).join('');
    const files = { 'o.csv': `x,n,y\n${rows}` };
    const args = ['o.csv', '-n', '--derive', 'd = n + 1', '--derive', 'e = x || y'];
    const { stderr } = await cleanFilesIn(files, args);
    const shown = /What each rule would do:\n(.*?)\n\n/s.exec(stderr)?.[1];
    expect(shown).toBe(
      [
        ...['  trim', '    o.csv:2  x: " a" → a', '    o.csv:3  x: " a" → a'],
        ...['    o.csv:2  y: "b " → b', '    o.csv:3  y: "b " → b', '  derive'],
        ...['    o.csv:2  d: d = n + 1 → 1', '    o.csv:3  d: d = n + 1 → 2'],
        ...['    o.csv:2  e: e = x || y → ab', '    o.csv:3  e: e = x || y → ab'],
      ].join('\n'),
    );
  });

  test('counts the files that failed, and ends with their errors', async () => {
    const { code, stderr } = await cleanFilesIn({ 'a.csv': 'PK\x03\x04', 'b.csv': 'x\n1\n' }, [
      '.',
    ]);
    const text = withoutTimes(stderr);
    expect(text.split('\n')[0]).toBe('1 of 2 files cleaned → cleaned/');
    expect(text).toMatch(/\n\nCOMPRESSED a\.csv: line 1 [^\n]*\n {2}Unpack it[^\n]*\n$/);
    expect(code).toBe(1);
  });

  test('adds the measured speed-up with --baseline', async () => {
    const { code, stderr } = await cleanFilesIn({ 'a.csv': 'x\n1\n' }, ['a.csv', '--baseline']);
    expect(stderr).toMatch(/^running again on one worker …\n/);
    expect(stderr).toMatch(
      / on 1 worker, \d+\.\d\d × one worker \(measured: \d+ ms, same bytes\)\n$/,
    );
    expect(code).toBe(0);
  });
});

describe.concurrent('csvclean --json', () => {
  const files = { 'a.csv': 'Id,\x1bv\n1,2\n2,3,4\n', 'b.csv': 'PK\x03\x04', 'c.csv': '' };

  test('prints one JSON document on standard output, and nothing else', async () => {
    const { code, stdout, stderr } = await cleanFilesIn(files, ['.', '--json']);
    const result = JSON.parse(stdout);
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(result).toMatchObject({
      version: 1,
      status: 'failed',
      dryRun: false,
      target: 'cleaned',
      totals: {
        files: 3,
        cleaned: 2,
        failed: 1,
        skipped: 0,
        rows: { in: 2, kept: 1, rejected: 1 },
      },
      problems: [],
      files: [
        {
          input: 'a.csv',
          output: 'cleaned/a.csv',
          rejects: 'cleaned/rejects/a.csv.rejects.csv',
          report: {
            rejectedByRule: [{ rule: 'too_many_fields', count: 1 }],
            columns: [
              { from: 'Id', to: 'id' },
              { from: '\x1bv', to: 'v' },
            ],
          },
          error: null,
        },
        { input: 'b.csv', output: null, report: null, error: { code: 'COMPRESSED', line: 1 } },
        { input: 'c.csv', output: 'cleaned/c.csv', report: { shape: 'empty' } },
      ],
    });
    expect(stderr).toContain('2 of 3 files cleaned');
    expect(code).toBe(1);
  });

  test('prints nothing on standard output, when the usage is wrong', async () => {
    const { code, stdout } = await cleanFilesIn(files, ['.', '--json', '--where', '(']);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('leaves standard error empty with -q, when nothing is wrong', async () => {
    const { code, stdout, stderr, folder } = await cleanFilesIn({ 'a.csv': 'x\n1\n' }, [
      ...['a.csv', '--json', '-q'],
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const again = await cleanIn(folder, ['a.csv', '--json', '-q', '--workers', '0']);
    const [first, second] = [stdout, again.stdout].map((text) => JSON.parse(text).files[0].report);
    expect(second).toEqual(first);
  });
});
