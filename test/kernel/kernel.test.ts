/** The kernel against its twins: the shipped build and the one with assertions alike. */
import { describe, expect, test } from 'vitest';
import { countLineEnds } from '../../src/csv/count-lines.js';
import { LF, RFC4180 } from '../../src/csv/dialect.js';
import { writePowerTable } from '../../src/kernel/power-table.js';
import { BLANK, ODD } from '../../src/kernel/record-flags.js';
import { indexRecords } from '../../src/kernel/scalar/index-records.js';
import { BUILDS, builtKernel, builtModule, PROFILER_BUILDS } from './built-kernel.js';
import { checkEmit } from './emit-suite.js';
import { checkFind } from './find-suite.js';
import { checkIndex, expectSameIndex, kernelIndex, NOTHING } from './index-suite.js';
import { checkKeys, checkLayOut } from './keys-suite.js';
import { checkPass } from './pass-suite.js';
import { checkPatch } from './patch-suite.js';
import { checkPrinter, createPrinter, HARD_NUMBERS } from './print-suite.js';
import { checkCells, checkSums, checkTexts } from './profile-suite.js';

const seed = Number(process.env.SEED ?? 20261121);
console.log(`kernel: SEED=${seed}`);

/** Each thing that needs a look, alone in a record of two fields. */
const FEATURES = [
  ...[
    '"a",b',
    '"a""b",c',
    '"a" "b",c',
    'a"b,c',
    ' a,b',
    'a ,b',
    'a,b\t',
    '" a",b',
    '"a ",b',
    '"a",b ',
  ],
  ...[
    '\u00a0a,b',
    'a\u3000,b',
    'à,b',
    'a,"\u2003b"',
    'a\rb,c',
    '"a\r\nb",c',
    'a,b\r\nc,d',
    ',',
    '""',
  ],
  ...[
    '"a"x,b',
    'b,"a"x',
    'a\u00a0,b',
    'a,b\u200a',
    '\u2000a,b',
    'a\ufeff,b',
    'a,\u200ab',
    'a,b\u2010',
  ],
  ...["'q',b", "b,'q'", '\ufeffa,b', '\u3000,b', 'a,"b\u00a0"', 'a,"\u3000"', '"a"",b', 'a,"b" '],
  ...['a', 'a,b,c', '"a"\rb,c', '"a,\nb', '"', '""""', ',"","a"', '" ""a"" ",b'],
];

const APOSTROPHES = { ...RFC4180, quote: 0x27 };

