/** Table 3-7 of the Unicode Standard row by row, and against the platform's decoder. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstInvalidUtf8 } from '../../src/csv/utf8.js';
import { toBytes } from './scan-all.js';

const seed = Number(process.env.SEED ?? 20_260_107);
const decoder = new TextDecoder('utf-8', { fatal: true });

function isValid(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Twin: the longest valid prefix ends where the first ill-formed sequence starts. */
function firstInvalidByDecoder(bytes: Uint8Array): number {
  if (isValid(bytes)) return -1;
  let length = bytes.length - 1;
  while (!isValid(bytes.subarray(0, length))) length -= 1;
  return length;
}

describe('firstInvalidUtf8', () => {
  test.each([
    ['nothing', ''],
    ['ASCII with NUL and controls', 'a\0\x7f\r\n'],
    ['the first and last of two bytes', '\u0080\u07ff'],
    ['the first and last of three bytes, surrogates left out', '\u0800\ud7ff\ue000\uffff'],
    ['the first and last of four bytes', '\u{10000}\u{10ffff}'],
    ['a byte order mark', '\ufeffa'],
  ])('accepts %s', (_name, text) => {
    const bytes = toBytes(text);
    expect(firstInvalidUtf8(bytes, 0, bytes.length)).toBe(-1);
  });

  // biome-ignore format: a table
  test.each<[string, number[]]>([
    ['a lone continuation byte', [0x80]],
    ['windows-1252 letters', [0xe9, 0x74, 0xe9]],
    ['overlong two bytes', [0xc0, 0xaf]],
    ['overlong two bytes, C1', [0xc1, 0xbf]],
    ['overlong three bytes', [0xe0, 0x9f, 0xbf]],
    ['overlong four bytes', [0xf0, 0x8f, 0xbf, 0xbf]],
    ['a high surrogate', [0xed, 0xa0, 0x80]],
    ['a low surrogate', [0xed, 0xbf, 0xbf]],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a lead byte that never stands', [0xf5, 0x80, 0x80, 0x80]],
    ['five bytes as of old', [0xf8, 0x88, 0x80, 0x80, 0x80]],
    ['FE and FF', [0xfe, 0xff]],
    ['a sequence broken by ASCII', [0xe6, 0xbc, 0x41]],
    ['a sequence cut off at the end', [0xf0, 0x9f, 0x9a]],
  ])('refuses %s at its first byte', (_name, bad) => {
    const bytes = Uint8Array.of(0x61, 0xc3, 0xa9, ...bad);
    expect(firstInvalidUtf8(bytes, 0, bytes.length)).toBe(3);
    expect(firstInvalidUtf8(Uint8Array.of(...bytes, 0x62), 0, bytes.length + 1)).toBe(3);
  });

  test('looks from start up to end only, and counts from the first byte', () => {
    const bytes = Uint8Array.of(0xff, 0x61, 0xc3, 0xa9, 0xff, 0xff);
    expect(firstInvalidUtf8(bytes, 1, 4)).toBe(-1);
    expect(firstInvalidUtf8(bytes, 1, 3)).toBe(2);
    expect(firstInvalidUtf8(bytes, 1, 6)).toBe(4);
    expect(firstInvalidUtf8(bytes, 0, 0)).toBe(-1);
  });

  test('equals TextDecoder for every pair of first bytes', () => {
    const differing: string[] = [];
    for (let pair = 0; pair < 0x10000; pair++) {
      const bytes = Uint8Array.of(pair >> 8, pair & 0xff, 0x80, 0xbf);
      const isAccepted = firstInvalidUtf8(bytes, 0, 4) === -1;
      if (isAccepted !== isValid(bytes)) differing.push(pair.toString(16));
    }
    expect(differing).toEqual([]);
  });

  test(`equals TextDecoder for any bytes (seed ${seed})`, () => {
    const edges = [
      0x00, 0x61, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
      0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ];
    const piece = fc.oneof(
      fc.constantFrom(...edges).map((byte) => [byte]),
      fc.constantFrom('é', '漢', '🚕', 'a').map((character) => [...toBytes(character)]),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const bytes = Uint8Array.from(pieces.flat());
        expect(firstInvalidUtf8(bytes, 0, bytes.length)).toBe(firstInvalidByDecoder(bytes));
      }),
      { seed, numRuns: 2000 },
    );
  });
});
