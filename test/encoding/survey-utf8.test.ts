/** The counts of a survey, against the platform's decoder and however a file is cut. */
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { encodingNames, familyOf } from '../../src/encoding/names.js';
import { createUtf8Survey, isMostlyUtf8, type Utf8Counts } from '../../src/encoding/survey-utf8.js';
import { cutRandomly } from './cut-randomly.js';
import { CELLS, tableOf } from './sample-tables.js';

const seed = Number(process.env.SEED ?? 20_260_107);

function surveyOf(...pieces: readonly Uint8Array[]): Utf8Counts {
  const survey = createUtf8Survey();
  for (const piece of pieces) survey.write(piece);
  return survey.end();
}

function hex(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}

function counts(validSequences: number, faults: number): Utf8Counts {
  return { validSequences, faults };
}

describe('createUtf8Survey', () => {
  test.each([
    ['nothing', '', 0, 0],
    ['ASCII with NUL', '61 00 7f', 0, 0],
    ['two, three and four bytes', 'c3a9 e282ac f09f9880', 3, 0],
    ['a lone continuation', '61 80 61', 0, 1],
    ['C1 bytes', '93 94', 0, 1],
    ['an overlong form', 'c0af 2c e080af 2c f08080af', 0, 3],
    ['a surrogate', 'eda080', 0, 1],
    ['above U+10FFFF', 'f4908080', 0, 1],
    ['bytes that are never used', 'f8 fe ff', 0, 1],
    ['a sequence cut by a letter', 'e282 41 c3a9', 1, 1],
    ['a sequence cut by the end', 'c3a9 e282', 1, 1],
    ['a run beside a letter', 'e9e9 c3a9 e9e9', 1, 2],
    ['windows-1252 beside UTF-8', '636166e9 0a c3a9', 1, 1],
  ])('counts %s', (_what, bytes, validSequences, faults) => {
    expect(surveyOf(hex(bytes))).toEqual({ validSequences, faults });
  });

  test(`finds in valid text each letter beyond ASCII (SEED=${seed})`, () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, (any) => {
        const nonAscii = Array.from(any).filter((char) => char > '\x7f').length;
        expect(surveyOf(Buffer.from(any))).toEqual(counts(nonAscii, 0));
      }),
      { seed, numRuns: 500 },
    );
  });

  test(`counts the same wherever a file is cut (SEED=${seed})`, () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('é', '€', '😀', 'a,b\n').map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 3 }),
        fc.constantFrom('e282', 'f09f98', 'c3', 'eda0').map(hex),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, fc.infiniteStream(fc.nat(6)), (parts, lengths) => {
        const whole = Buffer.concat(parts);
        const found = surveyOf(...cutRandomly(whole, lengths));
        expect(found).toEqual(surveyOf(whole));
        const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole);
        const valid = Array.from(decoded).filter((char) => char > '\x7f' && char !== '\ufffd');
        // Bytes that happen to spell U+FFFD are valid, and look like a replacement.
        if (whole.indexOf('\ufffd') < 0) expect(found.validSequences).toBe(valid.length);
      }),
      { seed, numRuns: 1_000 },
    );
  });
});

describe('isMostlyUtf8', () => {
  test.each([
    [true, 0, 0],
    [true, 10, 0],
    [true, 999, 1],
    [true, 5, 1],
    [false, 4, 1],
    [true, 50, 10],
    [false, 49, 10],
    [false, 0, 1],
    [true, 5_994, 6],
  ])('is %s for %i valid and %i faults', (expected, valid, invalid) => {
    expect(isMostlyUtf8(counts(valid, invalid))).toBe(expected);
  });

  const others = encodingNames.filter((name) => familyOf(name) !== 'unicode');
  test.each(others)('is false for any row, and any rows, in %s', (encoding) => {
    let highest = 0;
    for (const cells of Object.values(CELLS)) {
      const encoded = (text: string): Buffer => iconv.encode(text, encoding as 'utf8');
      const isOwn = cells.every((cell) => iconv.decode(encoded(cell), encoding as 'utf8') === cell);
      if (!isOwn) continue;
      for (const count of [1, 2, 3, 5, 8, cells.length]) {
        for (let from = 0; from + count <= cells.length; from++) {
          const bytes = encoded(tableOf(cells.slice(from, from + count)));
          // By chance a single word is UTF-8 as well.
          const { validSequences, faults } = surveyOf(bytes);
          if (faults === 0) continue;
          expect(isMostlyUtf8({ validSequences, faults })).toBe(false);
          if (count >= 8) highest = Math.max(highest, validSequences / faults);
        }
      }
    }
    expect(highest).toBeLessThan(2.5);
  });
});
