/** Cells read as numbers: the kernel against its twin, and both against what cells mean. */
import { describe, expect, test } from 'vitest';
import { RFC4180 } from '../../src/csv/dialect.js';
import { isMissing, NA_TOKENS } from '../../src/csv/missing.js';
import { INTEGER, LEADING_ZERO, MISSING, NUMBER, SLOW, TEXT } from '../../src/kernel/cell-kinds.js';
import { ODD, TRIM } from '../../src/kernel/record-flags.js';
import { indexRecords } from '../../src/kernel/scalar/index-records.js';
import { readColumn } from '../../src/kernel/scalar/read-column.js';
import { tokenTableBytes, writeTokenTable } from '../../src/kernel/token-table.js';
import { BUILDS, builtKernel } from './built-kernel.js';
import { NOTHING } from './index-suite.js';
import { createDice } from './random.js';
import { HARD_CELLS, middle, modestNumeral } from './random-cells.js';
import { checkReader, createReader, expectSameColumn, SURROUNDINGS } from './read-suite.js';

const seed = Number(process.env.SEED ?? 20261121);
console.log(`read-column: SEED=${seed}`);

const CR_ONLY = { ...RFC4180, recordEnd: 'cr' } as const;
const QUOTES_ARE_BYTES = { ...RFC4180, quote: -1 };

/** Of many digits, of which few count, or where none does. */
const EASY_NUMERALS = [
  '0.00000000000000000000001234',
  '000000000000000000000012.34',
  '0.0000000000000000000000000',
  '-00000000000000000000000000',
  '1e-343',
  '0e-310',
];

/** What cells mean, by hand. */
const CELLS: readonly (readonly [cell: string, kind: number, value: number])[] = [
  ['12.34', NUMBER, 12.34],
  ['1234567', INTEGER, 1234567],
  ['0', INTEGER, 0],
  ['-0', INTEGER, 0],
  ['-0.0', NUMBER, 0],
  ['007', LEADING_ZERO, 7],
  ['-01', LEADING_ZERO, -1],
  ['00.5', NUMBER, 0.5],
  ['1e3', NUMBER, 1000],
  ['"42"', INTEGER, 42],
  ['"-1.5e-3"', NUMBER, -0.0015],
  ['', MISSING, Number.NaN],
  ['""', MISSING, Number.NaN],
  ['NA', MISSING, Number.NaN],
  ['"#GETTING_DATA"', MISSING, Number.NaN],
  ['-', MISSING, Number.NaN],
  ['Berlin', TEXT, Number.NaN],
  ['"4""2"', TEXT, Number.NaN],
  ['1e400', TEXT, Number.NaN],
];

test('the twin reads cells as they are meant', () => {
  const bytes = Buffer.from(CELLS.map(([cell]) => `a,${cell}\n`).join(''));
  const index = indexRecords(bytes, true, RFC4180, 2, 1000, 1000, NOTHING);
  const cells = {
    values: new Float64Array(CELLS.length),
    kinds: new Uint8Array(CELLS.length),
  };
  readColumn(bytes, index, ODD, TRIM, 1, RFC4180, isMissing, cells);
  expect([...cells.kinds]).toEqual(CELLS.map(([, kind]) => kind));
  expect([...cells.values]).toEqual(CELLS.map(([, , value]) => value));
});

