/**
 * Finds where notes and totals begin below a table. A short last row may be a record that was cut,
 * so only what reads as a note, or stands apart, is one.
 */

import { parseNumber } from '../csv/parse-number.js';
import { familyOf, isTypedFamily, typeOf } from './cell-type.js';
import { describeColumns, isTypedColumn } from './column-kinds.js';
import type { Row } from './read-rows.js';

export interface Footer {
  /** Index of its first row. */
  readonly row: number;
  readonly count: number;
  readonly hasTotals: boolean;
}

export interface FooterContext {
  readonly width: number;
  /** Whether `rows` are all records of the table, so that totals can be added up. */
  readonly isWhole: boolean;
  /** How many of the rows are header. */
  readonly headerRows: number;
  /** Rows from elsewhere in the table. */
  readonly others: readonly Row[];
}

const MOST_FOOTER_ROWS = 40;
const FEWEST_TABLE_ROWS = 2;
const SPARSE_SHARE = 0.4;

const TOTAL =
  /^(?:(?:grand|overall) )?(?:totals?|sum|summe|gesamt|gesamtsumme|insgesamt|totale|somme|suma|totaal|totalt|summa|total g\S+ral)\s*:?$/i;
const NOTE =
  /^(?:\*|\xe2\x80\xa0|\xc2?\xa9|--|(?:sources?|notes?|footnotes?|remarks?|quellen?|hinweise?|anmerkung(?:en)?|fuentes?|notas?|fonti?|(?:grand |sub)?totals?|gesamt\w*|summe|somme|totale|generated|created|exported|printed|downloaded|copyright|disclaimer|last updated|updated|as of|data from|provided by|end of|row count|record count|records?|rows?|stand)\b(?!$))/i;
const PROSE = /:\s|^[^:]{1,30}:$|(?:\S+\s+){4}\S/;

/** null: none, or none that is certain. @param rows with blank ones, in order. */
export function findFooter(rows: readonly Row[], context: FooterContext): Footer | null {
  const { width } = context;
  if (width < 3) return null;
  let start = -1;
  let count = 0;
  let hasTotals = false;
  let pending = 0;
  let i = rows.length - 1;
  for (; i >= context.headerRows; i--) {
    const row = rows[i]!;
    if (row.filled === 0) continue;
    const isTotals = isTotalsRow(row, i, rows, context);
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

/** Whether the text may stand first in a footer row. */
export function isFooterLabel(text: string): boolean {
  return TOTAL.test(text) || NOTE.test(text);
}

function firstFilled(row: Row): string {
  return row.cells.find((cell) => cell !== '') ?? '';
}

function isText(row: Row): boolean {
  return !isTypedFamily(familyOf(typeOf(firstFilled(row))));
}

function isShort(row: Row, width: number): boolean {
  if (row.filled < SPARSE_SHARE * width) return true;
  if (row.cells.length >= width) return false;
  // A sentence with commas, or a name and its value.
  return NOTE.test(firstFilled(row)) && isText(row);
}

/** Whether the first value reads as a note, or as a total. */
function isNote(row: Row): boolean {
  const text = firstFilled(row);
  return NOTE.test(text) || PROSE.test(text) || (TOTAL.test(text) && row.filled > 1);
}

/** A full row that is called a total, the only one, and adds up or leaves other texts empty. */
function isTotalsRow(
  row: Row,
  index: number,
  rows: readonly Row[],
  { width, isWhole, headerRows, others }: FooterContext,
): boolean {
  const label = row.cells.findIndex((cell) => cell !== '');
  if (row.cells.length !== width || !TOTAL.test(row.cells[label]!) || row.filled < 2) return false;
  const isOnly = (one: Row) => one === row || !TOTAL.test(firstFilled(one));
  if (!rows.every(isOnly) || !others.every(isOnly)) return false;
  const table = rows.slice(headerRows, index).filter(({ cells }) => cells.length === width);
  const kinds = describeColumns(table, width);
  const texts = kinds.flatMap((kind, i) =>
    i === label || kind.values === 0 || kind.family === 'number' ? [] : [i],
  );
  const numbers = kinds.flatMap((kind, i) =>
    kind.family === 'number' && isTypedColumn(kind) && row.cells[i] !== '' ? [i] : [],
  );
  if (numbers.length === 0) return false;
  if (isWhole && numbers.some((column) => addsUp(table, column, row.cells[column]!))) return true;
  return texts.length > 0 && texts.every((column) => row.cells[column] === '');
}

function addsUp(table: readonly Row[], column: number, total: string): boolean {
  const expected = looseNumber(total);
  let sum = 0;
  for (const row of table) {
    const value = looseNumber(row.cells[column]!);
    if (!Number.isNaN(value)) sum += value;
  }
  // As sums of printed decimals differ.
  return Math.abs(sum - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
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
