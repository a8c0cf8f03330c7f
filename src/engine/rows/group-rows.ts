/** Which group of `--group-by` a row belongs to. Groups are numbered as they first appear. */
import { CsvcleanError } from '../../base/error.js';
import { formatCount } from '../../base/format-count.js';
import { isMissing } from '../../csv/missing.js';
import type { Column } from '../columns.js';
import type { Row } from './read-row.js';

/** Groups by key, numbered in order of first appearance. */
export type GroupNumbers = Map<string, number>;

/** More groups than this are an error: a key column was probably named. */
export const MAX_GROUPS = 100_000;

/** The row's group number; missing keys are a group of their own. */
export function groupOfRow(row: Row, groupBy: readonly Column[], numbers: GroupNumbers): number {
  if (groupBy.length === 0) return 0;
  const texts = groupBy.map((column) => row.cells[column.index] as string);
  return groupOfTexts(texts, numbers, () => row.walked.line);
}

/**
 * The same from the cells of the grouping columns.
 * @param lineOf the row's line, asked for only where there are too many groups.
 */
export function groupOfTexts(
  texts: readonly string[],
  numbers: GroupNumbers,
  lineOf: () => number,
): number {
  const key = JSON.stringify(texts.map((text) => (isMissing(text) ? '' : text)));
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    if (number === MAX_GROUPS) {
      throw new CsvcleanError(
        'TOO_MANY_GROUPS',
        `--group-by: more than ${formatCount(MAX_GROUPS)} groups`,
        { line: lineOf(), remedy: 'Group by columns with fewer different values.' },
      );
    }
    numbers.set(key, number);
  }
  return number;
}
