import { expect, test } from 'vitest';
import { RFC4180 } from '../../../src/csv/dialect.js';
import { createScannedRecord, scanRecord } from '../../../src/csv/scan-fields.js';
import { sourceOf } from '../../../src/engine/byte-source.js';
import { guessStart, type RecordsSeen } from '../../../src/engine/split/guess-start.js';

/** All records of the bytes, by the scanner. */
function seenBehind(bytes: Uint8Array, width: number): RecordsSeen {
  const record = createScannedRecord();
  let [even, others] = [0, 0];
  for (let start = 0; start < bytes.length; start = record.nextStart) {
    scanRecord(bytes, start, RFC4180, true, record, bytes.length);
    if (record.fieldCount === width) even++;
    else others++;
  }
  return { even, others };
}

/** What is guessed for a span that begins where `|` stands, as the text from there on. */
function guess(marked: string, width: number): { rest: string; line: number } | null {
  const startBytes = Buffer.byteLength(marked.slice(0, marked.indexOf('|')));
  const bytes = Buffer.from(marked.replace('|', ''));
  const span = { index: 1, startBytes, endBytes: Number.POSITIVE_INFINITY };
  const look = (offset: number) => seenBehind(bytes.subarray(offset), width);
  const found = guessStart(sourceOf(bytes), span, RFC4180, look);
  if (found === null) return null;
  return { rest: bytes.toString('utf8', found.offsetBytes), line: found.line };
}

test('a span without quotes begins behind its first line end', () => {
  expect(guess('1,2\n3,|4\n5,6\n', 2)).toEqual({ rest: '5,6\n', line: 2 });
});

test('a span that begins with a record owns it', () => {
  expect(guess('1,2\n|3,4\n5,6\n', 2)).toEqual({ rest: '3,4\n5,6\n', line: 1 });
});

test('inside quotes when only that makes records as wide as the header', () => {
  const rest = '3,4\n5,"x, y"\n6,7\n';
  expect(guess(`1,"a\nb|b, c\nd, e, f"\n${rest}`, 2)).toEqual({ rest, line: 3 });
});

test('outside when the records behind a quoted field are as wide either way', () => {
  const rest = '3,"c\nd"\n5,6\n';
  expect(guess(`1,a|b\n${rest}`, 2)).toEqual({ rest, line: 2 });
});

test('nothing starts in a span without a line end', () => {
  expect(guess('1,2\n3,|44444', 2)).toBeNull();
});
