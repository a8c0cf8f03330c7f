/** The value of every kind of field, and the refusal of bytes that are not UTF-8. */

import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/csv/decode-field.js';
import { type Dialect, NO_QUOTE, RFC4180 } from '../../src/csv/dialect.js';
import { readAll, toBytes } from './scan-all.js';

const APOSTROPHE: Dialect = { ...RFC4180, quote: 0x27 };
const UNQUOTED: Dialect = { ...RFC4180, quote: NO_QUOTE };

describe('decodeField', () => {
  test.each<[string, string, Dialect, string[][]]>([
    ['an ordinary field as it stands', ' a"b ,é漢🚕\n', RFC4180, [[' a"b ', 'é漢🚕']]],
    ['a quoted field without its quotes', '"a,b\r\n",""\n', RFC4180, [['a,b\r\n', '']]],
    ['doubled quotes as one', '"""a"" ""b""","""""é"\n', RFC4180, [['"a" "b"', '""é']]],
    ['a field with a stray literally', '"a"" "b ,"" \n', RFC4180, [['"a"" "b ', '"" ']]],
    ['what follows a quote never closed', 'x,"a""b,', RFC4180, [['x', 'a"b,']]],
    ['a quote that does not open literally', 'x,"a\nb', RFC4180, [['x', '"a'], ['b']]],
    ['nothing where only a quote was opened', '"', RFC4180, [['']]],
    ['another quote byte like the usual one', "'it''s \"',a\"\n", APOSTROPHE, [['it\'s "', 'a"']]],
    ['quotes literally when there is no quote byte', '"a",""""\n', UNQUOTED, [['"a"', '""""']]],
    ['a byte order mark as text', '\uFEFFa,"\uFEFFb"\n', RFC4180, [['\uFEFFa', '\uFEFFb']]],
  ])('reads %s', (_name, text, dialect, rows) => {
    expect(readAll(toBytes(text), dialect)).toEqual(rows);
  });

  test('throws when the field is not UTF-8', () => {
    expect(() => readAll(Uint8Array.of(0x61, 0xff), RFC4180)).toThrow(TypeError);
  });
});

describe('decodeText', () => {
  test('reads from start to end, quotes and byte order mark included', () => {
    const bytes = toBytes('xx\uFEFF"é",漢yy');
    expect(decodeText(bytes, 2, bytes.length - 2)).toBe('\uFEFF"é",漢');
    expect(decodeText(bytes, 2, 2)).toBe('');
  });

  test('throws when the text is cut inside a character', () => {
    expect(() => decodeText(toBytes('aé'), 0, 2)).toThrow(TypeError);
  });
});
