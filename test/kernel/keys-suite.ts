/** Compares the keys of the kernel with its scalar twin's over random blocks. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { decodeField } from '../../src/csv/decode-field.js';
import type { Dialect } from '../../src/csv/dialect.js';
import { createScannedRecord, scanRecord } from '../../src/csv/scan-fields.js';
import { trimText } from '../../src/csv/trim-text.js';
import type { Kernel } from '../../src/kernel/load-kernel.js';
import { ODD, TRIM } from '../../src/kernel/record-flags.js';
import { indexRecords, type RecordIndex } from '../../src/kernel/scalar/index-records.js';
import { layOutParts } from '../../src/kernel/scalar/lay-out-keys.js';
import { keyOf } from '../../src/kernel/scalar/write-keys.js';
import { blocks, DIALECTS, NOTHING } from './index-suite.js';

const SOURCE = 1024;
const FIELD_ENDS = 1 << 16;
const RECORD_FIELDS = 1 << 17;
const WANTED = 3 << 16;
const FLAGS = WANTED + (1 << 15);
const COLUMNS = 4 << 16;
const ENDS = 5 << 16;
const HASHES = 6 << 16;
const TO = 8 << 16;
const LONGEST = 4096;
const GUARD = 0xa5;
/** What the kernel may write beyond twice the block. */
const OVERSHOOT = 16;

interface Case {
  readonly bytes: Uint8Array;
  readonly dialect: Dialect;
  readonly index: RecordIndex;
  readonly wanted: readonly number[];
  readonly columns: readonly number[] | null;
  readonly width: number;
  readonly trims: boolean;
}

/** The key of each record and its hash; null where the kernel writes none. */
function kernelKeys(kernel: Kernel, one: Case) {
  const { exports, memory } = kernel;
  const { bytes, dialect, index, wanted, columns, width, trims } = one;
  const all = Buffer.from(memory.buffer);
  all.set(bytes, SOURCE);
  all.fill('"\n,\r', SOURCE + bytes.length, SOURCE + bytes.length + 64);
  new Uint32Array(memory.buffer, FIELD_ENDS).set(index.fieldEnds);
  new Uint32Array(memory.buffer, RECORD_FIELDS).set(index.recordFields);
  new Uint32Array(memory.buffer, COLUMNS).set(columns ?? []);
  all.set(wanted, WANTED);
  all.set(index.flags, FLAGS);
  const count = index.recordFields.length;
  const limit = TO + 2 * bytes.length + OVERSHOOT;
  all.fill(GUARD, limit, limit + 64);
  const end = exports.writeKeys(
    ...([SOURCE, count, FIELD_ENDS, RECORD_FIELDS, FLAGS, WANTED, trims ? TRIM : 0] as const),
    ...([dialect.quote, dialect.delimiter, dialect.recordEnd === 'cr' ? 1 : 0] as const),
    ...([columns === null ? 0 : COLUMNS, columns?.length ?? width, TO, ENDS, HASHES] as const),
  );
  expect(all.subarray(limit, limit + 64).every((byte) => byte === GUARD)).toBe(true);
  const ends = [...new Uint32Array(memory.buffer, ENDS, count)];
  const hashes = [...new Uint32Array(memory.buffer, HASHES, count)];
  expect(ends.at(-1) ?? TO).toBe(end);
  return index.flags.map((flags, r) => {
    const from = r === 0 ? TO : ends[r - 1]!;
    if (wanted[r] === 0 || (flags & ODD) !== 0) {
      expect(ends[r]).toBe(from);
      return null;
    }
    const key = all.subarray(from, ends[r]).toString('latin1');
    expect(exports.hashKey(from, ends[r]! - from) >>> 0).toBe(hashes[r]);
    return { key, hash: hashes[r] };
  });
}

/** The same from the cells as the scalar scanner finds them. */
function twinKeys({ bytes, dialect, index, wanted, columns, width, trims }: Case) {
  const record = createScannedRecord();
  let start = 0;
  return index.flags.map((flags, r) => {
    scanRecord(bytes, start, dialect, true, record, LONGEST);
    start = record.nextStart;
    if (wanted[r] === 0 || (flags & ODD) !== 0) return null;
    const texts = (columns ?? Array.from({ length: width }, (_, i) => i)).map((column) => {
      if (column >= record.fieldCount) return '';
      const text = decodeField(bytes, record, column, dialect);
      return trims ? trimText(text) : text;
    });
    return keyOf(texts, dialect.delimiter).toString('latin1');
  });
}

