/** When a record is blank: every cell empty after trimming, whatever the width. */
import { decodeField } from '../csv/decode-field.js';
import type { Dialect } from '../csv/dialect.js';
import { MOST_FIELDS, type ScannedRecord, UNCLOSED } from '../csv/scan-fields.js';
import { isBlankText } from '../csv/trim-text.js';

/** Whether nothing stands in any field; an unclosed quote is something. */
export function isBlankRecord(bytes: Uint8Array, record: ScannedRecord, dialect: Dialect): boolean {
  for (let i = 0; i < Math.min(record.fieldCount, MOST_FIELDS + 1); i++) {
    if (!isBlankField(bytes, record, i, dialect)) return false;
  }
  return true;
}

/** Whether the field is empty after trimming. */
export function isBlankField(
  bytes: Uint8Array,
  record: ScannedRecord,
  index: number,
  dialect: Dialect,
): boolean {
  if (index >= MOST_FIELDS) return record.isRestEmpty;
  if (record.starts[index] === record.ends[index]) return true;
  if ((record.flags[index]! & UNCLOSED) !== 0) return false;
  return isBlankText(decodeField(bytes, record, index, dialect));
}
