/** The grammar rule by rule, and the fast run of what holds for any bytes. */

import { describe, expect, test } from 'vitest';
import { type Dialect, NO_QUOTE, RFC4180 } from '../../src/csv/dialect.js';
import {
  createScannedRecord,
  ESCAPED,
  MOST_FIELDS,
  QUOTED,
  RUNAWAY,
  STRAY,
  scanRecord,
  UNCLOSED,
} from '../../src/csv/scan-fields.js';
import { LONGEST_QUOTED, scanAll, toBytes } from './scan-all.js';
import { describeScanning } from './scan-suite.js';

const CR_FILE: Dialect = { ...RFC4180, recordEnd: 'cr' };
const APOSTROPHE: Dialect = { ...RFC4180, quote: 0x27 };
const UNQUOTED: Dialect = { ...RFC4180, quote: NO_QUOTE };
const SEMICOLON: Dialect = { ...RFC4180, delimiter: 0x3b };

/**
 * A record of an ASCII text: its fields, then its line end. A field is written as the first letters
 * of its flags (Quoted, Escaped, Stray, Unclosed, Runaway), a colon, and its raw text.
 */
type Expected = readonly string[];

function scanText(text: string, dialect: Dialect): Expected[] {
  return scanAll(toBytes(text), dialect).map((record) => [
    ...record.starts.map(
      (start, i) => `${letters(record.flags[i]!)}:${text.slice(start, record.ends[i]!)}`,
    ),
    text.slice(record.contentEnd, record.nextStart),
  ]);
}

function letters(flags: number): string {
  const names = [QUOTED, ESCAPED, STRAY, UNCLOSED, RUNAWAY];
  return names.map((flag, i) => ((flags & flag) === 0 ? '' : 'QESUR'[i])).join('');
}

type GrammarCase = readonly [name: string, text: string, records: readonly Expected[]];

const LINE_ENDS: readonly GrammarCase[] = [
  [
    'a record ends at LF',
    'a,b\nc\n',
    [
      [':a', ':b', '\n'],
      [':c', '\n'],
    ],
  ],
  [
    'a record ends at CRLF',
    'a,b\r\nc\r\n',
    [
      [':a', ':b', '\r\n'],
      [':c', '\r\n'],
    ],
  ],
  [
    'line ends may be mixed',
    'a\nb\r\nc\n',
    [
      [':a', '\n'],
      [':b', '\r\n'],
      [':c', '\n'],
    ],
  ],
  [
    'the last record needs no line end',
    'a\nb',
    [
      [':a', '\n'],
      [':b', ''],
    ],
  ],
  [
    'an empty line is one empty field',
    '\n\r\na\n',
    [
      [':', '\n'],
      [':', '\r\n'],
      [':a', '\n'],
    ],
  ],
  ['delimiters stand between fields, which may be empty', ',a,\n', [[':', ':a', ':', '\n']]],
  ['a delimiter as the last byte opens an empty field', 'a,', [[':a', ':', '']]],
  ['spaces belong to the field', ' a , b\n', [[': a ', ': b', '\n']]],
  [
    'a CR without LF is ordinary',
    'a\rb,\r\r\n\r',
    [
      [':a\rb', ':\r', '\r\n'],
      [':\r', ''],
    ],
  ],
];

const QUOTES: readonly GrammarCase[] = [
  ['quotes hold delimiters', '"a,b",c\n', [['Q:"a,b"', ':c', '\n']]],
  ['quotes hold line ends', '"c\r\nd\ne\r"\n', [['Q:"c\r\nd\ne\r"', '\n']]],
  [
    'a quoted field may be empty',
    '"",""\r\n""',
    [
      ['Q:""', 'Q:""', '\r\n'],
      ['Q:""', ''],
    ],
  ],
  ['a doubled quote does not close', '"a""b","c"\n', [['QE:"a""b"', 'Q:"c"', '\n']]],
  ['doubled quotes may be all there is', '"""",""""""', [['QE:""""', 'QE:""""""', '']]],
  ['a later field escapes not this one', '"a","b""c"\n', [['Q:"a"', 'QE:"b""c"', '\n']]],
  ['a quote opens only as the first byte', 'a"b, "d,e"\n', [[':a"b', ': "d', ':e"', '\n']]],
];

const STRAYS: readonly GrammarCase[] = [
  [
    'a stray goes on to the delimiter',
    '"a"b"c,d"e\nf',
    [
      ['QS:"a"b"c', ':d"e', '\n'],
      [':f', ''],
    ],
  ],
  [
    'no quote opens in a stray',
    '"a" "b\nc"\n',
    [
      ['QS:"a" "b', '\n'],
      [':c"', '\n'],
    ],
  ],
  ['a stray goes on to the end of the file', '"a""" ', [['QES:"a""" ', '']]],
  ['a field after a stray may be quoted', '"a"b,"c,"\n', [['QS:"a"b', 'Q:"c,"', '\n']]],
  [
    'a CR without LF is a stray',
    '"a"\rb\r\n"c"\r',
    [
      ['QS:"a"\rb', '\r\n'],
      ['QS:"c"\r', ''],
    ],
  ],
  [
    'a quote that nobody closes before the end of the file does not open',
    'a,"b,c\nd\n',
    [
      [':a', 'QSR:"b', ':c', '\n'],
      [':d', '\n'],
    ],
  ],
  [
    'nor one that the next quote behind a line end would close to no good end',
    'a,"b,c\nd,"e,f"\n',
    [
      [':a', 'QSR:"b', ':c', '\n'],
      [':d', 'Q:"e,f"', '\n'],
    ],
  ],
  ['within a line it does', 'a,"b,c"d\n', [[':a', 'QS:"b,c"d', '\n']]],
  [
    'doubled quotes do not close it',
    '"a\nb,"",c\n',
    [
      ['QSR:"a', '\n'],
      [':b', 'Q:""', ':c', '\n'],
    ],
  ],
  [
    'a CR without LF is no good end',
    '"a\nb"\rc\n',
    [
      ['QSR:"a', '\n'],
      [':b"\rc', '\n'],
    ],
  ],
  ['an open quote takes the rest of the last line', 'a,"b,c', [[':a', 'QU:"b,c', '']]],
  ['a quote as the last byte is an open field', 'a,"', [[':a', 'QU:"', '']]],
  ['an open field may end in a doubled quote', '"a""', [['QEU:"a""', '']]],
];

