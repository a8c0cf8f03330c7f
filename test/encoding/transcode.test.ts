/** Every encoding to UTF-8 and back, whatever the pieces, and what becomes of broken bytes. */
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { CsvcleanError } from '../../src/base/error.js';
import { markOf } from '../../src/csv/undecodable.js';
import { encodingNames, familyOf } from '../../src/encoding/names.js';
import { createTranscoder, type OnUndecodable } from '../../src/encoding/transcode.js';
import { alphabetOf, orderedNames } from './alphabets.js';
import { cutRandomly } from './cut-randomly.js';

const seed = Number(process.env.SEED ?? 20_260_107);

interface Transcoded {
  readonly bytes: Buffer;
  readonly undecodable: number;
}

function transcode(
  pieces: readonly Uint8Array[],
  encoding: string,
  onUndecodable: OnUndecodable = 'mark',
): Transcoded {
  const transcoder = createTranscoder(encoding, onUndecodable);
  // Each result is copied at once, as one that is written out is, and each piece used again.
  const parts = pieces.map((piece) => {
    const part = Buffer.from(transcoder.write(piece));
    piece.fill(0x2a);
    return part;
  });
  parts.push(Buffer.from(transcoder.end()));
  return { bytes: Buffer.concat(parts), undecodable: transcoder.counts.undecodable };
}

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

function errorOf(bytes: Uint8Array, encoding: string, pieceBytes = 1 << 20): CsvcleanError {
  const transcoder = createTranscoder(encoding, 'strict');
  try {
    for (let i = 0; i < bytes.length; i += pieceBytes) {
      transcoder.write(bytes.slice(i, i + pieceBytes));
    }
    transcoder.end();
  } catch (error) {
    if (error instanceof CsvcleanError) return error;
    throw error;
  }
  throw new Error('nothing was undecodable');
}

describe(`text comes back as it was (SEED=${seed})`, () => {
  test.each(orderedNames)('from %s, cut anywhere', (encoding) => {
    const alphabet = alphabetOf(encoding);
    expect(alphabet.length).toBeGreaterThan(20);
    const text = fc.array(fc.constantFrom(...alphabet), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.infiniteStream(fc.nat(4)), (characters, lengths) => {
        const whole = characters.join('');
        const encoded = new Uint8Array(iconv.encode(whole, encoding as 'utf8', { addBOM: false }));
        for (const onUndecodable of ['mark', 'replace', 'strict'] as const) {
          const cut = cutRandomly(encoded, lengths);
          // Big5 has letters of its own for some pairs of ours.
          const { bytes, undecodable } = transcode(cut, encoding, onUndecodable);
          expect(bytes.toString()).toBe(whole);
          expect(undecodable).toBe(0);
        }
      }),
      { seed, numRuns: 60 },
    );
  });

  test.each(orderedNames)('and broken %s gives the same wherever it is cut', (encoding) => {
    const pairs = fc.constantFrom('00d8', 'd800', '00dc', 'dc00', 'ff', '81', '8e', '8fa1', '3081');
    const parts = fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      pairs.map(hex),
      fc
        .constantFrom('a,b\n', 'x')
        .map((text) => new Uint8Array(iconv.encode(text, encoding as 'utf8'))),
    );
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 20 }),
        fc.infiniteStream(fc.nat(5)),
        (all, lengths) => {
          const whole = new Uint8Array(Buffer.concat(all));
          for (const onUndecodable of ['mark', 'replace'] as const) {
            const cut = transcode(cutRandomly(whole, lengths), encoding, onUndecodable);
            expect(cut).toEqual(transcode([whole.slice()], encoding, onUndecodable));
            const isValid = Buffer.from(cut.bytes.toString()).equals(cut.bytes);
            expect(isValid).toBe(onUndecodable === 'replace' || cut.undecodable === 0);
          }
        },
      ),
      { seed, numRuns: 60 },
    );
  });
});

