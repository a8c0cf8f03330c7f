/** Tells rows of totals and of averages below a table from its records. */

import { parseNumber } from '../csv/parse-number.js';
import { columnsWhere, describeColumns, isNumberColumn } from './column-kinds.js';
import { isAverageLabel, isTotalLabel, mayBeTotal, maySumUp } from './footer-labels.js';
import type { Row } from './read-rows.js';

export interface SummaryContext {
  readonly width: number;
  /** Whether `rows` are all records of the table, so that totals can be added up. */
  readonly isWhole: boolean;
  /** How many of the rows are header. */
  readonly headerRows: number;
  /** Rows from elsewhere in the table. */
  readonly others: readonly Row[];
}

/** The value that stands first. */
export function firstFilled(row: Row): string {
  return row.cells.find((cell) => cell !== '') ?? '';
}

/**
 * A row that is called a total, the only one, and adds up or leaves other texts empty, but for one
 * that all rows have.
 */
export function isTotalsRow(
  row: Row,
  index: number,
  rows: readonly Row[],
  context: SummaryContext,
): boolean {
  const { width, isWhole, others } = context;
  const label = firstFilled(row);
  const isCertain = isTotalLabel(label);
  const isTotal = (text: string) => isTotalLabel(text) || mayBeTotal(text);
  if (row.cells.length !== width || row.filled < 2 || !isTotal(label)) return false;
  const isOnly = (one: Row) => one === row || !isTotal(firstFilled(one));
  if (!rows.every(isOnly) || !others.every(isOnly)) return false;
  const { table, texts, numbers } = partsOf(row, index, rows, context);
  if (numbers.length === 0) return false;
  if (isWhole && numbers.some((column) => addsUp(table, column, row.cells[column]!))) return true;
  const isEmpty = (column: number) => row.cells[column] === '';
  // A currency or unit is no text of the row's own.
  const isSame = (column: number) =>
    [...table, ...others].every(({ cells }) => cells[column] === row.cells[column]);
  return isCertain && texts.some(isEmpty) && texts.every((one) => isEmpty(one) || isSame(one));
}

/** A row that is called an average, right above or below the totals, and is one. */
export function isAverageRow(
  row: Row,
  index: number,
  rows: readonly Row[],
  context: SummaryContext,
): boolean {
  if (row.cells.length !== context.width || !isAverageLabel(firstFilled(row))) return false;
  const isTotals = (at: number) =>
    rows[at] !== undefined && isTotalsRow(rows[at], at, rows, context);
  if (!context.isWhole || !(isTotals(index - 1) || isTotals(index + 1))) return false;
  const { table, numbers } = partsOf(row, index, rows, context);
  return numbers.some((column) => isMean(table, column, row.cells[column]!));
}

/** The records above a row of sums or averages, and which columns it could say them of. */
function partsOf(
  row: Row,
  index: number,
  rows: readonly Row[],
  { width, headerRows }: SummaryContext,
) {
  const label = row.cells.findIndex((cell) => cell !== '');
  const above = rows.slice(headerRows, index).filter(({ cells }) => cells.length === width);
  const table = above.filter((one, i) => i < above.length - 1 || !maySumUp(firstFilled(one)));
  const kinds = describeColumns(table, width);
  const texts = columnsWhere(
    kinds,
    ({ values, family }, i) => i !== label && values > 0 && family !== 'number',
  );
  const numbers = columnsWhere(kinds, (kind, i) => isNumberColumn(kind) && row.cells[i] !== '');
  return { table, texts, numbers };
}

function addsUp(table: readonly Row[], column: number, total: string): boolean {
  const expected = looseNumber(total);
  const sum = valuesOf(table, column).reduce((all, value) => all + value, 0);
  // As sums of printed decimals differ.
  return Math.abs(sum - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}

/** Whether the text is the mean of the column, rounded at most to its own digits. */
function isMean(table: readonly Row[], column: number, text: string): boolean {
  const values = valuesOf(table, column);
  const mean = values.reduce((all, value) => all + value, 0) / values.length;
  const decimals = (/[.,](\d*)\D*$/.exec(text)?.[1] ?? '').length;
  return Math.abs(mean - looseNumber(text)) <= 0.5001 * 10 ** -decimals;
}

function valuesOf(table: readonly Row[], column: number): number[] {
  return table.map(({ cells }) => looseNumber(cells[column]!)).filter((one) => !Number.isNaN(one));
}

/** As `parseNumber`, with thousands separators and a decimal comma; for sums that are compared. */
function looseNumber(text: string): number {
  const plain = parseNumber(text);
  if (!Number.isNaN(plain)) return plain;
  const bare = text.replace(/[^\d.,+-]/g, '');
  const isComma = bare.lastIndexOf(',') > bare.lastIndexOf('.') && !/,\d{3}$/.test(bare);
  return parseNumber(
    isComma ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', ''),
  );
}
