/** Outputs in another form read back as the same table, and hold no formula where that is asked. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dialect, RFC4180 } from '../../src/csv/dialect.js';
import { createFormWriter, type OutputForm, PLAIN_FORM } from '../../src/csv/output-form.js';
import { formatField } from '../../src/csv/write-field.js';
import { readAll } from './scan-all.js';

const seed = Number(process.env.SEED ?? 20_261_121);

/** What `text`, handed in as pieces of `pieceBytes`, becomes. */
function rewrite(text: string, form: Partial<OutputForm>, pieceBytes = 1 << 20, isFirst = true) {
  const parts: Buffer[] = [];
  const sink = (bytes: Uint8Array): void => void parts.push(Buffer.from(bytes));
  const writer = createFormWriter({ ...PLAIN_FORM, ...form }, isFirst, sink);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    writer.write(bytes.subarray(at, at + pieceBytes));
  }
  return { text: Buffer.concat(parts).toString(), escaped: writer.escapedCells() };
}

describe('createFormWriter', () => {
  test('hands on what is to be plain RFC 4180 as it is', () => {
    expect(rewrite('a,"b,c"\n=1,\n', {})).toEqual({ text: 'a,"b,c"\n=1,\n', escaped: 0 });
  });

  test.each<[string, Partial<OutputForm>, string, string]>([
    ['another delimiter', { delimiter: ';' }, 'a,b\n1,"2,3"\n', 'a;b\n1;"2,3"\n'],
    ['quotes around what holds it', { delimiter: ';' }, 'a;b,c\n"d;e",f\n', '"a;b";c\n"d;e";f\n'],
    ['tabs', { delimiter: '\t' }, 'a,b\n', 'a\tb\n'],
    ['CRLF, but not inside quotes', { isCrlf: true }, 'a,"b\nc"\n1,2\n', 'a,"b\nc"\r\n1,2\r\n'],
    ['a byte order mark', { hasMark: true }, 'a\n1\n', '\ufeffa\n1\n'],
    ['an apostrophe', { escapesFormulas: true }, 'a\n=1+1\n', "a\n'=1+1\n"],
  ])('writes %s', (_, form, text, expected) => {
    for (const pieceBytes of [1, 2, 3, 1000]) {
      expect(rewrite(text, form, pieceBytes).text).toBe(expected);
    }
  });

  test('puts the mark before the first part only', () => {
    expect(rewrite('1\n', { hasMark: true }, 10, false).text).toBe('1\n');
  });

  const PAYLOADS = [
    ...['=1+1', '=cmd|"/C calc"!A0', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("x")'],
    ...["=IMPORTXML(CONCAT('x'))", '+cmd', '-cmd', '@x', '=', '-', '+', '--5', '=5', '-5,0'],
  ];
  test.each(PAYLOADS)('makes text of %j', (payload) => {
    const { text, escaped } = rewrite(`${formatField(payload)}\n`, { escapesFormulas: true });
    expect(readAll(Buffer.from(text), RFC4180)).toEqual([[`'${payload}`]]);
    expect(escaped).toBe(1);
  });

  test.each(['-5', '+3.25', '-1e9', '-.5', '"-5"', 'a=b', "'=1", '', 'x@y.z', '1-2'])(
    'leaves %j as it is',
    (cell) => {
      const found = rewrite(`${cell}\n`, { escapesFormulas: true });
      expect(found).toEqual({ text: `${cell}\n`, escaped: 0 });
    },
  );

  test('any table reads back as the same one, whatever the form and the pieces', () => {
    const cell = fc
      .array(fc.constantFrom(...'",;\t\r\n aé漢=-+@'), { maxLength: 5 })
      .map((characters) => characters.join(''));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        (rows, delimiter, isCrlf, escapesFormulas, pieceBytes) => {
          const text = rows.map((row) => `${row.map(formatField).join(',')}\n`).join('');
          const form = { delimiter, isCrlf, escapesFormulas };
          const written = Buffer.from(rewrite(text, form, pieceBytes).text);
          const dialect: Dialect = { ...RFC4180, delimiter: delimiter.charCodeAt(0) };
          const escaped = (cell: string): string =>
            escapesFormulas && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
          expect(readAll(written, dialect)).toEqual(rows.map((row) => row.map(escaped)));
        },
      ),
      { seed, numRuns: 500 },
    );
  });
});