/** Whether a field beyond the header's holds a byte. */
function isTooLong({ fieldEnds, recordFields }: RecordIndex, record: number, width: number) {
  const first = record === 0 ? 0 : recordFields[record - 1]!;
  const ends = fieldEnds.slice(first, recordFields[record]);
  return ends.some((end, i) => i >= width && end !== ends[i - 1]! + 1);
}

/** @returns how often two records had one key, and how many keys there were. */
export function checkKeys(kernel: Kernel, seed: number, numRuns: number) {
  const seen = { keys: 0, equal: 0 };
  const property = fc.property(
    blocks,
    fc.constantFrom(...DIALECTS),
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.constantFrom(1, 1, 1, 0), { minLength: 1, maxLength: 30 }),
    fc.option(fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 4 })),
    fc.boolean(),
    (bytes, dialect, width, draws, drawn, trims) => {
      const index = indexRecords(bytes, true, dialect, width, LONGEST, LONGEST, NOTHING);
      // Records with cells beyond the header's are rejected, and none asks for their keys.
      const wanted = index.flags.map((_, r) =>
        isTooLong(index, r, width) ? 0 : draws[r % draws.length]!,
      );
      const inside = (drawn ?? []).filter((column) => column < width).sort((a, b) => a - b);
      const columns = inside.length === 0 ? null : inside;
      const one: Case = { bytes, dialect, index, wanted, columns, width, trims };
      const found = kernelKeys(kernel, one);
      expect(found.map((key) => key?.key ?? null)).toEqual(twinKeys(one));
      const hashes = new Map(found.flatMap((key) => (key === null ? [] : [[key.key, key.hash]])));
      for (const key of found) if (key !== null) expect(hashes.get(key.key)).toBe(key.hash);
      const keys = found.filter((key) => key !== null).length;
      seen.keys += keys;
      seen.equal += keys - hashes.size;
    },
  );
  fc.assert(property, { seed, numRuns });
  return seen;
}

const ROWS = 4 << 16;
const KEY_BYTES = 5 << 16;
const LAID = 8 << 16;

const keyRow = fc.record({
  key: fc.uint8Array({ maxLength: 40 }),
  hash: fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 0xffffffff)),
  line: fc.nat(),
});

/** Divides random rows by their hashes, and compares each part with the twin's. */
export function checkLayOut(kernel: Kernel, seed: number, numRuns: number): void {
  const property = fc.property(
    fc.array(keyRow, { maxLength: 40 }),
    fc.integer({ min: 1, max: 70 }),
    (rows, partCount) => {
      const { buffer } = kernel.memory;
      const all = Buffer.from(buffer);
      let at = KEY_BYTES;
      rows.forEach(({ key, hash, line }, i) => {
        all.set(key, at);
        new Uint32Array(buffer, ROWS + i * 16, 4).set([at, key.length, hash, line]);
        at += key.length;
      });
      const end = kernel.exports.layOutKeys(ROWS, rows.length, partCount, LAID);
      const offsets = new Uint32Array(buffer, LAID, partCount + 1);
      expect(offsets[0]).toBe((partCount + 1) * 4);
      expect(LAID + offsets[partCount]!).toBe(end);
      const parts = layOutParts(rows, partCount);
      for (const [part, expected] of parts.entries()) {
        const found = all.subarray(LAID + offsets[part]!, LAID + offsets[part + 1]!);
        expect(withoutFilling(found)).toEqual(expected);
      }
    },
  );
  fc.assert(property, { seed, numRuns });
}

/** What fills keys up may be anything. */
function withoutFilling(part: Buffer): Buffer {
  const copy = Buffer.from(part);
  for (let at = 0; at < copy.length; ) {
    const end = at + 12 + copy.readUInt32LE(at + 4);
    at = Math.ceil(end / 4) * 4;
    copy.fill(0, end, at);
  }
  return copy;
}
