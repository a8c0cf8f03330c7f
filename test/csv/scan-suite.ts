/** What holds for any bytes in any dialect, for a fast and a long run. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeField } from '../../src/csv/decode-field.js';
import { type Dialect, RFC4180 } from '../../src/csv/dialect.js';
import {
  createScannedRecord,
  ESCAPED,
  QUOTED,
  STRAY,
  scanRecord,
  UNCLOSED,
} from '../../src/csv/scan-fields.js';
import { formatField, keepsBytes } from '../../src/csv/write-field.js';
import { anyDialect, hostileText } from './random-csv.js';
import { copyRecord, readAll, scanAll, toBytes } from './scan-all.js';

/** Declares the tests with `numRuns` inputs from `seed`. */
export function describeScanning(seed: number, numRuns: number): void {
  describe(`any bytes in any dialect, ${numRuns} inputs, seed ${seed}`, () => {
    test('scanRecord reads what the grammar says, written as a regular expression', () => {
      fc.assert(
        fc.property(hostileText, anyDialect, (text, dialect) => {
          // One character a byte, so that offsets are the same.
          const bytes = toBytes(text);
          const latin1 = Buffer.from(bytes).toString('latin1');
          expect(scanAll(bytes, dialect).map(toFields)).toEqual(readByPattern(latin1, dialect));
        }),
        { seed, numRuns },
      );
    });

    test('scanRecord finds each record whole or not at all when a block is cut anywhere', () => {
      fc.assert(
        fc.property(hostileText, anyDialect, (text, dialect) => {
          const bytes = toBytes(text);
          for (let cut = 0; cut <= bytes.length; cut++) expectSameWhenCut(bytes, cut, dialect);
        }),
        { seed, numRuns },
      );
    });

    test('a field reads back as its value, copied where keepsBytes allows it or formatted', () => {
      fc.assert(
        fc.property(hostileText, anyDialect, (text, dialect) => {
          const bytes = toBytes(text);
          expect(readAll(toBytes(writeAll(bytes, dialect)), RFC4180)).toEqual(
            readAll(bytes, dialect),
          );
        }),
        { seed, numRuns },
      );
    });
  });
}

interface Field {
  start: number;
  end: number;
  flags: number;
}

function toFields(record: ReturnType<typeof createScannedRecord>): Field[] {
  return record.starts.map((start, i) => ({
    start,
    end: record.ends[i]!,
    flags: record.flags[i]!,
  }));
}

/** Twin of the scanner: quoted part, ordinary part and separator of each field in one pattern. */
function readByPattern(latin1: string, dialect: Dialect): Field[][] {
  const delimiter = String.fromCharCode(dialect.delimiter);
  const quote = dialect.quote < 0 ? '(?!)' : String.fromCharCode(dialect.quote);
  const notQuote = dialect.quote < 0 ? '(?!)' : `[^${quote}]`;
  const lineEnd = dialect.recordEnd === 'cr' ? '\\r' : '\\r?\\n';
  const pattern = new RegExp(
    `(?:${quote}((?:${notQuote}|${quote}${quote})*)(${quote}|$))?` +
      `((?:(?!${delimiter}|${lineEnd})[^])*)` +
      `(${delimiter}|${lineEnd}|$)`,
    'y',
  );
  const rows: Field[][] = [];
  let row: Field[] = [];
  for (let start = 0; start < latin1.length || row.length > 0; start = pattern.lastIndex) {
    pattern.lastIndex = start;
    const [whole, quoted, closing, ordinary, separator] = pattern.exec(latin1)!;
    let flags = 0;
    if (quoted !== undefined) {
      flags = QUOTED;
      if (quoted.includes(quote)) flags |= ESCAPED;
      if (closing === '') flags |= UNCLOSED;
      if (ordinary !== '') flags |= STRAY;
    }
    row.push({ start, end: start + whole.length - separator!.length, flags });
    if (separator !== delimiter) {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** Scans `bytes` up to `cut`, then what is left over with the rest, and compares with one scan. */
function expectSameWhenCut(bytes: Uint8Array, cut: number, dialect: Dialect): void {
  const whole = scanAll(bytes, dialect);
  const record = createScannedRecord();
  let start = 0;
  for (const expected of whole) {
    const hasLineEnd = expected.nextStart > expected.contentEnd;
    const isInFirstBlock = hasLineEnd && expected.nextStart <= cut;
    if (start < cut) {
      const found = scanRecord(bytes.subarray(0, cut), start, dialect, false, record);
      expect(found).toBe(isInFirstBlock);
    }
    if (!isInFirstBlock) {
      const rest = bytes.subarray(start);
      expect(scanRecord(rest, 0, dialect, true, record)).toBe(true);
      record.starts = record.starts.map((offset) => offset + start);
      record.ends = record.ends.map((offset) => offset + start);
      record.contentEnd += start;
      record.nextStart += start;
    }
    expect(copyRecord(record)).toEqual(expected);
    start = record.nextStart;
  }
}

function writeAll(bytes: Uint8Array, dialect: Dialect): string {
  const lines = scanAll(bytes, dialect).map((record) =>
    record.starts
      .map((start, i) =>
        keepsBytes(bytes, record, i, dialect)
          ? Buffer.from(bytes.subarray(start, record.ends[i]!)).toString('utf8')
          : formatField(decodeField(bytes, record, i, dialect)),
      )
      .join(','),
  );
  return lines.map((line) => `${line}\n`).join('');
}
