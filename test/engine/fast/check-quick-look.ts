/** The kernel's quick look at both ends against its twin: the property of short and long runs. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { QUICK_LOOK, type QuickLook } from '../../../src/sniff/quick-look.js';
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

export function kernelLook(build: (typeof BUILDS)[number]): QuickLook {
  return createFastEngine(builtModule(build)).quickLook;
}

/** Most rows begin with a number, as most tables do. */
const ends = fc
  .tuple(
    fc.integer({ min: 2, max: 6 }),
    fc.constantFrom(...DELIMITERS),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.array(
      fc.array(fc.constantFrom(...NUMBERS, 'be', 'é', '\r'), { minLength: 2, maxLength: 6 }),
      {
        maxLength: 40,
      },
    ),
    fc.option(fc.constantFrom(...WORDS, ...ODD_CELLS, 'Total', 'Note: x'), { freq: 2 }),
    fc.constantFrom('', '\n', '\n', '\r\n', '\nTotal', '\n\n'),
    fc.nat(),
  )
  .map(([width, delimiter, lineEnd, cells, odd, end, at]) => {
    const rows = cells.map((row) => ['7', ...row, '5', '5', '5'].slice(0, width));
    const row = rows[at % Math.max(1, rows.length)];
    if (odd !== null && row !== undefined) row[at % width] = odd;
    const text = rows.map((one) => one.join(delimiter)).join(lineEnd);
    return { bytes: Buffer.from(text + end), delimiter: delimiter.charCodeAt(0), width };
  });

/** How many samples looked plain. */
export interface Plain {
  readonly starts: number;
  readonly ends: number;
}

export function checkQuickLook(look: QuickLook, seed: number, numRuns: number): Plain {
  const plain = { starts: 0, ends: 0 };
  const starts = fc.property(
    fc.oneof({ weight: 4, arbitrary: tables }, { weight: 1, arbitrary: noise }),
    fc.boolean(),
    fc.nat(),
    ({ bytes, delimiter }, isWhole, cut) => {
      const sample = isWhole ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
      const width = QUICK_LOOK.plainWidth(sample, isWhole, delimiter);
      expect(look.plainWidth(sample, isWhole, delimiter)).toBe(width);
      if (width > 0) plain.starts++;
    },
  );
  fc.assert(starts, { seed, numRuns });
  const tails = fc.property(ends, fc.nat(20), ({ bytes, delimiter, width }, cut) => {
    const tail = bytes.subarray(Math.min(cut, bytes.length));
    const isPlain = QUICK_LOOK.endsPlainly(tail, delimiter, width);
    expect(look.endsPlainly(tail, delimiter, width)).toBe(isPlain);
    if (isPlain) plain.ends++;
  });
  fc.assert(tails, { seed, numRuns });
  return plain;
}
