/**
 * Tells how many rows at the top of a table are header: one, unless it is certain that there are
 * none or several. A wrong 0 makes a row of names a record, a wrong 2 loses a record: both worse
 * than what the usual 1 can do.
 */

import { type Family, familyOf, isTypedFamily, isTypedText, typeOf } from './cell-type.js';
import { type ColumnKind, columnsWhere, describeColumns, isTypedColumn } from './column-kinds.js';
import { isYear } from './find-table-start.js';
import { countOf } from './finding.js';
import { readsAsNumberedHeader } from './numbered-header.js';
import { isBroken, type Row } from './read-rows.js';

export interface FoundHeader {
  readonly rows: number;
  readonly reason: string;
}

const MOST_HEADER_ROWS = 4;
/** Fewer records do not tell that the first is one of them. */
const FEWEST_RECORDS = 4;
/** Once may be a header that was written twice. */
const FEWEST_REPEATS = 2;
/** Below several header rows. */
const FEWEST_BODY_ROWS = 3;

/** Words and signs for "no value" that are not in the list of the statistics. */
const NO_VALUE = /^(?:[-–.*?x]+|\.\.+|<.*|>.*|n\.?\s?[ads]\.?|unknown|missing|tba|tbd|nil|trace)$/i;
/** Letters beyond ASCII are in UTF-8 or windows-1252 here, one character a byte. */
const NAMED_UNIT =
  /^(?:[([{].*[)\]}]|%|\xc2?[\xb0\xb5]\w{1,2}|[kmc]?m|[km]?g|[mkc]?l|[km]?w|kwh|mwh|m\/s|km\/h|usd|eur|gbp|chf|jpy|years?|days?|hours?|minutes?|seconds?|percent|thousands?|millions?|pcs|pieces|units|st(?:\xc3\xbc|\xfc)ck|stk)$/i;
const SHORT_UNIT = /^(?:[([{].*[)\]}]|%|\xc2?[\xb0\xb5]?[a-z]{1,4}(?:[/^][a-z0-9]{1,4})?\d?)$/i;

/** null: one, as usual. @param rows the table's rows with a value, its first one first. */
export function findHeader(rows: readonly Row[], width: number): FoundHeader | null {
  return findNoHeader(rows, width) ?? findSeveralRows(rows, width);
}

function findNoHeader(rows: readonly Row[], width: number): FoundHeader | null {
  const even = rows.filter((row) => row.cells.length === width);
  const first = rows[0];
  if (first === undefined || even[0] !== first || even.length < FEWEST_RECORDS) return null;
  const kinds = describeColumns(even.slice(1), width);
  const typed = columnsWhere(kinds, (kind) => isTypedColumn(kind) && kind.values > 1);
  let matching = 0;
  for (const column of typed) {
    const family = familyIn(first, column);
    if (family === 'none') continue;
    if (family !== kinds[column]!.family) return null;
    matching++;
  }
  const isEnough = matching >= 2 || (matching === 1 && repeatsValue(even, kinds, typed));
  if (!isEnough || readsAsNumberedHeader(even, kinds, typed)) return null;
  return {
    rows: 0,
    reason: `the first row holds values like those below it in ${countOf(matching, 'column')}`,
  };
}

/**
 * Whether a text of the first row stands below it time and again, beside a numeral that is no year.
 */
