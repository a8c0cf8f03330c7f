/**
 * What is wrong with an input is said in exact words, naming file, line and remedy; the other files
 * are finished, nothing is half-written, and the exit code tells.
 */
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  cleanFilesIn,
  cleanIn,
  type Files,
  folderWith,
  textOf,
} from '../support/clean-in-folder.js';
import { injectFault } from '../support/inject-fault.js';

const GOOD = 'id,v\n1,2\n';

/**
 * Cleans `bad` beside a good file: stderr is exactly `stderr`, the bad one has no output, the good
 * one has.
 */
async function fails(
  bad: Files,
  args: readonly string[],
  stderr: string,
  nodeArgs: readonly string[] = [],
): Promise<void> {
  const names = Object.keys(bad);
  const all = [...names, 'good.csv', '-q', ...args];
  const ran = await cleanFilesIn({ ...bad, 'good.csv': GOOD }, all, { nodeArgs });
  expect(ran.stderr).toBe(stderr);
  expect(ran.code).toBe(1);
  expect(ran.stdout).toBe('');
  for (const name of names) expect(existsSync(join(ran.folder, 'cleaned', name))).toBe(false);
  expect(textOf(ran.folder, 'cleaned/good.csv')).toBe(GOOD);
}

describe.concurrent('csvclean fails one file and finishes the others, when it', () => {
  test('may not be read', () =>
    fails(
      { 'a.csv': GOOD },
      [],
      'CANNOT_READ a.csv: cannot read: permission denied.\n' +
        '  Check the permissions of file and folder.\n',
      injectFault('openSync', 'EACCES', "String(args[0]).endsWith('/a.csv')"),
    ));

  test('meets a disk that fails while it is read', () =>
    fails(
      { 'a.csv': `id,v\n${'1,2\n'.repeat(1000)}` },
      [],
      'CANNOT_READ a.csv: cannot read: input/output error.\n' +
        '  The disk may be failing: check it.\n',
      // Told by its size.
      injectFault('readSync', 'EIO', 'fs.fstatSync(args[0]).size === 4005'),
    ));

  test('does not fit on the disk', () =>
    fails(
      { 'a.csv': `id,v\n${'1,2\n'.repeat(1000)}` },
      [],
      'CANNOT_WRITE a.csv: cannot write: no space left on the disk.\n' +
        '  Free space or choose another disk.\n',
      injectFault('writeSync', 'ENOSPC', 'args[1].length > 1000'),
    ));

  test('is not UTF-8', () =>
    fails(
      { 'a.csv': Buffer.from('id,v\n1,caf\xe9\n', 'latin1') },
      ['--encoding-errors', 'strict'],
      'NOT_UTF8 a.csv: line 2 (byte 10): byte 0xE9 is not UTF-8.\n' +
        '  Set --encoding to what it is in, or --encoding-errors reject.\n',
    ));

  test('is UTF-16 with half a character, under --encoding-errors strict', () =>
    fails(
      { 'a.csv': Buffer.from('\ufeffid,v\n1,\ud83dx\n', 'utf16le') },
      ['--encoding-errors', 'strict'],
      'BAD_ENCODING a.csv: line 2 (byte 16): bytes that stand for nothing in utf-16le.\n' +
        '  Give another --encoding, or --encoding-errors reject to set the broken records aside.\n',
    ));

  test('is a workbook', () =>
    fails(
      { 'a.csv': Buffer.from('PK\x03\x04…', 'latin1') },
      [],
      'COMPRESSED a.csv: line 1 (byte 0): the file is a ZIP archive or an Excel workbook, not text.\n' +
        '  Unpack it, or export it as CSV, and clean the result.\n',
    ));

  test('has no line end where a header should be', () =>
    fails(
      { 'a.csv': ','.repeat(17_000_000) },
      [],
      'RECORD_TOO_LONG a.csv: line 1 (byte 0): the first record is longer than 16777216 bytes.\n' +
        '  Check that it is CSV, with line ends; or raise --max-field.\n',
    ));

  test('has a ragged row under --ragged error', () =>
    fails(
      { 'a.csv': 'id,v\n1,2\n3\n' },
      ['--ragged', 'error'],
      'RAGGED a.csv: line 3 (byte 9): 1 field, the header has 2.\n' +
        '  Mend the record, or use --ragged pad (fills short rows) or --ragged reject ' +
        '(sets such rows aside).\n',
    ));

  test('has a quote in its header that is never closed', () =>
    fails(
      { 'a.csv': '\n"id,v' },
      [],
      'DIALECT a.csv: line 2 (byte 1): a quote in the header is never closed.\n' +
        '  Close it, or set --quote none if quotes are ordinary characters here.\n',
    ));

  test('has more columns than --max-columns', () =>
    fails(
      { 'a.csv': 'a,b,c\n1,2,3\n' },
      ['--max-columns', '2'],
      'TOO_MANY_COLUMNS a.csv: line 1 (byte 0): the header has 3 columns, the limit is 2.\n' +
        '  Raise --max-columns, or check --delimiter.\n',
    ));

  test('lacks a column that another file has', () =>
    fails(
      { 'a.csv': 'id,w\n1,2\n' },
      ['--where', 'v > 1'],
      'UNKNOWN_COLUMN a.csv: --where: there is no column "v".\n  The columns are: id, w.\n',
    ));

  test('has more than 100,000 groups', () =>
    fails(
      { 'a.csv': `id,v\n${Array.from({ length: 100_001 }, (_, i) => `${i},1\n`).join('')}` },
      ['--group-by', 'id'],
      'TOO_MANY_GROUPS a.csv: line 100002: --group-by: more than 100,000 groups.\n' +
        '  Group by columns with fewer different values, or raise --max-groups.\n',
    ));
});

