/** The names of encodings, held against the library that decodes them. */
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { suggest } from '../../src/base/suggest.js';
import {
  encodingNames,
  familyOf,
  isUnsupportedEncoding,
  knownEncodings,
  resolveEncoding,
} from '../../src/encoding/names.js';

describe('resolveEncoding', () => {
  test.each([
    ['UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    ['utf-8-sig', 'utf-8'],
    ['UTF_16LE', 'utf-16le'],
    ['utf-16', 'utf-16'],
    ['utf-32be', 'utf-32be'],
    ['CP1252', 'windows-1252'],
    ['Windows 1252', 'windows-1252'],
    ['latin1', 'iso-8859-1'],
    ['Latin-1', 'iso-8859-1'],
    ['ISO8859-15', 'iso-8859-15'],
    ['ISO_8859-2', 'iso-8859-2'],
    ['sjis', 'shift_jis'],
    ['Shift-JIS', 'shift_jis'],
    ['cp932', 'shift_jis'],
    ['EUC-JP', 'euc-jp'],
    ['cp949', 'euc-kr'],
    ['gb2312', 'gbk'],
    ['GB18030', 'gb18030'],
    ['Big5', 'big5'],
    ['KOI8-R', 'koi8-r'],
    ['ibm850', 'cp850'],
    ['cp437', 'cp437'],
    ['MacRoman', 'macintosh'],
  ])('reads %s as %s', (text, name) => {
    expect(resolveEncoding(text)).toBe(name);
  });

  test.each(['', 'utf-9', 'ebcdic', '__proto__', 'hex', 'base64'])('knows no %j', (text) => {
    expect(resolveEncoding(text)).toBeNull();
    expect(familyOf(text)).toBeNull();
  });

  test('gives each known name one meaning', () => {
    const spellings = knownEncodings.map((name) => name.replace(/[-_]/g, ''));
    for (const name of knownEncodings) expect(resolveEncoding(name), name).not.toBeNull();
    for (const name of encodingNames) expect(resolveEncoding(name)).toBe(name);
    // Two spellings of one alias are allowed, two encodings of one spelling are not.
    for (const [i, spelling] of spellings.entries()) {
      const first = knownEncodings[spellings.indexOf(spelling)]!;
      expect(resolveEncoding(first)).toBe(resolveEncoding(knownEncodings[i]!));
    }
  });

  test('suggests what was meant', () => {
    expect(suggest('latni1', knownEncodings)).toBe('latin1');
    expect(suggest('windos-1252', knownEncodings)).toBe('windows-1252');
    expect(suggest('shiftjs', knownEncodings)).toBe('shift_jis');
  });
});

describe('isUnsupportedEncoding', () => {
  test.each([
    'iso-2022-jp',
    'ISO-2022-JP-2',
    'csISO2022KR',
    'iso-2022-cn-ext',
    'UTF-7',
    'ebcdic',
    'EBCDIC-CP-US',
    'cp037',
    'IBM037',
    'cp500',
    'IBM1047',
    'ibm-1140',
    'hz-gb-2312',
  ])('knows that %s is one', (name) => {
    expect(resolveEncoding(name)).toBeNull();
    expect(isUnsupportedEncoding(name)).toBe(true);
  });

  test.each(['', 'latni1', 'utf-9', 'cp1253', 'iso-2023', '__proto__'])('not of %j', (name) => {
    expect(isUnsupportedEncoding(name)).toBe(false);
  });

  test('of no encoding that is known', () => {
    for (const name of knownEncodings) expect(isUnsupportedEncoding(name)).toBe(false);
  });
});

describe('the encodings', () => {
  test.each(encodingNames)('%s is one that the library has', (name) => {
    expect(iconv.encodingExists(name)).toBe(true);
  });

  test.each(encodingNames.filter((name) => familyOf(name) === 'single-byte'))(
    '%s has ASCII at its place and one unit a byte',
    (name) => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const text = iconv.decode(bytes, name as 'utf8');
      expect(text).toHaveLength(256);
      expect(text.slice(0, 128)).toBe(bytes.subarray(0, 128).toString('latin1'));
      expect(text).toMatch(/^[^\ud800-\udfff]*$/);
    },
  );
});