describe.each(BUILDS)('%s', (build) => {
  const kernel = builtKernel(build);

  test('patches a column as its twin does, in random blocks', () => {
    expect(checkPatch(kernel, seed, 800)).toBeGreaterThan(0);
  });

  test('passes over empty cells, known words and dates, in random blocks', () => {
    expect(checkPass(kernel, seed, 1500)).toBeGreaterThan(10_000);
  });

  test('finds cells that were entered, in random blocks', () => {
    expect(checkFind(kernel, seed, 1500)).toBeGreaterThan(10_000);
  });

  test('indexes as the scalar scanner does, when a feature stands at any offset around a step', () => {
    for (const feature of FEATURES) {
      for (let shift = 0; shift <= 130; shift++) {
        const bytes = Buffer.from(`${'x'.repeat(shift)}\n${feature}\n1,2\n`);
        for (const dialect of [RFC4180, APOSTROPHES]) {
          const twin = indexRecords(bytes, true, dialect, 2, 1000, 1000, NOTHING);
          expectSameIndex(kernelIndex(kernel, bytes, true, dialect, 2, 1000, 1000), twin);
          // Without a last line end, and not knowing whether it is the end.
          const cut = bytes.subarray(0, bytes.length - 5);
          for (const isLast of [false, true]) {
            const cutTwin = indexRecords(cut, isLast, dialect, 2, 1000, 1000, NOTHING);
            expectSameIndex(kernelIndex(kernel, cut, isLast, dialect, 2, 1000, 1000), cutTwin);
          }
        }
      }
    }
  });

  test('indexes as the scalar scanner does, when blocks are random', () => {
    checkIndex(kernel, seed, 1500);
  });

  test('calls no plain record odd', () => {
    const text = 'a,b c,"d, e"\n1,2.5,"say ""hi"" now"\r\n,,\n"é",漢 x,"a\nb"\n'.repeat(9);
    const { flags } = kernelIndex(kernel, Buffer.from(text), true, RFC4180, 3, 1000, 1000);
    expect(flags.filter((flag) => (flag & ODD) !== 0)).toEqual([]);
    expect(flags.filter((flag) => flag === BLANK)).toHaveLength(9);
  });

  test('writes records as their fields joined, when blocks, pieces and rooms are random', () => {
    checkEmit(kernel, seed, 1000);
  });

  test('writes keys as its twin does, when blocks, columns and dialects are random', () => {
    const seen = checkKeys(kernel, seed, 1000);
    expect(seen.equal).toBeGreaterThan(10);
  });

  test('divides keys by their hashes as its twin does', () => {
    checkLayOut(kernel, seed, 500);
  });

  test('counts a byte as a loop does, at every length around a step', () => {
    const bytes = Buffer.from('a\n\nb\n'.repeat(60));
    Buffer.from(kernel.memory.buffer).set(bytes, 1024);
    for (let start = 0; start < 70; start++) {
      for (let length = 0; length < 140; length++) {
        const expected = countLineEnds(bytes, start, start + length, 'lf');
        expect(kernel.exports.countBytes(1024 + start, length, LF)).toBe(expected);
      }
    }
  });

  test('prints the numbers of a column, cell after cell', () => {
    const { buffer } = kernel.memory;
    const [values, kinds, acts, ends, powers, text] = [64, 128, 256, 320, 1024, 20_480];
    writePowerTable(buffer, powers);
    new Float64Array(buffer, values).set([1.5, -0.001, 3, 1e300, 7]);
    new Uint8Array(buffer).set([2, 3, 0, 2, 2], kinds);
    new Uint8Array(buffer).set([0, 0, 0, 0, 2], acts);
    kernel.exports.printNumbers(values, kinds, acts, 5, text, ends, powers);
    const bounds = [...new Uint32Array(buffer, ends, 6)];
    const cells = bounds
      .slice(1)
      .map((end, i) => Buffer.from(buffer, text + bounds[i]!, end - bounds[i]!).toString());
    expect(cells).toEqual(['1.5', '-0.001', '', '1e+300', '']);
  });

  test('prints as String does, when numbers are hard', () => {
    const print = createPrinter(kernel);
    for (const value of HARD_NUMBERS) {
      expect(print(value)).toBe(String(value));
      if (value !== 0) expect(print(-value)).toBe(String(-value));
    }
    expect(print(-0)).toBe('0');
  });

  test('prints as String does, when numbers are random', () => {
    checkPrinter(createPrinter(kernel), seed, 100_000);
  });
});

describe.each(PROFILER_BUILDS)('%s', (build) => {
  const module = builtModule(build);

  test('counts the cells of a column as a map of texts does, in random blocks', () => {
    const { cells, sure, learned } = checkCells(module, seed, 800);
    expect(cells).toBeGreaterThan(1000);
    expect(sure).toBeGreaterThan(100);
    expect(learned).toBeGreaterThan(100);
  });

  test('says what kindOfValue does, or is unsure, in a table that grows', () => {
    expect(checkTexts(module, seed, 20_000)).toBeGreaterThan(5000);
  });

  test('sums doubles as addValues does, whatever their exponents', () => {
    checkSums(module, seed, 400);
  });
});

describe('the debug kernel', () => {
  test('throws when an assumption does not hold', () => {
    const kernel = builtKernel('kernel.debug.wasm');
    const sameBytes = { ...RFC4180, delimiter: RFC4180.quote };
    expect(() => kernelIndex(kernel, Buffer.from('a'), true, sameBytes, 1, 10, 10)).toThrow(
      /assertion failed in the kernel/,
    );
  });
});
