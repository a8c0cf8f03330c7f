/** Cells as they stand in a block, where the kernel looks for them by themselves. */
import type { Dialect } from '../../src/csv/dialect.js';
import { ODD, STRAY, TRIM } from '../../src/kernel/record-flags.js';
import type { RecordIndex } from '../../src/kernel/scalar/index-records.js';

/** The cell of a record as it stands; null where the kernel must stop. */
export function rawCell(
  bytes: Uint8Array,
  { recordEnd }: Dialect,
  { flags, recordFields, fieldEnds }: RecordIndex,
  column: number,
  record: number,
): string | null {
  if ((flags[record]! & (ODD | STRAY | TRIM)) !== 0) return null;
  const field = (record === 0 ? 0 : recordFields[record - 1]!) + column;
  if (field >= recordFields[record]!) return '';
  let start = field === 0 ? 0 : fieldEnds[field - 1]! + 1;
  if (column === 0 && field > 0 && recordEnd === 'lf' && bytes[start - 1] === 0x0d) start++;
  return Buffer.from(bytes.subarray(start, fieldEnds[field]!)).toString();
}