describe.concurrent('csvclean refuses the output of one file, when there', () => {
  test('stands a file that it did not write', async () => {
    const files = { 'a.csv': GOOD, 'b.csv': GOOD, 'cleaned/a.csv': 'mine\n' };
    const { code, stderr, folder } = await cleanFilesIn(files, ['a.csv', 'b.csv', '-q']);
    expect(stderr).toBe(
      'OUTPUT_EXISTS a.csv: cleaned/a.csv exists and was not written by csvclean.\n' +
        '  Move it away, choose another --out-dir, or add --force to replace it.\n',
    );
    expect(code).toBe(1);
    expect(textOf(folder, 'cleaned/a.csv')).toBe('mine\n');
    expect(textOf(folder, 'cleaned/b.csv')).toBe(GOOD);
  });

  test('stands a folder', async () => {
    const files = { 'a.csv': GOOD, 'cleaned/a.csv/x': '' };
    const { code, stderr } = await cleanFilesIn(files, ['a.csv', '-q']);
    expect(stderr).toBe(
      'OUTPUT_EXISTS a.csv: cleaned/a.csv is a folder.\n  Choose another --out-dir.\n',
    );
    expect(code).toBe(1);
  });

  test('the name would be too long', async () => {
    const name = `${'n'.repeat(251)}.csv`;
    const args = [name, 'b.csv', '-q', '--prefix', 'x'];
    const { code, stderr } = await cleanFilesIn({ [name]: GOOD, 'b.csv': GOOD }, args);
    expect(stderr).toBe(
      `CANNOT_WRITE ${name}: cannot write: the name is too long.\n` +
        '  Use a shorter name or --prefix.\n',
    );
    expect(code).toBe(1);
  });
});

describe.concurrent('csvclean says', () => {
  test('that the output folder cannot be written, when a file stands in its place', async () => {
    const { code, stderr } = await cleanFilesIn({ 'a.csv': GOOD, cleaned: 'x' }, ['a.csv']);
    expect(stderr).toBe(
      'OUTPUT_FOLDER cleaned: the output folder cannot be written: part of the path is a file.\n' +
        '  Check its permissions, or choose another --out-dir.\n',
    );
    expect(code).toBe(1);
  });

  test('that a link leads nowhere', async () => {
    const folder = folderWith({});
    symlinkSync('gone.csv', join(folder, 'a.csv'));
    const { code, stderr } = await cleanIn(folder, ['a.csv', '-q']);
    expect(stderr).toBe(
      'CANNOT_READ a.csv: cannot read: no such file or folder.\n' +
        '  Check the path; it may have vanished.\n',
    );
    expect(code).toBe(1);
  });

  test('that a device is no file', async () => {
    const { code, stderr } = await cleanFilesIn({}, ['/dev/null', '-q']);
    expect(stderr).toBe(
      'NOT_A_FILE /dev/null: it is a device, not a file.\n  Name a regular file.\n',
    );
    expect(code).toBe(1);
  });

  test('that the names of inputs cannot be read, when --files-from is missing', async () => {
    const { code, stderr } = await cleanFilesIn({}, ['--files-from', 'names.txt']);
    expect(stderr).toBe(
      'CANNOT_READ names.txt: cannot read: no such file or folder.\n' +
        '  Check the path; it may have vanished.\n',
    );
    expect(code).toBe(1);
  });

  test('that --in-place would change the dialect', async () => {
    const { code, stderr, folder } = await cleanFilesIn({ 'a.tsv': 'a\tb\n1\t2\n' }, [
      ...['a.tsv', '-q', '--in-place', '--force'],
    ]);
    expect(stderr).toBe(
      'DIALECT a.tsv: cleaned in place it would change its dialect to RFC 4180.\n' +
        '  Add --keep-dialect, or use --out-dir instead of --in-place.\n',
    );
    expect(code).toBe(1);
    expect(textOf(folder, 'a.tsv')).toBe('a\tb\n1\t2\n');
  });

  test('how many files --fail-fast left out', async () => {
    // The largest input is the first to be cleaned.
    const files = { 'a.csv': 'PK\x03\x04 and more', 'b.csv': GOOD, 'c.csv': GOOD };
    const args = ['a.csv', 'b.csv', 'c.csv', '-q', '--fail-fast', '--workers', '0'];
    const { code, stderr } = await cleanFilesIn(files, args);
    expect(stderr).toBe(
      'COMPRESSED a.csv: line 1 (byte 0): the file is a ZIP archive or an Excel workbook, ' +
        'not text.\n  Unpack it, or export it as CSV, and clean the result.\n' +
        'SKIPPED: 2 files not cleaned: --fail-fast stopped the run after another file failed.\n',
    );
    expect(code).toBe(1);
  });

  test.each([
    ['1', '2 of 3 records rejected, --max-rejects is 1'],
    ['66%', '2 of 3 records rejected, --max-rejects is 66%'],
  ])('that more was rejected than --max-rejects %s allows', async (limit, message) => {
    const files = { 'a.csv': 'a,b\n1,2,3\n4,5\n6,7,8\n' };
    const { code, stderr, folder } = await cleanFilesIn(files, [
      'a.csv',
      '-q',
      '--max-rejects',
      limit,
    ]);
    expect(stderr).toBe(
      `TOO_MANY_REJECTS: ${message}.\n` +
        '  Look at the rejects, mend the inputs, or raise --max-rejects.\n',
    );
    expect(code).toBe(1);
    expect(textOf(folder, 'cleaned/a.csv')).toBe('a,b\n4,5\n');
  });
});
