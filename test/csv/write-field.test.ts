/** Minimal quoting, and which raw fields may be copied. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dialect, NO_QUOTE, RFC4180 } from '../../src/csv/dialect.js';
import { formatField, keepsBytes, needsQuotes } from '../../src/csv/write-field.js';
import { readAll, scanAll, toBytes } from './scan-all.js';

const seed = Number(process.env.SEED ?? 20_260_105);
const SEMICOLON: Dialect = { ...RFC4180, delimiter: 0x3b };
const APOSTROPHE: Dialect = { ...SEMICOLON, quote: 0x27 };
const UNQUOTED: Dialect = { ...SEMICOLON, quote: NO_QUOTE };
const CR_FILE: Dialect = { ...SEMICOLON, recordEnd: 'cr' };

describe('formatField', () => {
  test.each([
    ['', ''],
    ['a', 'a'],
    [' a ', ' a '],
    ['a;b\t|', 'a;b\t|'],
    ["it's", "it's"],
    ['=1+1', '=1+1'],
    ['\uFEFF漢', '\uFEFF漢'],
    ['a,b', '"a,b"'],
    ['"', '""""'],
    ['a"b""', '"a""b"""""'],
    ['\r', '"\r"'],
    ['a\nb', '"a\nb"'],
  ])('writes %j as %j', (value, raw) => {
    expect(formatField(value)).toBe(raw);
    expect(needsQuotes(value)).toBe(raw !== value);
  });

  test(`writes what decodeField reads back, for any values (seed ${seed})`, () => {
    const value = fc.string({ unit: fc.constantFrom(...'",\r\n;\' aé漢🚕\0\uFEFF') });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const bytes = toBytes(`${values.map(formatField).join(',')}\n`);
        expect(readAll(bytes, RFC4180)).toEqual([values]);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe('keepsBytes', () => {
  test.each<[string, string, Dialect, boolean]>([
    ['an ordinary field', 'a b', SEMICOLON, true],
    ['an empty field', ';x', SEMICOLON, true],
    ['a field quoted without need', '"a"', SEMICOLON, true],
    ['a quoted field with everything in it', '"a,""\r\n;"', SEMICOLON, true],
    ['an ordinary field with a comma', 'a,b', SEMICOLON, false],
    ['an ordinary field with a quote', 'a"b', SEMICOLON, false],
    ['an ordinary field with a CR', 'a\rb', SEMICOLON, false],
    ['an ordinary field with an LF, from a CR file', 'a\nb', CR_FILE, false],
    ['a field with a stray', '"a"b', SEMICOLON, false],
    ['a field never closed', '"a', SEMICOLON, false],
    ['a field quoted by another byte', "'a'", APOSTROPHE, false],
    ['a field never closed after another quote byte', "'a", APOSTROPHE, false],
    ['a field with a stray after another quote byte, literal either way', "'a'b", APOSTROPHE, true],
    ['quotes that are ordinary bytes', '"a"', UNQUOTED, false],
  ])('%s: %j', (_name, text, dialect, expected) => {
    const bytes = toBytes(text);
    expect(keepsBytes(bytes, scanAll(bytes, dialect)[0]!, 0, dialect)).toBe(expected);
  });

  test('looks at the field alone, not at its neighbours', () => {
    const bytes = toBytes('a,b;c;"d"e\n');
    const [record] = scanAll(bytes, SEMICOLON);
    const kept = [0, 1, 2].map((i) => keepsBytes(bytes, record!, i, SEMICOLON));
    expect(kept).toEqual([false, true, false]);
  });
});
