/**
 * Finds the table's first row below titles, key and value lines and other preamble. Skips only what
 * certainly is none of the table; where in doubt the first row stays.
 */

import { isTypedText } from './cell-type.js';
import { columnsWhere, describeColumns, isTypedColumn } from './column-kinds.js';
import { PADDED, type Row } from './read-rows.js';
import { isPairOverThree, isSparse } from './table-block.js';

export interface TableStart {
  /** Index of the table's first row. */
  readonly row: number;
  /** How many rows with a value stand before it, and how many values the fullest of them has. */
  readonly skipped: number;
  readonly mostFilled: number;
}

/** Of the rows below the start, so many must have the table's width. */
const EVEN_SHARE = 0.8;
/** A row with less than this share of values begins no table below a preamble. */
const FULL_SHARE = 0.6;
const LONGEST_NAME = 60;
const FEWEST_BELOW_PAIRS = 3;
/** Of keys with values, so many must look it, and more than half. */
const FEWEST_TOLD = 3;

/** null: the table begins with the first row, or it is not certain where. */
export function findTableStart(rows: readonly Row[], width: number): TableStart | null {
  const full = rows.findIndex(
    (row) => row.cells.length === width && row.filled >= Math.max(2, FULL_SHARE * width),
  );
  if (full < 0) return null;
  let start = full;
  while (start > 0 && isGroupRow(rows[start - 1]!, width)) start--;
  const before = rows.slice(0, start).filter(({ filled }) => filled > 0);
  if (before.length === 0 || !before.every((row) => isTitleRow(row, width))) return null;
  const hasPairs = before.some((row) => !isSparse(row, width));

  const below = rows.slice(full + 1).filter((row) => row.filled > 0);
  const lastEven = below.findLastIndex((row) => row.cells.length === width);
  const inner = below.slice(0, lastEven + 1);
  const even = inner.filter((row) => row.cells.length === width);
  if (even.length === 0 || even.length < EVEN_SHARE * inner.length) return null;

  const isApart = rows[start - 1]!.filled === 0;
  if (width === 2 && !(isApart && even.length >= 3)) return null;
  if (hasPairs && !isApart && !beginsNames(rows[full]!, even, before)) return null;
  if (!beginsTable(rows[full]!, even, before, isApart)) return null;
  return {
    row: start,
    skipped: before.length,
    mostFilled: Math.max(...before.map(({ filled }) => filled)),
  };
}

/**
 * A row of headings over several columns each: values with gaps between them, or one that does not
 * stand first, and no numbers.
 */
function isGroupRow(row: Row, width: number): boolean {
  if (row.filled === 0 || row.cells.length > width || isPrefix(row)) return false;
  if (row.cells[0]!.endsWith(':')) return false;
  return row.cells.every((cell) => isYear(cell) || !isTypedText(cell));
}

function isTitleRow(row: Row, width: number): boolean {
  if (isPairOverThree(row, width)) return true;
  if (!isSparse(row, width)) return false;
  return row.filled === 1 || isPrefix(row) || row.cells[0]!.endsWith(':');
}

/** Whether the values stand first, and only empty cells behind them. */
function isPrefix(row: Row): boolean {
  return row.cells.slice(0, row.filled).every((cell) => cell !== '');
}

/**
 * Whether the row must be the names, although rows with one value less stand right above it: they
 * might be names themselves, of records that are too long.
 */
function beginsNames(row: Row, even: readonly Row[], before: readonly Row[]): boolean {
  const typed = columnsWhere(describeColumns(even, row.cells.length), isTypedColumn);
  const isName = (cell: string) => cell !== '' && !isTypedText(cell);
  const recurs = row.cells.some((cell, i) => even.some(({ cells }) => cells[i] === cell));
  const isLong = even.length >= FEWEST_BELOW_PAIRS;
  // What names are is never a value, or a title of several words.
  const told = before.filter(
    ({ filled, cells: [first, second = ''] }) =>
      filled === 1 || /:$|\s/.test(first!) || /\d|\s/.test(second),
  );
  const most = told.length >= FEWEST_TOLD && 2 * told.length > before.length;
  const areTold = told.length === before.length || most;
  return isLong && areTold && typed.length > 0 && row.cells.every(isName) && !recurs;
}

/** Whether `row` is a header, or begins the data of a table without one, over the `even` rows. */
function beginsTable(
  row: Row,
  even: readonly Row[],
  before: readonly Row[],
  isApart: boolean,
): boolean {
  const kinds = describeColumns(even, row.cells.length);
  const typed = columnsWhere(kinds, isTypedColumn);
  const cells = row.cells.filter((cell) => cell !== '');
  const texts = cells.filter((cell) => !isTypedText(cell));
  const areTitles = before.every(
    ({ filled, cells: [first] }) => filled === 1 || first!.endsWith(':'),
  );
  if (typed.length === 0) {
    const isTidy =
      row.marks.every((mark) => (mark & PADDED) === 0) &&
      cells.every((cell) => cell.length <= LONGEST_NAME) &&
      new Set(cells).size === cells.length;
    const reads = isApart || before.every((one) => one.cells.some((cell) => /[\s:]/.test(cell)));
    return isTidy && areTitles && reads && texts.length > cells.length / 2;
  }
  const named = typed.filter((i) => {
    const cell = row.cells[i]!;
    return cell !== '' && (isYear(cell) || !isTypedText(cell));
  });
  const isHeader = 2 * named.length >= typed.length && named.length > 0 && texts.length > 0;
  return isHeader || (isApart && areTitles && even.length >= 2);
}

/** Years stand in headers over numbers. */
export function isYear(text: string): boolean {
  return /^(?:1[89]|20)\d\d$/.test(text);
}
