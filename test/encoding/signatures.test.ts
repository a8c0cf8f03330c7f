/** Byte order marks, and UTF-16 known by its zero bytes. */
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { encodingBySignature, withByteOrder } from '../../src/encoding/signatures.js';
import { CELLS, tableOf } from './sample-tables.js';

const seed = Number(process.env.SEED ?? 20_260_107);
const german = tableOf(CELLS.German!);

function swapped(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('encodingBySignature', () => {
  test.each([
    ['utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16le', [0xff, 0xfe, 0x00, 0x61]],
    ['utf-16be', [0xfe, 0xff]],
    ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
    ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
    [null, [0xef, 0xbb]],
    [null, [0xff]],
    [null, []],
  ] as const)('knows %s by its mark', (encoding, bytes) => {
    expect(encodingBySignature(Uint8Array.from(bytes))).toBe(encoding);
  });

  test.each([
    ['utf-16', [0xff, 0xfe, 0x61, 0x00], 'utf-16le'],
    ['utf-16', [0xfe, 0xff, 0x00, 0x61], 'utf-16be'],
    ['utf-16', [0x61, 0x00, 0x2c, 0x00], 'utf-16le'],
    ['utf-16', [], 'utf-16le'],
    ['utf-32', [0x00, 0x00, 0xfe, 0xff], 'utf-32be'],
    ['utf-32', [0x00, 0x00, 0x00, 0x61], 'utf-32be'],
    ['utf-32', [0x61, 0x00, 0x00, 0x00], 'utf-32le'],
    ['utf-16be', [0xff, 0xfe], 'utf-16be'],
    ['windows-1252', [0xff, 0xfe], 'windows-1252'],
  ] as const)('takes the byte order of %s from %j', (encoding, head, ordered) => {
    expect(withByteOrder(encoding, Uint8Array.from(head))).toBe(ordered);
  });

  test('knows UTF-16 without a mark by where the zero bytes stand', () => {
    expect(encodingBySignature(Buffer.from(german, 'utf16le'))).toBe('utf-16le');
    expect(encodingBySignature(swapped(german))).toBe('utf-16be');
    const long = german.repeat(10);
    expect(encodingBySignature(Buffer.from(long, 'utf16le'))).toBe('utf-16le');
    expect(encodingBySignature(Buffer.from(long, 'utf16le').subarray(0, 4097))).toBe('utf-16le');
  });

  test.each(Object.entries(CELLS))('knows a table in %s in it', (_language, cells) => {
    for (const text of [
      tableOf(cells),
      tableOf(cells, ';').slice(0, 202),
      `${cells.join('\n')}\n`,
    ]) {
      expect(encodingBySignature(Buffer.from(text, 'utf16le'))).toBe('utf-16le');
      expect(encodingBySignature(swapped(text))).toBe('utf-16be');
    }
  });

  test.each(Object.entries(CELLS))('takes no bytes of %s with NULs for it', (_language, cells) => {
    const table = tableOf(cells);
    for (const name of [
      'utf-8',
      'windows-1252',
      'windows-1251',
      'shift_jis',
      'gb18030',
      'euc-kr',
    ]) {
      for (const [from, to] of [
        [',', '\0,'],
        [',', ',\0'],
        ['\r\n', '\n\0'],
        ['\r\n', '\0\n'],
        ['0', '\0'],
        ['1', '1\0'],
      ] as const) {
        for (const lead of ['', 'x']) {
          const bytes = iconv.encode(lead + table.replaceAll(from, to), name as 'utf8');
          const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
          expect(encodingBySignature(even)).toBeNull();
        }
      }
    }
    expect(encodingBySignature(iconv.encode(table, 'utf-32le'))).toBeNull();
    expect(encodingBySignature(iconv.encode(table, 'utf-32be'))).toBeNull();
  });

  test(`takes no noise for it (SEED=${seed})`, () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 16, maxLength: 400 }),
      fc.array(fc.nat(600), { minLength: 20, maxLength: 300 }).map((values) => {
        return new Uint8Array(Uint16Array.from(values).buffer);
      }),
    );
    fc.assert(
      fc.property(bytes, (noise) => {
        expect(encodingBySignature(noise)?.startsWith('utf-16') ?? false).toBe(
          noise[0] === 0xff ? noise[1] === 0xfe : noise[0] === 0xfe && noise[1] === 0xff,
        );
      }),
      { seed, numRuns: 2_000 },
    );
  });

  test.each([
    ['too short', Buffer.from('a,b\n1,2', 'utf16le')],
    ['of an odd length', Buffer.concat([Buffer.from(german, 'utf16le'), Buffer.from('a')])],
    ['with NULs in it', Buffer.from(german.replaceAll(',', ',\0'))],
    ['with a NUL at every second place', Buffer.from(`${'a\0b\0'.repeat(20)}\0\0`)],
    ['with a NUL for each cell', Buffer.from('\0,\0,\0,\0\n'.repeat(20))],
    ['of NULs', new Uint8Array(64)],
    ['of plain ASCII', Buffer.from('a,b,c\n1,2,3\n4,5,6\n')],
    ['in UTF-32', iconv.encode(german, 'utf-32le')],
    ['in UTF-32BE', iconv.encode(german, 'utf-32be')],
    ['in UTF-16 with hardly any ASCII', Buffer.from('東京都大阪府京都市名古屋', 'utf16le')],
  ])('is not sure of a file %s', (_what, bytes) => {
    expect(encodingBySignature(bytes)).toBeNull();
  });

  test(`never takes UTF-8 without NULs for UTF-16 (SEED=${seed})`, () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, (any) => {
        const bytes = Buffer.from(any.replaceAll('\0', '').replace(/^\ufeff/, ''));
        expect(encodingBySignature(bytes)).toBeNull();
      }),
      { seed, numRuns: 1_000 },
    );
  });
});
