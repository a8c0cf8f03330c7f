/**
 * A second reader of CSV, one character at a time and by the definitions alone, and text to read
 * with it that was never meant to be a table.
 */
import fc from 'fast-check';
import type { RandomTable, TableDialect, TableField, TableRecord } from './random-table.js';

/** Every record of `text`; a byte order mark at its start is passed over. */
export function splitRecords(text: string, dialect: TableDialect): readonly TableRecord[] {
  const records: TableRecord[] = [];
  const newline = dialect.lineEnd === '\r' ? '\r' : '\n';
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const start = at;
    const fields: TableField[] = [];
    for (;;) {
      const end = fieldEnd(text, at, dialect);
      fields.push(readField(text.slice(at, end), end === text.length, dialect));
      at = end;
      if (text[at] !== dialect.delimiter) break;
      at++;
    }
    const before = text.slice(0, start);
    const line = before.split(newline).length;
    const byteOffset = Buffer.byteLength(before);
    records.push({ fields, text: text.slice(start, at), line, byteOffset });
    at += lineEndAt(text, at, dialect);
  }
  return records;
}

/** Length of the line end at `at`, or 0. */
function lineEndAt(text: string, at: number, { lineEnd }: TableDialect): number {
  if (lineEnd === '\r') return text[at] === '\r' ? 1 : 0;
  if (text[at] === '\n') return 1;
  return text.slice(at, at + 2) === '\r\n' ? 2 : 0;
}

/** Past the closing quote, if there is one, the field goes on to the next delimiter or line end. */
function fieldEnd(text: string, start: number, dialect: TableDialect): number {
  let at = start;
  if (dialect.quote !== null && text[at] === dialect.quote) {
    const closing = closingQuote(text, start + 1, dialect.quote);
    const inside = text.slice(start + 1, closing ?? text.length);
    const spansLines = inside.includes(dialect.lineEnd === '\r' ? '\r' : '\n');
    if (!spansLines) {
      if (closing === null) return text.length;
      at = closing + 1;
    } else if (closing !== null && endsField(text, closing + 1, dialect)) {
      at = closing + 1;
    }
  }
  while (at < text.length && text[at] !== dialect.delimiter && lineEndAt(text, at, dialect) === 0) {
    at++;
  }
  return at;
}

function closingQuote(text: string, from: number, quote: string): number | null {
  let at = from;
  while (at < text.length) {
    if (text[at] !== quote) at++;
    else if (text[at + 1] === quote) at += 2;
    else return at;
  }
  return null;
}

/** Whether a field may end at `at`. */
function endsField(text: string, at: number, dialect: TableDialect): boolean {
  return at === text.length || text[at] === dialect.delimiter || lineEndAt(text, at, dialect) > 0;
}

/** @param isLast no line end stands behind it. */
function readField(raw: string, isLast: boolean, { quote }: TableDialect): TableField {
  const isPlainReady = !/[",\r\n]/.test(raw);
  const plain = { raw, value: raw, isOutputReady: isPlainReady, isStray: false, isUnclosed: false };
  if (quote === null || !raw.startsWith(quote)) return plain;
  const rest = raw.slice(1);
  // What is left when doubled quotes are gone: a closing quote at its end, in its middle, or none.
  const bare = rest.replaceAll(quote + quote, '  ');
  const closing = bare.indexOf(quote);
  const undone = (text: string): string => text.replaceAll(quote + quote, quote);
  // Nobody closes it, and it did not open: there are lines behind it.
  if (closing < 0 && !isLast) return { ...plain, isStray: true };
  if (closing < 0) {
    return { raw, value: undone(rest), isOutputReady: false, isStray: false, isUnclosed: true };
  }
  if (closing < bare.length - 1) return { ...plain, isStray: true };
  const value = undone(rest.slice(0, -1));
  return { raw, value, isOutputReady: quote === '"', isStray: false, isUnclosed: false };
}

const PIECES = [
  ...['"', '"', '"', "'", ',', ',', ',', ';', '\n', '\n', '\r\n', '\r', ' ', '\t', '\ufeff'],
  ...['a', 'é', '漢', '😀', '1', '-2.5', '1000', 'NA', '\0', '\u00a0', '\u2028', '""', '\n,\n'],
];

const dialects: fc.Arbitrary<TableDialect> = fc.record({
  delimiter: fc.constantFrom(',', ',', ';'),
  quote: fc.constantFrom('"', '"', "'", null),
  lineEnd: fc.constantFrom('\n' as const, '\n' as const, '\r' as const),
});

/** Where there is none, there is nothing to clean either. */
const NO_HEADER = { value: 'a' };

/**
 * Valid UTF-8, and nothing else about it. Its names are not known to the model, so they are not
 * cleaned.
 */
export const hostileTable: fc.Arbitrary<RandomTable> = fc
  .record({
    dialect: dialects,
    pieces: fc.array(fc.constantFrom(...PIECES), { maxLength: 120, size: 'max' }),
    start: fc.constantFrom('', '', '\ufeff', 'a,b\n', 'a;b,c\r'),
  })
  .map(({ dialect, pieces, start }) => {
    const text = start + pieces.join('');
    const records = splitRecords(text, dialect);
    const first = records.find(({ fields }) =>
      fields.some(({ value, isUnclosed }) => isUnclosed || !/^[ \t\u00a0\ufeff]*$/.test(value)),
    );
    const header = (first?.fields ?? [NO_HEADER]).map(({ value }) => [value, null] as const);
    return { bytes: Buffer.from(text), dialect, records, header };
  });