describe('createTranscoder', () => {
  test.each([
    ['utf-8', 'efbbbf 61', '61'],
    ['utf-8', 'efbbbf efbbbf 61', 'efbbbf61'],
    ['utf-16le', 'fffe 6100', '61'],
    ['utf-16be', 'feff 0061', '61'],
    ['utf-32le', 'fffe0000 61000000', '61'],
    ['utf-32be', '0000feff 00000061', '61'],
    ['gb18030', '84319533 61', '61'],
  ])('drops the byte order mark of %s %s', (encoding, bytes, decoded) => {
    for (const pieceBytes of [1, 100]) {
      const lengths = Array.from({ length: 20 }, () => pieceBytes).values();
      const cut = cutRandomly(hex(bytes), lengths);
      expect(transcode(cut, encoding).bytes.toString('hex')).toBe(decoded);
    }
  });

  test.each([
    ['windows-1252', 'an undefined byte', '61 81 62', '61 edb281 62', 1],
    ['windows-1252', 'all five of them', '81 8d 8f 90 9d', 'edb281 edb28d edb28f edb290 edb29d', 5],
    ['windows-1252', 'a euro and a dash', '80 96', 'e282ac e28093', 0],
    ['iso-8859-1', 'a control, which it has', '85', 'c285', 0],
    ['shift_jis', 'a broken pair', '82 0a 61', 'edb282 0a 61', 1],
    ['shift_jis', 'an odd last byte', '61 82', '61 edb282', 1],
    ['shift_jis', 'a byte of no use', '80 61', 'edb280 61', 1],
    ['euc-kr', 'a lone lead', 'b0 2c', 'edb2b0 2c', 1],
    ['gb18030', 'four bytes beyond Unicode', 'e3329a36 2c', 'edb3a332edb29a36 2c', 2],
    ['big5', 'a broken pair', 'a4 22', 'edb2a4 22', 1],
    ['utf-16le', 'a lone lead surrogate', '00d8 6100', 'eda080 61', 1],
    ['utf-16le', 'a lone trail surrogate', '00dc 6100', 'edb080 61', 1],
    ['utf-16le', 'a lead surrogate at the end', '6100 3dd8', '61 eda0bd', 1],
    ['utf-16le', 'an odd last byte', '6100 62', '61 ff', 1],
    ['utf-16le', 'a lead surrogate and an odd byte', '3dd8 e2', 'eda0bd edb3a2', 2],
    ['utf-16le', 'a pair', '3dd8 00de', 'f09f9880', 0],
    ['utf-16le', 'a replacement character of its own', 'fdff', 'efbfbd', 0],
    ['utf-16be', 'one swapped, and a lone surrogate', 'fffd d800', 'efbfbd eda080', 1],
    ['utf-32le', 'a surrogate', '00d80000 61000000', 'eda080 61', 1],
    ['utf-32be', 'above U+10FFFF', '00110000 00000061', 'ff 61', 1],
    ['utf-32le', 'three last bytes', '61000000 610000', '61 ff', 1],
    ['utf-8', 'a broken sequence, which it keeps', '61 e282 41 ff', '61 e282 41 ff', 2],
    ['utf-16le', 'a surrogate that would be taken for a byte', '80dc 6100', 'ff 61', 1],
    ['gb18030', 'the four bytes of U+FFFD', '8431a437 ff', 'edb28431edb2a437 edb3bf', 2],
    ['big5', 'a broken byte after a letter in two', '8862 ff 2c', 'c38acc84 edb3bf 2c', 1],
    ['euc-jp', 'a broken byte after three', '8fb0a1 ff 2c', 'e4b882 edb3bf 2c', 1],
  ] as const)('marks in %s %s', (encoding, _what, bytes, marked, undecodable) => {
    const expected = marked.replaceAll(' ', '');
    const found = transcode([hex(bytes)], encoding, 'mark');
    expect(found.bytes.toString('hex')).toBe(expected);
    expect(found.undecodable).toBe(undecodable);

    const replaced = transcode([hex(bytes)], encoding, 'replace');
    expect(replaced.undecodable).toBe(undecodable);
    expect(replaced.bytes.toString()).not.toBe(undecodable === 0 ? null : marked);
    const count = replaced.bytes.toString().split('\ufffd').length - 1;
    expect(count).toBeGreaterThanOrEqual(undecodable);
  });

  test('replaces each broken sequence of UTF-8 as the platform does', () => {
    const bytes = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom('e282', 'f09f98', 'eda080', 'f4908080', 'c3a9').map(hex),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(bytes, (parts) => {
        const whole = new Uint8Array(Buffer.concat(parts));
        const expected = new TextDecoder().decode(whole);
        expect(transcode([whole], 'utf-8', 'replace').bytes.toString()).toBe(expected);
      }),
      { seed, numRuns: 500 },
    );
  });

  test.each([
    ['windows-1252', 2, 8],
    ['shift_jis', 2, 8],
    ['utf-16le', 2, 16],
  ])('names line and byte where %s is broken, if strict', (encoding, line, byteOffset) => {
    const broken = encoding === 'utf-16le' ? '00d8' : encoding === 'shift_jis' ? '820a' : '81';
    const encode = (text: string): Buffer => iconv.encode(text, encoding as 'utf8');
    const bytes = new Uint8Array(
      Buffer.concat([encode('a,b\n1,2,'), hex(broken), encode(',x\n3')]),
    );
    for (const pieceBytes of [1, 5, 100]) {
      const error = errorOf(bytes, encoding, pieceBytes);
      expect(error.code).toBe('BAD_ENCODING');
      expect(error.message).toContain(encoding);
      expect(error.place.line).toBe(line);
      expect(error.place.byteOffset).toBe(byteOffset);
      expect(error.remedy).toContain('--encoding-errors reject');
    }
  });

  test('counts lines and bytes across pieces, in the decoded text', () => {
    const lines = 'Zürich,1\n'.repeat(3_000);
    const bytes = new Uint8Array(Buffer.concat([iconv.encode(lines, 'windows-1252'), hex('9d')]));
    expect(errorOf(bytes, 'windows-1252', 1_000).place).toEqual({
      line: 3_001,
      byteOffset: 27_000,
    });
    const wide = new Uint8Array(Buffer.concat([iconv.encode(lines, 'utf-16be'), hex('dc00')]));
    expect(errorOf(wide, 'utf-16be', 1_001).place).toEqual({ line: 3_001, byteOffset: 54_000 });
  });

  test.each(encodingNames.filter((name) => familyOf(name) === 'multi-byte'))(
    'names the very bytes that are broken in %s',
    (encoding) => {
      const sound = alphabetOf(encoding).map((char) => iconv.encode(char, encoding as 'utf8'));
      const parts = fc.oneof(
        fc.constantFrom(...sound).map((bytes) => ({ bytes, isBroken: false })),
        // A lead byte before what no character goes on with.
        fc.constant({ bytes: Buffer.from([0xfe, 0x20]), isBroken: true }),
        fc.constant({ bytes: Buffer.from([0xff, 0x20]), isBroken: true }),
      );
      fc.assert(
        fc.property(fc.array(parts, { maxLength: 30 }), (all) => {
          const isOdd = (byte: number): boolean =>
            iconv.decode(Buffer.from([byte, 0x20]), encoding as 'utf8').startsWith('\ufffd');
          fc.pre(isOdd(0xfe) && isOdd(0xff));
          const whole = new Uint8Array(Buffer.concat(all.map(({ bytes }) => bytes)));
          const expected = Buffer.concat(
            all.map(({ bytes, isBroken }) =>
              isBroken
                ? Buffer.concat([markOf(bytes[0]!), Buffer.from(' ')])
                : Buffer.from(iconv.decode(bytes, encoding as 'utf8')),
            ),
          );
          const broken = all.findIndex(({ isBroken }) => isBroken);
          if (broken >= 0) {
            const before = Buffer.concat(all.slice(0, broken).map(({ bytes }) => bytes));
            expect(errorOf(whole, encoding).place.byteOffset).toBe(before.length);
          }
          expect(transcode([whole], encoding).bytes).toEqual(expected);
        }),
        { seed, numRuns: 200 },
      );
    },
  );

  test('throws only if strict', () => {
    expect(() => createTranscoder('ebcdic', 'mark')).toThrow('no encoding');
    expect(() => createTranscoder('utf-16', 'mark')).toThrow('no byte order');
    expect(() => errorOf(hex('61'), 'windows-1252')).toThrow('nothing was undecodable');
  });
});
