/**
 * Tells whether the last line that looks like a comment is the table's header (`#id,name,size`), or
 * part of a table all the same.
 */

import { isTypedText } from './cell-type.js';
import { columnsWhere, describeColumns, isTypedColumn } from './column-kinds.js';
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
  const typed = columnsWhere(kinds, isTypedColumn);
  if (typed.length === 0) return isTight(last) || readsAsNames(comments, even, marker) ? 1 : 0;
  // A header of its own follows: names stand over the values.
  return typed.some((i) => isTypedText(even[0]!.cells[i]!)) ? 1 : 0;
}

const FEWEST_NAMES = 3;
const WORD = /^[a-z][a-z0-9_.-]*[a-z0-9]$/;

/**
 * Whether the only comment line is as many small words as the table has columns, over records that
 * are not: remarks are sentences, and names that follow would be small words too.
 */
function readsAsNames(comments: readonly Row[], even: readonly Row[], marker: string): boolean {
  const [row] = comments;
  if (comments.length !== 1 || row!.cells.length < FEWEST_NAMES) return false;
  const names = row!.cells.map((cell, i) => (i === 0 ? cell.slice(marker.length).trim() : cell));
  const isNamed = (cell: string) => WORD.test(cell);
  const areNames = names.every(isNamed) && new Set(names).size === names.length;
  return areNames && even.length >= 2 && !even.slice(0, 2).some(({ cells }) => cells.some(isNamed));
}
