/** The kernel's quick look at a sample against its twin: the property of short and long runs. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { type PlainWidth, plainWidth } from '../../../src/sniff/plain-table.js';
import { type BUILDS, builtModule } from '../../kernel/built-kernel.js';

const NAMES = ['id', 'name', '"a, b"', 'Größe', 'x (m)', '_y', ' z', '"q""r"'];
const ODD_NAMES = ['', '5', 'a(b', '#c', "'d'", '-', '=', '"'];
const WORDS = ['a', 'be', "it's", '"x, y"', '"a\nb"', '"q""r"', '', 'é'];
const NUMBERS = ['5', '-7.5', '$3', ' 9', '"8"', '+1', '.5', ''];
/** By column. */
const CELLS = [WORDS, NUMBERS, WORDS, NUMBERS, [...WORDS, ...NUMBERS]];
const ODD_CELLS = ["'x'", 'a"b', '"a" b', '"\\"', '"a\\"b"', 'a;b', 'a|b', 'a\tb', '\r'];
const DELIMITERS = [',', ',', ',', '\t', ';'];

/** Mostly plain, with at most one thing that is not. */
const tables = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(127, 128, 129)),
    fc.constantFrom(...DELIMITERS),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.integer({ min: 0, max: 30 }),
    fc.constantFrom('', '', '', '\ufeff', 'Title\n', '\n'),
  )
  .chain(([width, delimiter, lineEnd, rowCount, lead]) =>
    fc
      .record({
        names: fc.array(fc.constantFrom(...NAMES), { minLength: width, maxLength: width }),
        rows: fc.array(fc.array(fc.nat(), { minLength: width, maxLength: width }), {
          minLength: rowCount,
          maxLength: rowCount,
        }),
        kinds: fc.constantFrom(4, 4, 5),
        oddName: fc.option(fc.constantFrom(...ODD_NAMES), { freq: 1 }),
        oddCell: fc.option(fc.constantFrom(...ODD_CELLS, ...ODD_NAMES), { freq: 1 }),
        at: fc.nat(),
        end: fc.constantFrom('', lineEnd, lineEnd, `${lineEnd}${lineEnd}`, `${lineEnd}Total`, '"'),
      })
      .map(({ names, rows: dice, kinds, oddName, oddCell, at, end }) => {
        const rows = dice.map((row) =>
          row.map((die, column) => {
            const cells = CELLS[column % kinds]!;
            return cells[die % cells.length]!;
          }),
        );
        if (oddName !== null) names[at % width] = oddName;
        const row = rows[at % Math.max(1, rowCount)];
        if (oddCell !== null && row !== undefined) row[at % width] = oddCell;
        const text = [names, ...rows].map((cells) => cells.join(delimiter)).join(lineEnd);
        return { bytes: Buffer.from(lead + text + end), delimiter: delimiter.charCodeAt(0) };
      }),
  );

/** Bytes that mean something, without any order. */
const noise = fc
  .array(
    fc.constantFrom(...WORDS, ...NUMBERS, ...ODD_CELLS, ...ODD_NAMES, ',', ',', '\n', '\n', '\0'),
    {
      maxLength: 60,
    },
  )
  .map((pieces) => ({ bytes: Buffer.from(pieces.join('')), delimiter: 0x2c }));

export function kernelPlainWidth(build: (typeof BUILDS)[number]): PlainWidth {
  return createFastEngine(builtModule(build)).plainWidth;
}

/** @returns how many of the samples were plain. */
export function checkPlainWidth(kernelWidth: PlainWidth, seed: number, numRuns: number): number {
  let plain = 0;
  const property = fc.property(
    fc.oneof({ weight: 4, arbitrary: tables }, { weight: 1, arbitrary: noise }),
    fc.boolean(),
    fc.nat(),
    ({ bytes, delimiter }, isWhole, cut) => {
      const sample = isWhole ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
      const width = plainWidth(sample, isWhole, delimiter);
      expect(kernelWidth(sample, isWhole, delimiter)).toBe(width);
      if (width > 0) plain++;
    },
  );
  fc.assert(property, { seed, numRuns });
  return plain;
}