function repeatsValue(
  [first, ...below]: readonly Row[],
  kinds: readonly ColumnKind[],
  typed: readonly number[],
): boolean {
  const isNumeral = (text: string) => /^[\d+.$(-]/.test(text) && !isYear(text);
  if (!typed.some((column) => isNumeral(first!.cells[column]!))) return false;
  return kinds.some(({ family }, column) => {
    const text = first!.cells[column]!;
    if (isTypedFamily(family) || text === '' || NO_VALUE.test(text)) return false;
    const same = below.filter(({ cells }) => cells[column] === text);
    return same.length >= FEWEST_REPEATS;
  });
}

function findSeveralRows(rows: readonly Row[], width: number): FoundHeader | null {
  const bodyFrom = Math.min(MOST_HEADER_ROWS, Math.max(1, rows.length - FEWEST_BODY_ROWS));
  const body = rows.slice(bodyFrom).filter((row) => row.cells.length === width);
  if (body.length < FEWEST_BODY_ROWS) return null;
  const kinds = describeColumns(body, width);
  const typed = columnsWhere(kinds, (kind) => isTypedColumn(kind) && kind.values > 1);
  if (typed.length === 0) return null;

  let count = 0;
  while (count <= MOST_HEADER_ROWS && count < rows.length) {
    const row = rows[count]!;
    const isGroup = count === 0 && isGroupRow(row, rows[1], kinds, typed);
    if (!isGroup && !isNameRow(row, kinds, typed)) break;
    count++;
  }
  if (count < 2 || count > MOST_HEADER_ROWS) return null;
  const below = rows.slice(count).filter((row) => row.cells.length === width);
  if (below.length < FEWEST_BODY_ROWS || !beginsBody(below, kinds, typed)) return null;
  for (let i = 1; i < count; i++) {
    if (isDamaged(rows[i]!, width)) return null;
    if (!isCertainlyHeader(rows[i]!, rows[i - 1]!, below, typed)) return null;
  }
  return { rows: count, reason: `${count} rows of text stand over columns of values` };
}

function familyIn(row: Row, column: number): Family {
  const text = row.cells[column] ?? '';
  return NO_VALUE.test(text) ? 'none' : familyOf(typeOf(text));
}

/**
 * How many typed columns hold text in the row; −1 when one holds a value of its own kind.
 *
 * @param isText takes cells as text too.
 */
function countTexts(row: Row, typed: readonly number[], isText = (_: string) => false): number {
  let texts = 0;
  for (const column of typed) {
    const family = isText(row.cells[column] ?? '') ? 'text' : familyIn(row, column);
    if (isTypedFamily(family)) return -1;
    if (family !== 'none') texts++;
  }
  return texts;
}

/** Text in two typed columns, or in all there are; of units one is enough. */
function isNameRow(row: Row, kinds: readonly ColumnKind[], typed: readonly number[]): boolean {
  if (row.cells.length > kinds.length) return false;
  const texts = countTexts(row, typed);
  if (texts >= Math.min(2, typed.length)) return true;
  return texts > 0 && row.cells.every((cell) => cell === '' || NAMED_UNIT.test(cell));
}

/** Headings over several columns each, above a row of names without gaps. */
function isGroupRow(
  row: Row,
  next: Row | undefined,
  kinds: readonly ColumnKind[],
  typed: readonly number[],
): boolean {
  if (next === undefined || !isNameRow(next, kinds, typed)) return false;
  // Names of too long records, or a title with a comma.
  if (row.cells.length < kinds.length && !row.cells.includes('')) return false;
  // A name may stand above, where no heading is needed.
  const isEither = kinds.every((_, i) => (next.cells[i] || row.cells[i] || '') !== '');
  const isFull = next.filled >= 0.8 * kinds.length || (2 * next.filled > kinds.length && isEither);
  return isFull && hasGaps(row, kinds.length) && countTexts(row, typed, isYear) >= 1;
}

/** Empty or repeated cells, as headings over several columns leave. The first may lack a name. */
function hasGaps(row: Row, width: number): boolean {
  const names = row.cells.filter((cell) => cell !== '');
  const isFull = row.filled >= width - (row.cells[0] === '' ? 1 : 0);
  return !isFull || new Set(names).size < names.length;
}

/** Values in at least half of the typed columns, the first records taken together. */
function beginsBody(
  below: readonly Row[],
  kinds: readonly ColumnKind[],
  typed: readonly number[],
): boolean {
  const first = below.slice(0, FEWEST_BODY_ROWS);
  const holdsValue = (row: Row) => (column: number) =>
    familyIn(row, column) === kinds[column]!.family;
  const values = typed.filter((column) => first.some((row) => holdsValue(row)(column)));
  return typed.some(holdsValue(first[0]!)) && 2 * values.length >= typed.length;
}

/** A record whose cells slid into other columns is text over values too. */
function isDamaged(row: Row, width: number): boolean {
  return (
    row.cells.length !== width ||
    row.marks.some(isBroken) ||
    row.cells.some((cell) => !isYear(cell) && isTypedText(cell))
  );
}

/** Whether nothing makes the row a record: no text that recurs below, none that is its like. */
function isCertainlyHeader(
  row: Row,
  above: Row,
  below: readonly Row[],
  typed: readonly number[],
): boolean {
  const recurs = row.cells.some(
    (cell, column) => cell !== '' && below.some((other) => other.cells[column] === cell),
  );
  if (recurs || row.cells.every((cell, i) => cell === above.cells[i])) return false;
  const texts = typed.map((column) => row.cells[column] ?? '').filter((cell) => cell !== '');
  // One word below one name may be a value that is none; in brackets, or known, it is a unit.
  if (texts.every((text) => NAMED_UNIT.test(text))) return true;
  if (texts.length > 1 && texts.every((text) => SHORT_UNIT.test(text))) return true;
  if (hasGaps(above, row.cells.length)) return true;
  // A name goes on in the row below, in most columns; one remark repeated in all does not.
  return texts.length > 1 && new Set(texts).size === texts.length;
}
