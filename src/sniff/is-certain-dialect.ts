/**
 * Refuses readings in unusual dialects unless nothing speaks against them: prose has spaces, times
 * have colons, names have apostrophes, and a path may end in a backslash.
 */

import { QUOTED, STRAY } from '../csv/scan-fields.js';
import { isTypedText } from './cell-type.js';
import { isCommonDelimiter } from './list-dialects.js';
import { isBroken, type Row } from './read-rows.js';
import { type Reading, typedColumnsOf } from './score-reading.js';
import { evenRowsOf } from './table-block.js';

/** Damage that is let pass in a rare dialect: one row, or this share of them. */
const DAMAGED_SHARE = 0.05;

/** So many damaged rows are no chance. */
const FEWEST_DAMAGED_BEFORE = 3;

/** Of the rows in a delimiter that seldom stands in texts at all. */
const RARE_EVEN_SHARE = 0.6;

/** @param all every reading of the sample, to compare with the same delimiter's plain one. */
export function isCertainDialect(reading: Reading, all: readonly Reading[]): boolean {
  const { delimiter, quote } = reading.dialect;
  if (reading.dialect.escape !== null && !needsEscape(reading, all)) return false;
  if (quote === "'" && !needsSingleQuote(reading, all)) return false;
  if (isCommonDelimiter(delimiter)) return true;
  if (delimiter === ', ') return needsSpace(reading);
  if (delimiter === ' ' || delimiter === ':') return isNearlyEven(reading) && isTypedTable(reading);
  const { even, typed, block } = reading;
  return typed >= 0.75 && block.evenRows >= 2 && even >= RARE_EVEN_SHARE;
}

function isNearlyEven({ block }: Reading): boolean {
  const uneven = block.judgedRows - block.evenRows;
  return uneven <= Math.max(block.evenRows >= 3 ? 1 : 0, block.judgedRows * DAMAGED_SHARE);
}

/** Backslashes must mend what doubled quotes leave broken, where no quote is doubled. */
function needsEscape(reading: Reading, all: readonly Reading[]): boolean {
  const plain = all.find(
    ({ dialect }) =>
      dialect.escape === null &&
      dialect.delimiter === reading.dialect.delimiter &&
      dialect.quote === reading.dialect.quote,
  );
  const doubled = reading.dialect.quote! + reading.dialect.quote!;
  const isDoubled = reading.rows.some(({ cells, marks }) =>
    cells.some((cell, i) => (marks[i]! & QUOTED) !== 0 && cell.includes(doubled)),
  );
  if (reading.marks.escaped === 0 || isDoubled) return false;
  if (plain === undefined) return true;
  const before = faultsOf(plain);
  if (before === 0) return false;
  if (faultsOf(reading) <= before / 10) return true;
  // One damaged row counts for much in a short file.
  return countDamaged(reading) <= 1 && countDamaged(plain) >= FEWEST_DAMAGED_BEFORE;
}

/** Of the rows with a value, how many are broken or not of the table's width. */
function countDamaged({ rows, block }: Reading): number {
  return rows.filter(
    ({ cells, marks, filled }) =>
      filled > 0 && (cells.length !== block.width || marks.some(isBroken)),
  ).length;
}

function faultsOf({ marks, block }: Reading): number {
  return marks.stray + block.judgedRows - block.evenRows;
}

/** Apostrophes must enclose whole cells: all of a column, or cells that hold the delimiter. */
function needsSingleQuote(reading: Reading, all: readonly Reading[]): boolean {
  const { quoted, stray } = reading.marks;
  if (quoted < 1 || stray > Math.max(1, quoted / 10)) return false;
  const plain = all.find(
    ({ dialect }) =>
      dialect.quote === '"' &&
      dialect.escape === null &&
      dialect.delimiter === reading.dialect.delimiter,
  );
  if (plain === undefined) return true;
  if (plain.marks.quoted > 0) return false;
  if (reading.even === 1 && plain.even < 1 && stray === 0) return true;
  if (quoted < 2 || reading.score < plain.score) return false;
  if (reading.even > plain.even && reading.typed >= plain.typed) return true;
  if (encloseStructure(reading)) return true;
  if (stray > quoted / 10) return false;
  return hasQuotedColumn(reading);
}

/** Whether a delimiter or line end stands between quotes: by chance none would match around it. */
function encloseStructure({ rows, block, dialect }: Reading): boolean {
  return evenRowsOf(rows, block).some(({ cells, marks }) =>
    cells.some(
      (cell, i) =>
        (marks[i]! & (QUOTED | STRAY)) === QUOTED &&
        (/[\r\n]/.test(cell) || cell.includes(dialect.delimiter)),
    ),
  );
}

function hasQuotedColumn({ rows, block }: Reading): boolean {
  const even = evenRowsOf(rows, block);
  for (let column = 0; column < block.width; column++) {
    const filled = even.filter((row) => row.cells[column] !== '').slice(1);
    const quoted = filled.filter((row) => (row.marks[column]! & (QUOTED | STRAY)) === QUOTED);
    if (quoted.length >= 1 && quoted.length >= 0.9 * filled.length) return true;
  }
  return false;
}

/** Every comma outside quotes has a space behind it, and quotes stand behind some. */
function needsSpace({ rows, marks }: Reading): boolean {
  const tight = rows.filter(({ cells, marks: flags }) =>
    cells.some((cell, i) => flags[i] === 0 && cell.includes(',')),
  );
  const damaged = rows.length >= 5 ? 1 : 0;
  return marks.quoted > 0 && tight.length <= damaged && marks.stray <= damaged;
}

/**
 * A table that words or times would not make by chance: three columns or more, and a header over
 * values, or (for spaces) nothing but values. Lines that are one value each are no table.
 */
function isTypedTable(reading: Reading): boolean {
  const { rows, block, dialect, columns } = reading;
  if (block.width < 3 || block.evenRows < 3 || reading.typed < 0.85) return false;
  const typed = typedColumnsOf(reading);
  if (typed.length === 0) return false;
  const even = evenRowsOf(rows, block);
  const lines = even.map(({ cells, marks }) =>
    cells.map((cell, i) => (marks[i] === 0 ? cell : 'quoted')).join(dialect.delimiter),
  );
  const whole = lines.filter((line) => isTypedText(line));
  if (whole.length > even.length / 2) return false;
  const header = even[0]!;
  const timed = even.filter(splitsTime);
  const mayBeTimes = block.width < 4 || header.cells.some((cell) => CLOCK_NAME.test(cell));
  const isHeader = typed.every((column) => {
    const text = header.cells[column]!;
    return text !== '' && !isTypedText(text);
  });
  if (dialect.delimiter === ':' && 2 * timed.length > even.length) return isHeader && !mayBeTimes;
  if (isHeader) return true;
  if (dialect.delimiter === ':') return typed.length >= 2 && block.width >= 4;
  return typed.length === columns.length;
}

/** Parts of `hh:mm:ss` over a column of times. */
const CLOCK_NAME = /(?:^|\s)(?:hh?|mm?|ss?)$/i;

/** Whether two cells side by side are the hours and minutes of one time. */
function splitsTime({ cells, marks }: Row): boolean {
  return cells.some(
    (cell, i) =>
      marks[i] === 0 &&
      marks[i + 1] === 0 &&
      /(?:^|[\sT])\d{1,2}$/.test(cell) &&
      /^[0-5]\d(?:[.,]\d+)?(?:$|[\sZ+-])/.test(cells[i + 1]!),
  );
}
