/** Scans whole texts for the tests of this folder; it adds nothing to what `scanRecord` says. */

import { decodeField } from '../../src/csv/decode-field.js';
import type { Dialect } from '../../src/csv/dialect.js';
import { createScannedRecord, type ScannedRecord, scanRecord } from '../../src/csv/scan-fields.js';

/** Longer than any field of a test. */
export const LONGEST_QUOTED = 1 << 24;

/** The bytes of `text` in UTF-8. */
export function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A copy of `record` without what is left over from wider ones. */
export function copyRecord(record: ScannedRecord): ScannedRecord {
  return {
    ...record,
    starts: record.starts.slice(0, record.fieldCount),
    ends: record.ends.slice(0, record.fieldCount),
    flags: record.flags.slice(0, record.fieldCount),
  };
}

/** Every record of a whole file. */
export function scanAll(
  bytes: Uint8Array,
  dialect: Dialect,
  longestQuoted: number = LONGEST_QUOTED,
): ScannedRecord[] {
  const records: ScannedRecord[] = [];
  const record = createScannedRecord();
  for (let start = 0; start < bytes.length; start = record.nextStart) {
    if (!scanRecord(bytes, start, dialect, true, record, longestQuoted))
      throw new Error('the last block ends');
    if (record.nextStart <= start) throw new Error('a record takes at least one byte');
    records.push(copyRecord(record));
  }
  return records;
}

/** The values of every record of a whole file. */
export function readAll(bytes: Uint8Array, dialect: Dialect): string[][] {
  return scanAll(bytes, dialect).map((record) =>
    record.starts.map((_, index) => decodeField(bytes, record, index, dialect)),
  );
}