describe.each(BUILDS)('%s', (build) => {
  const kernel = builtKernel(build);
  const read = createReader(kernel);

  test('reads hard cells as the twin does, when they stand anywhere in a block', () => {
    for (let shift = 0; shift <= 130; shift++) {
      const lineEnd = ['\n', '\r\n', '\r'][shift % 3]!;
      const dialect = lineEnd === '\r' ? CR_ONLY : RFC4180;
      const rows = HARD_CELLS.map((cell, i) => (i % 2 === 0 ? `${cell},b` : `"${cell}",b`));
      const text = `${'x'.repeat(shift)},y${lineEnd}${rows.join(lineEnd)}${lineEnd}`;
      expectSameColumn(read, Buffer.from(text), dialect, 2, 0);
      const last = HARD_CELLS[shift % HARD_CELLS.length]!;
      expectSameColumn(read, Buffer.from(`${text}a,${last}`), dialect, 2, 1);
    }
  });

  test('reads each hard cell as the twin does, when it is all there is', () => {
    for (const cell of HARD_CELLS.flatMap((text) => [text, `"${text}"`])) {
      for (const lineEnd of ['', '\n', '\r\n']) {
        const bytes = Buffer.from(cell + lineEnd);
        for (const _ of SURROUNDINGS) expectSameColumn(read, bytes, RFC4180, 1, 0);
        expectSameColumn(read, bytes, QUOTES_ARE_BYTES, 1, 0);
      }
    }
  });

  test('passes over records that are to be skipped, whatever they hold', () => {
    const text = 'a,1\n"2\n a,3\nb\r\n"x""y",4\na,b,5\n"a"b,6\n,7\r\n\n"a","8"\r\n9,"';
    for (const column of [0, 1]) expectSameColumn(read, Buffer.from(text), RFC4180, 2, column);
  });

  test('reads badly quoted cells as the twin does, when nothing is skipped', () => {
    const cells = [
      '"',
      '"12',
      '"1"2',
      '"1"2"',
      '"""',
      '""""',
      '"1""2"',
      '1"2',
      '"NA"A',
      '" 1"',
      '"\n',
    ];
    for (const cell of cells) {
      for (const text of [cell, `${cell}\n`, `7\n${cell}`]) {
        const bytes = Buffer.from(text);
        for (const _ of SURROUNDINGS) expectSameColumn(read, bytes, RFC4180, 1, 0, 0);
      }
    }
  });

  test('reads as the twin does, when cells are random', () => {
    checkReader(read, seed, 60_000);
  });

  test.each([
    ['of up to 17 digits', modestNumeral],
    ['in the middle of two doubles', middle],
  ])('leaves no numeral %s to JavaScript', (_, numeral) => {
    const dice = createDice(seed);
    const cells = Array.from({ length: 2000 }, () => numeral(dice));
    expect(expectSameColumn(read, Buffer.from(cells.join('\n')), RFC4180, 1, 0)).toBe(0);
  });

  test('leaves none to JavaScript for its zeros', () => {
    const bytes = Buffer.from(EASY_NUMERALS.join('\n'));
    expect(expectSameColumn(read, bytes, RFC4180, 1, 0)).toBe(0);
  });

  test('leaves to JavaScript what has more than 19 digits or is very small', () => {
    const cells = ['1.2345678901234567890', '12345678901234567890123', '1e-300', '5e-324'];
    const bytes = Buffer.from(cells.join('\n'));
    expect(expectSameColumn(read, bytes, RFC4180, 1, 0)).toBe(cells.length);
    const index = indexRecords(bytes, true, RFC4180, 1, 1000, 1000, NOTHING);
    expect([...read(bytes, index, 0, RFC4180).kinds]).toEqual(cells.map(() => SLOW));
  });
});

describe('the debug kernel', () => {
  test('throws when a record that is to be read has not the column', () => {
    const read = createReader(builtKernel('kernel.debug.wasm'));
    const bytes = Buffer.from('a,b\n');
    const index = indexRecords(bytes, true, RFC4180, 2, 1000, 1000, NOTHING);
    expect(() => read(bytes, index, 2, RFC4180)).toThrow(/assertion failed in the kernel/);
  });
});

describe('writeTokenTable', () => {
  test('writes tokens one after the other, zeros behind each', () => {
    const tokens = new Set(['NA', '#GETTING_DATA']);
    const bytes = Buffer.alloc(tokenTableBytes(tokens) + 16, 7);
    writeTokenTable(tokens, bytes.buffer, bytes.byteOffset);
    const written = `${'NA'.padEnd(16, '\0')}${'#GETTING_DATA'.padEnd(16, '\0')}${'\x07'.repeat(16)}`;
    expect(bytes.toString('latin1')).toBe(written);
  });

  test('has room for all tokens there are', () => {
    expect(tokenTableBytes(NA_TOKENS)).toBe(16 * NA_TOKENS.size);
  });

  test.each(['', 'sixteen letters.', 'keine Angabe', 'n\u00e9ant', '-999', '1e3', 'NA\0'])(
    'refuses %j as a fault',
    (token) => {
      expect(() => writeTokenTable(new Set([token]), new ArrayBuffer(16), 0)).toThrow(/the token/);
    },
  );
});
