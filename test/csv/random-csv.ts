/**
 * Random inputs for the tests of this folder: well-formed CSV with its true values, and hostile
 * bytes.
 */

import fc from 'fast-check';
import { type Dialect, NO_QUOTE } from '../../src/csv/dialect.js';

/** A well-formed CSV text and the values it was written from. */
export interface CsvCase {
  readonly text: string;
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
}

const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Values over what CSV is about; every delimiter is in it, so most stand unquoted among the others.
 */
const value = fc
  .array(fc.constantFrom(...'"",;\t|\r\n\n  aé漢1-'), { maxLength: 6 })
  .map((characters) => characters.join(''));

const cell = fc.record({ value, quoteAnyway: fc.boolean() });

/** Rows of any width, each with its own line end; the last row's may be missing. */
export const csvCase: fc.Arbitrary<CsvCase> = fc
  .record({
    delimiter: fc.constantFrom(...DELIMITERS),
    rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
    ends: fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 4, maxLength: 4 }),
    endsWithLineEnd: fc.boolean(),
  })
  .map(({ delimiter, rows, ends, endsWithLineEnd }) => {
    const lines = rows.map((row) =>
      row.map((field) => writeField(field.value, field.quoteAnyway, delimiter)).join(delimiter),
    );
    // Nothing at all after a line end is no record, so an empty last record needs its own.
    const isLastEnded = endsWithLineEnd || lines.at(-1) === '';
    const text = lines
      .map((line, i) => (i < lines.length - 1 || isLastEnded ? line + ends[i]! : line))
      .join('');
    return { text, delimiter, rows: rows.map((row) => row.map((field) => field.value)) };
  });

function writeField(text: string, quoteAnyway: boolean, delimiter: string): string {
  const mustQuote = /["\r\n]/.test(text) || text.includes(delimiter);
  return mustQuote || quoteAnyway ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Valid UTF-8 of mostly structure: strays, open quotes, lone CRs and cut CRLFs are common in it.
 */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...`""""'',,;\r\r\n\n aé漢`), { minLength: 1, maxLength: 24 })
  .map((characters) => characters.join(''));

/** Dialects that give every byte of `hostileText` a part to play. */
export const anyDialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(...',;').map((character) => character.charCodeAt(0)),
  quote: fc.constantFrom('"'.charCodeAt(0), "'".charCodeAt(0), NO_QUOTE),
  recordEnd: fc.constantFrom('lf' as const, 'cr' as const),
});

/** How long a field of several lines may be: anything, or so little that it matters. */
export const longestQuoted: fc.Arbitrary<number> = fc.constantFrom(1 << 24, 1 << 24, 1, 2, 5);
