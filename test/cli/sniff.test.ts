/** `csvclean sniff`: what it says of files, and that it writes nothing. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cleanIn, folderWith } from '../support/clean-in-folder.js';
import { listTree } from '../support/tree.js';

const BANK = Buffer.from(
  'Kontoauszug\nErstellt am 3.4.2024\n\nDatum;Betrag;Text\n' +
    '01.02.2024;1.234,50;M\xfcller, Hans\n02.02.2024;-3,20;"Caf\xe9; Bar"\n03.02.2024;17,00;Stra\xdfe\n',
  'latin1',
);
const FILES = {
  'bank.csv': BANK,
  'packed.csv.gz': gzipSync('id|name\n1|Ann\n2|Bob\n3|Cy\n'),
  'plain.csv': 'id,name\n1,Ann\n2,Bob\n3,Cy\n4,Di\n',
  'wide.csv': Buffer.from('\ufeffa\tb\tc\n1\t2\t3\n4\t5\t6\n', 'utf16le'),
};

describe.concurrent('csvclean sniff', () => {
  test('prints a line for each file, and warnings after the table', async () => {
    const folder = folderWith(FILES);
    const { code, stdout } = await cleanIn(folder, ['sniff', '.']);
    expect(stdout).toBe(
      `file           encoding      delimiter      quote  table   header  columns  sure
bank.csv       windows-1252  semicolons     "      line 4  1 row   3        85 %
packed.csv.gz  utf-8         vertical bars  "      line 1  1 row   2        75 %
plain.csv      utf-8         commas         "      line 1  1 row   2        100 %
wide.csv       utf-16le      tabs           "      line 1  1 row   3        83 %

warning bank.csv: not UTF-8: read as windows-1252 (its letters fit, 99 % sure).
  Set --encoding windows-1252 if that is right, or the one it is in.
`,
    );
    expect(code).toBe(0);
    expect(listTree(folder)).toEqual(Object.keys(FILES).sort());
  });

  test('says why, with -v, and what the columns are', async () => {
    const { stdout } = await cleanIn(folderWith(FILES), ['sniff', 'bank.csv', '-v']);
    expect(stdout).toContain('\nbank.csv\n  delimiter ;: 4 records read as 3 fields');
    expect(stdout).toContain('\n  table start byte 34: 2 records before it');
    expect(stdout).toContain('\n  columns Datum, Betrag, Text\n');
  });

  test('prints JSON, with reasons and names', async () => {
    const { stdout } = await cleanIn(folderWith(FILES), ['sniff', 'bank.csv', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      files: [
        {
          input: 'bank.csv',
          dialect: { encoding: 'windows-1252', delimiter: ';', tableLine: 4, headerRows: 1 },
          columns: ['Datum', 'Betrag', 'Text'],
          error: null,
        },
      ],
    });
  });

  test('obeys flags, which always win', async () => {
    const args = ['sniff', 'bank.csv', '-d', ',', '-e', 'latin1', '--skip-lines', '0', '--json'];
    const { stdout } = await cleanIn(folderWith(FILES), args);
    const [file] = JSON.parse(stdout).files;
    expect(file.dialect).toMatchObject({ encoding: 'iso-8859-1', delimiter: ',', tableLine: 1 });
    expect(file.warnings).toEqual([]);
  });

  test('names files that are none, does the others, and exits 1', async () => {
    const folder = folderWith({ ...FILES, 'x.csv': 'PK\x03\x04' });
    const { code, stdout } = await cleanIn(folder, ['sniff', 'plain.csv', 'x.csv']);
    expect(stdout).toContain('\nx.csv      –');
    expect(stdout).toContain('\nCOMPRESSED x.csv: line 1 (byte 0): the file is a ZIP archive');
    expect(code).toBe(1);
  });

  test('refuses a stream, which comes only once', async () => {
    const { code, stderr } = await cleanIn(folderWith({}), ['sniff', '-']);
    expect(stderr).toContain('USAGE: stdin is a stream');
    expect(code).toBe(2);
  });

  test('leaves a file of that name to ./sniff', async () => {
    const folder = folderWith({ sniff: 'a,b\n1,2\n' });
    expect((await cleanIn(folder, ['./sniff', '-q'])).code).toBe(0);
    expect(listTree(folder)).toContain('cleaned/sniff');
  });
});
