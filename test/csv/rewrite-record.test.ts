import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createByteText } from '../../src/csv/byte-text.js';
import { decodeField } from '../../src/csv/decode-field.js';
import { RFC4180 } from '../../src/csv/dialect.js';
import { type LongDialect, rewriteRecord } from '../../src/csv/rewrite-record.js';
import { createScannedRecord, scanRecord, UNCLOSED } from '../../src/csv/scan-fields.js';
import { formatField } from '../../src/csv/write-field.js';

const SEED = Number(process.env.SEED ?? 20261122);

/** All records of `text`, rewritten; what is known at a time is cut after `cut` bytes. */
function rewrite(text: string, dialect: LongDialect, longest = 1 << 20, cut = text.length): string {
  const bytes = Buffer.from(text);
  const out = createByteText(1);
  const record = { fieldCount: 0, isOpen: false };
  for (let start = 0; start < bytes.length; ) {
    const next =
      cut > start && cut < bytes.length
        ? rewriteRecord(bytes.subarray(0, cut), start, dialect, false, longest, out, record)
        : -1;
    start = next >= 0 ? next : rewriteRecord(bytes, start, dialect, true, longest, out, record);
  }
  return Buffer.from(out.room.subarray(0, out.length)).toString();
}

function dialectOf(delimiter: string, quote: string | null, mark: string | null): LongDialect {
  return {
    delimiter: Buffer.from(delimiter),
    quote: quote === null ? null : Buffer.from(quote),
    escape: mark === null ? null : Buffer.from(mark),
    recordEnd: 'lf',
    comment: null,
  };
}

const BARS = dialectOf('||', '"', null);
const ESCAPED = dialectOf(',', '"', '\\');

describe('rewriteRecord', () => {
  test.each([
    ['plain fields', 'a||b\n1||2\n', 'a,b\n1,2\n'],
    ['a comma in a field', 'a,b||c\n', '"a,b",c\n'],
    ['quotes with a delimiter', '"a||b"||c\n', 'a||b,c\n'],
    ['doubled quotes', '"a""b"||c\n', '"a""b",c\n'],
    ['half a delimiter', 'a|b||c|\n', 'a|b,c|\n'],
    ['a line end inside quotes', '"a\nb"||c\n', '"a\nb",c\n'],
    ['CRLF', 'a||b\r\n1||2\r\n', 'a,b\n1,2\n'],
    ['no last line end', 'a||b', 'a,b\n'],
    ['empty lines', 'a||b\n\n1||2\n', 'a,b\n\n1,2\n'],
    ['a stray behind quotes', '"a"b||c\n', '"""a""b",c\n'],
    ['a quote inside a field', 'a"b||c\n', '"a""b",c\n'],
    ['a quote that runs away', '"a||b\nc||"d"\ne||f\n', '"""a",b\nc,d\ne,f\n'],
    ['a quote that is open at the end', 'a||b\nc||"d', 'a,b\nc,"d'],
    ['bytes that are no text', 'a||\u0000\u001f\n', 'a,\u0000\u001f\n'],
  ])('writes %s', (_, text, expected) => {
    expect(rewrite(text, BARS)).toBe(expected);
  });

  test.each([
    ['an escaped quote', '"a\\"b",c\n', '"a""b",c\n'],
    ['an escaped escape', '"a\\\\",c\n', 'a\\,c\n'],
    ['an escape before anything else', '"C:\\new",c\n', 'C:\\new,c\n'],
    ['an escape outside quotes', 'a\\,c\n', 'a\\,c\n'],
    ['a doubled quote', '"a""b",c\n', '"a""b",c\n'],
  ])('undoes %s', (_, text, expected) => {
    expect(rewrite(text, ESCAPED)).toBe(expected);
  });

  test('takes a quote for none when what it quotes, with line ends, is too long', () => {
    expect(rewrite('"a\nb"||c\n', BARS, 2)).toBe('"""a"\n"b""",c\n');
  });

  test('leaves comments as they are', () => {
    const dialect = { ...BARS, comment: 0x23 };
    expect(rewrite('a||b\n#c||"d,\ne||#f\n#g', dialect)).toBe('a,b\n#c||"d,\ne,#f\n#g');
  });

  test('keeps CR as line end', () => {
    const dialect = { ...BARS, recordEnd: 'cr' } as const;
    expect(rewrite('a||b\r1||"2\r3"\r', dialect)).toBe('a,b\r1,"2\r3"\r');
  });

  test('finds the fields that the scanner finds, in a dialect of single bytes', () => {
    const parts = fc.constantFrom('a', '"', '"', '""', ',', ',', '\n', '\n', '\r\n', '\r', '"b,"');
    const texts = fc.array(parts, { maxLength: 24 }).map((list) => list.join(''));
    fc.assert(
      fc.property(texts, fc.constantFrom(3, 1 << 20), (text, longest) => {
        const bytes = Buffer.from(text);
        const record = createScannedRecord();
        let expected = '';
        for (let start = 0; start < bytes.length; start = record.nextStart) {
          scanRecord(bytes, start, RFC4180, true, record, longest);
          const isOpen = (record.flags[record.fieldCount - 1]! & UNCLOSED) !== 0;
          const cells = Array.from({ length: record.fieldCount }, (_, i) =>
            formatField(decodeField(bytes, record, i, RFC4180)),
          );
          if (isOpen) cells[cells.length - 1] = openField(cells.at(-1)!);
          expected += cells.join(',') + (isOpen ? '' : '\n');
        }
        expect(rewrite(text, dialectOf(',', '"', null), longest)).toBe(expected);
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  test('gives back the table that was written, wherever the bytes are cut', () => {
    const cells = fc.array(
      fc.constantFrom('a', '7', ' ', 'é', ',', '|', ';', '"', "'", '\\', '\n', '\r\n'),
      {
        maxLength: 6,
      },
    );
    const tables = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.array(
        fc.array(
          cells.map((parts) => parts.join('')),
          { minLength: width, maxLength: width },
        ),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
    );
    const dialects = fc.constantFrom(
      BARS,
      ESCAPED,
      dialectOf(', ', '"', null),
      dialectOf(';', "'", '\\'),
      dialectOf(';;', "'", null),
      dialectOf('é', '«', null),
      dialectOf(',', '"', '!'),
    );
    fc.assert(
      fc.property(tables, dialects, fc.nat(80), (table, dialect, cut) => {
        const [delimiter, quote] = [textOf(dialect.delimiter), textOf(dialect.quote!)];
        const mark = dialect.escape === null ? quote : textOf(dialect.escape);
        const write = (cell: string): string => {
          const marked = mark === quote ? cell : cell.replaceAll(mark, mark + mark);
          return quote + marked.replaceAll(quote, mark + quote) + quote;
        };
        const text = table.map((row) => `${row.map(write).join(delimiter)}\n`).join('');
        const rewritten = rewrite(text, dialect, 1 << 20, cut);
        expect(parse(rewritten, { relax_column_count: false })).toEqual(table);
        expect(rewrite(text, dialect)).toBe(rewritten);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });
});

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

/** A field that nobody closes. */
function openField(field: string): string {
  return field.startsWith('"') ? field.slice(0, -1) : `"${field}`;
}
