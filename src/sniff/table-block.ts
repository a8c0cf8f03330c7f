/**
 * Finds the table among rows of many widths: the stretch where one width rules. Sparse rows before
 * and after it may be preamble and footer, and do not speak against it.
 */

import type { Row } from './read-rows.js';

export interface TableBlock {
  /** How many fields a record has, at least 2. */
  readonly width: number;
  /** Indexes into the rows: the first and the last row of that width. */
  readonly first: number;
  readonly last: number;
  /** How many rows have that width, and how many should: no blank ones, no sparse outer ones. */
  readonly evenRows: number;
  readonly judgedRows: number;
}

/** How many widths are tried, the most frequent ones. */
const TRIED_WIDTHS = 4;
/** So many sparse rows around the table are free for each row of the table. */
const FREE_SPARSE_ROWS = 3;

/** The block that holds together best; null when every record has one field. */
export function findBlock(rows: readonly Row[]): TableBlock | null {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const width = row.cells.length;
    if (width > 1 && row.filled > 0) counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  const widths = [...counts]
    .sort((a, b) => b[1] * (b[0] - 1) - a[1] * (a[0] - 1) || b[0] - a[0])
    .slice(0, TRIED_WIDTHS);
  let best: TableBlock | null = null;
  for (const [width, evenRows] of widths) {
    const block = measureBlock(rows, width, evenRows);
    if (best === null || strengthOf(block) > strengthOf(best)) best = block;
  }
  return best;
}

/** Share of even rows, and how much evidence there is: one delimiter agrees with itself easily. */
export function strengthOf(block: TableBlock): number {
  return (block.evenRows / block.judgedRows) * sizeFactor(block);
}

/** 1 − 1 / (1 + delimiters in even rows): 0.5 for one delimiter, 0.8 for four. */
export function sizeFactor({ evenRows, width }: TableBlock): number {
  return 1 - 1 / (1 + evenRows * (width - 1));
}

/** Whether a row has far fewer values than a table of that width: at most half, and not all. */
export function isSparse(row: Row, width: number): boolean {
  return row.cells.length <= width && row.filled <= width / 2;
}

/** Whether a row is a key and its value, or a title with a comma, where three cells would stand. */
export function isPairOverThree(row: Row, width: number): boolean {
  return width === 3 && row.cells.length === 2 && row.filled === 2;
}

/** The rows of the block that have its width and are not blank. */
export function evenRowsOf(rows: readonly Row[], block: TableBlock): Row[] {
  return rows
    .slice(block.first, block.last + 1)
    .filter((row) => row.cells.length === block.width && row.filled > 0);
}

function measureBlock(rows: readonly Row[], width: number, evenRows: number): TableBlock {
  const isEven = (row: Row) => row.cells.length === width && row.filled > 0;
  const first = rows.findIndex(isEven);
  const last = rows.findLastIndex(isEven);
  let judgedRows = 0;
  let sparseRows = 0;
  rows.forEach((row, i) => {
    if (row.filled === 0) return;
    const isOutside = i < first || i > last;
    const isFree = isSparse(row, width) || (i < first && isPairOverThree(row, width));
    if (isOutside && isFree) sparseRows++;
    else judgedRows++;
  });
  // Beside two columns, a line of one cell is as likely a broken row as a title.
  const free = width > 2 ? FREE_SPARSE_ROWS * evenRows : evenRows / 2;
  judgedRows += Math.max(0, Math.ceil(sparseRows - free));
  return { width, first, last, evenRows, judgedRows };
}
