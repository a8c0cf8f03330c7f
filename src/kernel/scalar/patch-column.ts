/**
 * A column of which some cells are others than in the input: the obviously right twin of
 * `kernel/assembly/patch-column.ts`.
 */
import type { Dialect } from '../../csv/dialect.js';
import { formatField } from '../../csv/write-field.js';
import { fieldsOf, mendField, WRITE } from './emit-records.js';
import type { RecordIndex } from './index-records.js';

/**
 * The cell of each record as it is written; empty where `acts` does not write it.
 *
 * @param texts of each record: null where its cell stays as it is.
 * @param trims whether fields of records with the flag TRIM are trimmed.
 */
export function patchColumn(
  bytes: Uint8Array,
  index: RecordIndex,
  dialect: Dialect,
  column: number,
  acts: readonly number[],
  texts: readonly (string | null)[],
  trims: boolean,
): { readonly cells: readonly Uint8Array[]; readonly requotedFields: number } {
  let requotedFields = 0;
  const cells = texts.map((text, record) => {
    if (acts[record] !== WRITE) return new Uint8Array(0);
    if (text !== null) return Buffer.from(formatField(text));
    const field = fieldsOf(bytes, index, dialect, record)[column] ?? new Uint8Array(0);
    const mended = mendField(field, index.flags[record]!, dialect, trims);
    if (mended.isRequoted) requotedFields++;
    return mended.bytes;
  });
  return { cells, requotedFields };
}
