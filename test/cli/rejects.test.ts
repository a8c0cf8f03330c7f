/** `csvclean rejects`: what was taken out, under its header, to mend and run again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cleanIn, folderWith } from '../support/clean-in-folder.js';
import { listTree } from '../support/tree.js';

const ROWS = ['1,Ann,5', '2,Bob,6', '3,Cy,7', '4,Di,8', '5,Ed,9'];
const SALES = `id,Full Name,qty\n${ROWS.join('\n')}\n6,Flo,1,2\n7,"Gus\njr",77\n8,Hal,10\n`;
const OFF = ['--outliers', 'off', '--quiet'];
const BOUND = ['--max', 'qty=50'];

/** Cleans `input`, then prints its rejects. */
async function rejectsOf(
  input: string,
  content: string | Uint8Array,
  dialect: readonly string[] = [],
  rules: readonly string[] = BOUND,
) {
  const folder = folderWith({ [input]: content });
  expect((await cleanIn(folder, [input, ...OFF, ...dialect, ...rules])).code).toBe(0);
  const path = `cleaned/rejects/${input}.rejects.csv`;
  return { folder, path, ...(await cleanIn(folder, ['rejects', path, ...dialect])) };
}

describe.concurrent('csvclean rejects', () => {
  test('prints the records as they stood, under the header', async () => {
    const { code, stdout, stderr, folder } = await rejectsOf('sales.csv', SALES);
    expect(stdout).toBe('id,Full Name,qty\n6,Flo,1,2\n7,"Gus\njr",77\n');
    expect(stderr).toBe('2 records of sales.csv: too_many_fields 1, bound 1\n');
    expect(code).toBe(0);
    expect(listTree(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test('gives what can be mended and run again: then all rows are there', async () => {
    const { folder, stdout } = await rejectsOf('sales.csv', SALES);
    const mended = stdout.replace('1,2', '12').replace('77', '7');
    writeFileSync(join(folder, 'mended.csv'), mended);
    expect((await cleanIn(folder, ['mended.csv', ...OFF])).code).toBe(0);
    expect(readFileSync(join(folder, 'cleaned/sales.csv'), 'utf8')).toBe(
      `id,full_name,qty\n${ROWS.join('\n')}\n8,Hal,10\n`,
    );
    expect(readFileSync(join(folder, 'cleaned/mended.csv'), 'utf8')).toBe(
      'id,full_name,qty\n6,Flo,12\n7,"Gus\njr",7\n',
    );
  });

  test('prints in the dialect of the input, and leaves out what is no row of the table', async () => {
    const rows = ROWS.map((row) => row.replaceAll(',', ';')).join('\r\n');
    const text = `Export 2024\r\n\r\nid;Name\u00e9;qty\r\n${rows}\r\nid;Name\u00e9;qty\r\n6;Z\u00fcrich;99\r\n\r\nSource: x\r\n`;
    const { stdout, stderr } = await rejectsOf('bank.csv', Buffer.from(text, 'latin1'));
    expect(stdout).toBe('id;Name\u00e9;qty\n6;Z\u00fcrich;99\n');
    expect(stderr).toBe(
      '1 record of bank.csv: bound 1\n' +
        '  left out, as no rows of the table: repeated_header 1, footer 1\n',
    );
  });

  test.each([
    ['compressed', 'a.csv.gz', gzipSync(SALES), [], 'id,Full Name,qty\n6,Flo,1,2\n'],
    [
      ...(['with two header rows', 'b.csv', `a,b,c\n${SALES}`] as const),
      ...([['--header-rows', '2'], 'a,b,c\nid,Full Name,qty\n6,Flo,1,2\n'] as const),
    ],
    [
      'without a header',
      'c.csv',
      `${ROWS.join('\n')}\n6,Flo,1,2\n`,
      ['--no-headers'],
      '6,Flo,1,2\n',
    ],
    [
      'with CR line ends',
      'd.csv',
      SALES.replaceAll('\n', '\r'),
      [],
      'id,Full Name,qty\r6,Flo,1,2\r',
    ],
    ['with a byte order mark', 'e.csv', `\ufeff${SALES}`, [], 'id,Full Name,qty\n6,Flo,1,2\n'],
  ] as const)('of an input %s', async (_, name, content, dialect, expected) => {
    const { code, stdout } = await rejectsOf(name, content, dialect, []);
    expect(code).toBe(0);
    expect(stdout).toBe(expected);
  });

  test('says how many records hold bytes that are no text', async () => {
    const good = `id,n,qty\n${'5,\u00c9d,9\n'.repeat(1200)}`;
    const bad = Buffer.concat([Buffer.from(good), Buffer.from('6,\xff,1\n', 'latin1')]);
    const { stdout, stderr } = await rejectsOf('bad.csv', bad);
    expect(stdout).toBe('id,n,qty\n6,\\xFF,1\n');
    expect(stderr).toBe(
      '1 record of bad.csv: bad_encoding 1\n  bytes that are no text stand as \\xHH in 1\n',
    );
  });

  test('takes the input where it is now, as a second argument', async () => {
    const { folder, path } = await rejectsOf('sales.csv', SALES);
    const elsewhere = folderWith({ 'moved.csv': SALES });
    const args = ['rejects', join(folder, path)];
    const lost = await cleanIn(elsewhere, args);
    expect(lost.stderr).toBe(
      'NO_MATCH sales.csv: the header stands in the input, which is not there.\n' +
        '  Name it behind the rejects: csvclean rejects REJECTS INPUT.\n',
    );
    expect(lost).toMatchObject({ code: 2, stdout: '' });
    const found = await cleanIn(elsewhere, [...args, 'moved.csv']);
    expect(found.stdout).toBe('id,Full Name,qty\n6,Flo,1,2\n7,"Gus\njr",77\n');
  });

  test.each([
    ['JSON', '{"a":1}\n', 1],
    ['nothing', '', 1],
    ['bytes that are no text', Buffer.from([0x66, 0xff, 0x0a]), 1],
    [
      'a short line',
      `${'file,line,byte_offset,rule,column,value,message,record,escaped'}\na,1\n`,
      2,
    ],
  ])('refuses %s', async (_, content, line) => {
    const { code, stderr } = await cleanIn(folderWith({ 'x.csv': content }), ['rejects', 'x.csv']);
    expect(stderr).toBe(
      `USAGE x.csv: line ${line}: it is no file of rejects as csvclean writes them.\n` +
        '  Name one of those in rejects/, unchanged.\n',
    );
    expect(code).toBe(2);
  });

  test.each([[[]], [['a', 'b', 'c']]])('refuses the arguments %j', async (args) => {
    const { code, stderr } = await cleanIn(folderWith({}), ['rejects', ...args]);
    expect(stderr).toContain('csvclean rejects takes one file of rejects, and its input');
    expect(code).toBe(2);
  });

  test('refuses a file that is not there', async () => {
    const { code, stderr } = await cleanIn(folderWith({}), ['rejects', 'none.csv']);
    expect(stderr).toContain('CANNOT_READ none.csv');
    expect(code).toBe(1);
  });

  test('ends quietly when nobody reads on', async () => {
    const { folder, path } = await rejectsOf('sales.csv', SALES.concat('9,x,99\n'.repeat(50_000)));
    const { code, stderr } = await cleanIn(folder, ['rejects', path], { hasDeafReader: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
