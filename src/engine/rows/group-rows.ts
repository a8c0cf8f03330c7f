/** Which group of `--group-by` a row belongs to. Groups are numbered as they first appear. */
import { CsvcleanError } from '../../base/error.js';
import { isMissing } from '../../csv/missing.js';
import type { Column } from '../columns.js';
import { inGroups } from '../outliers/eligibility.js';
import type { Row } from './read-row.js';

/** Groups by key, numbered in order of first appearance. */
export type GroupNumbers = Map<string, number>;

/** More groups than this are an error: a key column was probably named. */
export const MAX_GROUPS = 100_000;

/** The row's group number; missing keys are a group of their own. */
export function groupOfRow(row: Row, groupBy: readonly Column[], numbers: GroupNumbers): number {
  if (groupBy.length === 0) return 0;
  const key = JSON.stringify(
    groupBy.map((column) => {
      const text = row.cells[column.index] as string;
      return isMissing(text) ? '' : text;
    }),
  );
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    if (number === MAX_GROUPS) {
      throw new CsvcleanError(
        'TOO_MANY_GROUPS',
        `--group-by: more than ${inGroups(MAX_GROUPS)} groups`,
        {
          line: row.walked.line,
          remedy: 'Group by columns with fewer different values.',
        },
      );
    }
    numbers.set(key, number);
  }
  return number;
}
