/**
 * Finds where notes and totals begin below a table. A short last row may be a record that was cut,
 * so only what reads as a note, or stands apart, is one.
 */

import { isTypedText } from './cell-type.js';
import { beginsNote, END_OF_FILE, isTotalLabel } from './footer-labels.js';
import type { Row } from './read-rows.js';
import { firstFilled, isAverageRow, isTotalsRow, type SummaryContext } from './summary-rows.js';

export interface Footer {
  /** Index of its first row. */
  readonly row: number;
  readonly count: number;
  readonly hasTotals: boolean;
}

const MOST_FOOTER_ROWS = 40;
const FEWEST_TABLE_ROWS = 2;
const SPARSE_SHARE = 0.4;

/** What a database tool says below its answer. */
const COUNT =
  /^\(?\d[\d., ]* (?:rows?|records?|lines?|entries|zeilen|datens\S+tze|filas?|registros?|lignes?|righe)\b[^,;|]{0,40}$/i;
const PROSE = /:\s|^[^:]{1,30}:$|(?:\S+\s+){4}\S/;

/** null: none, or none that is certain. @param rows with blank ones, in order. */
export function findFooter(rows: readonly Row[], context: SummaryContext): Footer | null {
  const { width } = context;
  if (width < 3) return endOfFileMark(rows);
  let start = -1;
  let count = 0;
  let hasTotals = false;
  let pending = 0;
  let i = rows.length - 1;
  for (; i >= context.headerRows; i--) {
    const row = rows[i]!;
    if (row.filled === 0) continue;
    const isTotals = isTotalsRow(row, i, rows, context) || isAverageRow(row, i, rows, context);
    if (!isTotals && !isShort(row, width)) break;
    pending++;
    if (pending > MOST_FOOTER_ROWS) return null;
    const isApart = i > 0 && rows[i - 1]!.filled === 0;
    if (isTotals || (isText(row) && (isNote(row) || (isApart && row.cells.length < width)))) {
      start = i;
      count = pending;
      if (isTotals) hasTotals = true;
    }
  }
  if (start < 0) return null;
  const table = rows.slice(context.headerRows, start).filter((row) => row.filled > 0);
  const even = table.filter((row) => row.cells.length === width);
  if (even.length < FEWEST_TABLE_ROWS || even.length < 0.8 * table.length) return null;
  return { row: start, count, hasTotals };
}

/** In a narrow table nothing else is certain. */
function endOfFileMark(rows: readonly Row[]): Footer | null {
  const last = rows.findLastIndex((row) => row.filled > 0);
  const isMark = last > 0 && rows[last]!.filled === 1 && firstFilled(rows[last]!) === END_OF_FILE;
  return isMark ? { row: last, count: 1, hasTotals: false } : null;
}

function isText(row: Row): boolean {
  return !isTypedText(firstFilled(row));
}

function isShort(row: Row, width: number): boolean {
  if (row.filled < SPARSE_SHARE * width) return true;
  if (row.cells.length >= width) return false;
  // A sentence with commas, or a name and its value.
  return beginsNote(firstFilled(row)) && isText(row);
}

/** Whether the first value reads as a note, or as a total. */
function isNote(row: Row): boolean {
  const text = firstFilled(row);
  const isCount = row.cells.length === 1 && COUNT.test(text);
  return isCount || beginsNote(text) || PROSE.test(text) || (isTotalLabel(text) && row.filled > 1);
}
