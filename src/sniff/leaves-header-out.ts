/** Tells readings that part the records but not the header: one column whose values hold a sign. */

import { findTableStart } from './find-table-start.js';
import { isCommonDelimiter } from './list-dialects.js';
import { type Reading, typedColumnsOf } from './score-reading.js';

/** Of columns, and of the records that a damaged one among them does not spoil. */
const FEWEST = 3;
const EVEN_SHARE = 0.9;

/** Without those that leave the header out, unless nothing else can be the table. */
export function dropHeaderless(readings: readonly Reading[]): Reading[] {
  const isOther = readings.some(
    (reading) =>
      reading.block.width >= FEWEST &&
      reading.block.evenRows >= FEWEST &&
      reading.even >= EVEN_SHARE &&
      !leavesHeaderOut(reading),
  );
  return readings.filter(
    (reading) => !leavesHeaderOut(reading) || (!isOther && isTableAllTheSame(reading)),
  );
}

/** Whether the first record is one cell, and certainly no title above the table. */
export function leavesHeaderOut({ rows, block }: Reading): boolean {
  const first = rows.find(({ filled }) => filled > 0);
  return first?.cells.length === 1 && findTableStart(rows, block.width) === null;
}

/** Values side by side: then the first record is a title that is not known as one. */
function isTableAllTheSame(reading: Reading): boolean {
  const { block, dialect } = reading;
  const isWide = isCommonDelimiter(dialect.delimiter) && block.width >= FEWEST;
  return isWide && typedColumnsOf(reading).length > 0;
}
