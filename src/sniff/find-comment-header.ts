/**
 * Tells whether the last line that looks like a comment is the table's header (`#id,name,size`), or
 * part of a table all the same.
 */

import { familyOf, isTypedFamily, typeOf } from './cell-type.js';
import { describeColumns, isTypedColumn } from './column-kinds.js';
import type { Row } from './read-rows.js';

/**
 * How many of the last comment lines belong to the table.
 *
 * @param comments each comment line as a row.
 * @param even the table's rows below them, of `width` fields.
 */
export function countTableComments(
  comments: readonly Row[],
  even: readonly Row[],
  width: number,
  marker: string,
): number {
  const fits = (row: Row) => row.cells.length === width && row.filled > width / 2;
  const isTight = (row: Row) => !row.cells[0]!.slice(marker.length).startsWith(' ');
  const unfit = comments.findLastIndex((row) => !(fits(row) && isTight(row)));
  const tight = comments.length - 1 - unfit;
  if (tight > 1) return tight;
  const last = comments.at(-1)!;
  if (!fits(last)) return 0;
  const kinds = describeColumns(even, width);
  const typed = kinds.flatMap((kind, i) => (isTypedColumn(kind) ? [i] : []));
  if (typed.length === 0) return isTight(last) ? 1 : 0;
  const isTyped = (cell: string) => isTypedFamily(familyOf(typeOf(cell)));
  // A header of its own follows: names stand over the values.
  return typed.some((i) => isTyped(even[0]!.cells[i]!)) ? 1 : 0;
}
