/** What holds for any bytes in any dialect, for a fast and a long run. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeField } from '../../src/csv/decode-field.js';
import { type Dialect, RFC4180 } from '../../src/csv/dialect.js';
import {
  createScannedRecord,
  ESCAPED,
  QUOTED,
  RUNAWAY,
  STRAY,
  scanRecord,
  UNCLOSED,
} from '../../src/csv/scan-fields.js';
import { formatField, keepsBytes } from '../../src/csv/write-field.js';
import { anyDialect, hostileText, longestQuoted } from './random-csv.js';
import { copyRecord, readAll, scanAll, toBytes } from './scan-all.js';

/** Declares the tests with `numRuns` inputs from `seed`. */
export function describeScanning(seed: number, numRuns: number): void {
  describe(`any bytes in any dialect, ${numRuns} inputs, seed ${seed}`, () => {
    test('scanRecord reads what the grammar says, written as a regular expression', () => {
      fc.assert(
        fc.property(hostileText, anyDialect, longestQuoted, (text, dialect, longest) => {
          // One character a byte, so that offsets are the same.
          const bytes = toBytes(text);
          const latin1 = Buffer.from(bytes).toString('latin1');
          const found = scanAll(bytes, dialect, longest).map(toFields);
          expect(found).toEqual(readByPattern(latin1, dialect, longest));
        }),
        { seed, numRuns },
      );
    });

    test('scanRecord finds each record whole or not at all when a block is cut anywhere', () => {
      fc.assert(
        fc.property(hostileText, anyDialect, longestQuoted, (text, dialect, longest) => {
          const bytes = toBytes(text);
          for (let cut = 0; cut <= bytes.length; cut++) {
            expectSameWhenCut(bytes, cut, dialect, longest);
          }
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

/** Twin of the scanner: quoted part, then ordinary part and separator of each field, as patterns. */
function readByPattern(latin1: string, dialect: Dialect, longest: number): Field[][] {
  const delimiter = String.fromCharCode(dialect.delimiter);
  const lineEnd = dialect.recordEnd === 'cr' ? '\\r' : '\\r?\\n';
  const ordinary = new RegExp(
    `(?:(?!${delimiter}|${lineEnd})[^])*(${delimiter}|${lineEnd}|$)`,
    'y',
  );
  const rows: Field[][] = [];
  let row: Field[] = [];
  for (let start = 0; start < latin1.length || row.length > 0; start = ordinary.lastIndex) {
    const quoted = quotedBy(latin1.slice(start), dialect, lineEnd, longest);
    ordinary.lastIndex = start + quoted.length;
    const [rest, separator] = ordinary.exec(latin1)!;
    const strays = quoted.flags !== 0 && rest.length > separator!.length;
    const flags = quoted.flags | (strays ? STRAY : 0);
    row.push({ start, end: ordinary.lastIndex - separator!.length, flags });
    if (separator !== delimiter) {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** How much of the field that `text` begins with is quoted, and what its flags are. */
function quotedBy(text: string, dialect: Dialect, lineEnd: string, longest: number) {
  const quote = String.fromCharCode(dialect.quote);
  if (dialect.quote < 0 || !text.startsWith(quote)) return { length: 0, flags: 0 };
  const [whole, content, closing] = new RegExp(
    `^${quote}((?:[^${quote}]|${quote}${quote})*)(${quote}|$)`,
  ).exec(text)!;
  const isLong = content!.length > longest;
  // What is looked at for line ends: the content, or as much of it as may be there and one more.
  const spansLines = new RegExp(lineEnd).test(isLong ? content!.slice(0, longest + 1) : content!);
  const delimiter = String.fromCharCode(dialect.delimiter);
  const endsWell = new RegExp(`^(?:${delimiter}|${lineEnd}|$)`).test(text.slice(whole.length));
  if (spansLines && (isLong || closing === '' || !endsWell)) {
    return { length: 1, flags: QUOTED | RUNAWAY | STRAY };
  }
  const flags = QUOTED | (content!.includes(quote) ? ESCAPED : 0) | (closing === '' ? UNCLOSED : 0);
  return { length: whole.length, flags };
}

/** Scans `bytes` up to `cut`, then what is left over with the rest, and compares with one scan. */
function expectSameWhenCut(bytes: Uint8Array, cut: number, dialect: Dialect, longest: number) {
  const whole = scanAll(bytes, dialect, longest);
  const record = createScannedRecord();
  let start = 0;
  for (const expected of whole) {
    const hasLineEnd = expected.nextStart > expected.contentEnd;
    const isInFirstBlock = hasLineEnd && expected.nextStart <= cut;
    // Whether a quote opens may be told by what stands behind the record.
    const isPlain = expected.flags.every((flags) => (flags & RUNAWAY) === 0);
    let found = false;
    if (start < cut) {
      found = scanRecord(bytes.subarray(0, cut), start, dialect, false, record, longest);
      if (isPlain || !isInFirstBlock) expect(found).toBe(isInFirstBlock);
    }
    if (!found) {
      const rest = bytes.subarray(start);
      expect(scanRecord(rest, 0, dialect, true, record, longest)).toBe(true);
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