const DIALECTS: readonly (readonly [string, string, Dialect, readonly Expected[]])[] = [
  ['a comma is ordinary between semicolons', 'a,b;c\n', SEMICOLON, [[':a,b', ':c', '\n']]],
  ['" is ordinary where another byte quotes', '"a,b"\n', APOSTROPHE, [[':"a', ':b"', '\n']]],
  ['another byte quotes like "', "'a,b','c''d'\n", APOSTROPHE, [["Q:'a,b'", "QE:'c''d'", '\n']]],
  [
    'without a quote byte " is ordinary',
    '"a,b"\n"',
    UNQUOTED,
    [
      [':"a', ':b"', '\n'],
      [':"', ''],
    ],
  ],
  [
    'CR ends a record of a CR file',
    'a,b\rc\r',
    CR_FILE,
    [
      [':a', ':b', '\r'],
      [':c', '\r'],
    ],
  ],
  [
    'LF is ordinary in a CR file',
    'a\nb\r\n',
    CR_FILE,
    [
      [':a\nb', '\r'],
      [':\n', ''],
    ],
  ],
  [
    'quotes hold a CR of a CR file',
    '"a\rb"\rc',
    CR_FILE,
    [
      ['Q:"a\rb"', '\r'],
      [':c', ''],
    ],
  ],
  ['LF is a stray in a CR file', '"a"\n\r', CR_FILE, [['QS:"a"\n', '\r']]],
];

describe('scanRecord', () => {
  test.each([...LINE_ENDS, ...QUOTES, ...STRAYS])('%s: %j', (_name, text, records) => {
    expect(scanText(text, RFC4180)).toEqual(records);
  });

  test.each(DIALECTS)('%s: %j', (_name, text, dialect, records) => {
    expect(scanText(text, dialect)).toEqual(records);
  });

  test('starts at the given offset and counts offsets from the first byte', () => {
    const record = createScannedRecord();
    expect(scanRecord(toBytes('x\né,b\r\ny'), 2, RFC4180, true, record, LONGEST_QUOTED)).toBe(true);
    expect(record).toEqual({
      fieldCount: 2,
      isRestEmpty: true,
      starts: [2, 5],
      ends: [4, 6],
      flags: [0, 0],
      contentEnd: 6,
      nextStart: 8,
    });
  });

  test('overwrites the record before, whose further entries do not count', () => {
    const record = createScannedRecord();
    const bytes = toBytes('a,b,"c"\nd\n');
    scanRecord(bytes, 0, RFC4180, true, record, LONGEST_QUOTED);
    scanRecord(bytes, record.nextStart, RFC4180, true, record, LONGEST_QUOTED);
    expect(record.fieldCount).toBe(1);
    expect([record.starts[0], record.ends[0], record.flags[0]]).toEqual([8, 9, 0]);
  });

  test.each([
    ['a field', 'a,b'],
    ['a delimiter', 'a,'],
    ['a CR that may be half a CRLF', 'a\r'],
    ['a quote that may close or be doubled', '"a"'],
    ['a CR after a closing quote', '"a"\r'],
    ['a line end inside quotes', '"a\n'],
  ])('answers false when the block ends in %s and is not the last', (_name, text) => {
    const record = createScannedRecord();
    expect(scanRecord(toBytes(text), 0, RFC4180, false, record, LONGEST_QUOTED)).toBe(false);
    expect(scanRecord(toBytes(text), 0, RFC4180, true, record, LONGEST_QUOTED)).toBe(true);
  });

  test('needs no byte beyond the line end when the block is not the last', () => {
    const record = createScannedRecord();
    expect(scanRecord(toBytes('"a"\n'), 0, RFC4180, false, record, LONGEST_QUOTED)).toBe(true);
    expect(scanRecord(toBytes('a\r\n'), 0, RFC4180, false, record, LONGEST_QUOTED)).toBe(true);
    expect(scanRecord(toBytes('a\r'), 0, CR_FILE, false, record, LONGEST_QUOTED)).toBe(true);
  });

  test.each([
    ['', true],
    ['x', false],
  ])(
    'keeps no more fields than there may be columns, and whether the rest is empty: %j',
    (end, isRestEmpty) => {
      const record = createScannedRecord();
      const bytes = toBytes(`${','.repeat(MOST_FIELDS + 4)}${end}\na\n`);
      expect(scanRecord(bytes, 0, RFC4180, false, record, LONGEST_QUOTED)).toBe(true);
      expect(record).toMatchObject({ fieldCount: MOST_FIELDS + 5, isRestEmpty });
      expect(record.starts).toHaveLength(MOST_FIELDS);
      expect(record.nextStart).toBe(bytes.length - 2);
    },
  );
});

describeScanning(Number(process.env.SEED ?? 20_260_103), 300);
