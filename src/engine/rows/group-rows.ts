/** Which group of `--group-by` a row belongs to. Groups are numbered as they first appear. */
import { CsvcleanError } from '../../base/error.js';
import { formatCount } from '../../base/format-count.js';
import { isMissing } from '../../csv/missing.js';
import type { TablePlan } from '../plan-table.js';
import type { Row } from './read-row.js';

/** Groups by key, numbered in order of first appearance. */
export type GroupNumbers = Map<string, number>;

/** What is grouped by, and how many groups are too many: a key column was probably named. */
type GroupPlan = Pick<TablePlan, 'groupBy' | 'judged' | 'rules'>;

/**
 * The row's group number; missing keys are a group of their own. 0 where no column is judged by
 * groups.
 */
export function groupOfRow(row: Row, plan: GroupPlan, numbers: GroupNumbers): number {
  const { groupBy, judged, rules } = plan;
  if (groupBy.length === 0 || judged.length === 0) return 0;
  const texts = groupBy.map((column) => row.cells[column.index] as string);
  return groupOfTexts(texts, numbers, rules.maxGroups, () => row.walked.line);
}

/**
 * The same from the cells of the grouping columns.
 * @param lineOf the row's line, asked for only where there are too many groups.
 */
export function groupOfTexts(
  texts: readonly string[],
  numbers: GroupNumbers,
  maxGroups: number,
  lineOf: () => number,
): number {
  const key = JSON.stringify(texts.map((text) => (isMissing(text) ? '' : text)));
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    if (number === maxGroups) {
      throw new CsvcleanError(
        'TOO_MANY_GROUPS',
        `--group-by: more than ${formatCount(maxGroups)} groups`,
        {
          line: lineOf(),
          remedy: 'Group by columns with fewer different values, or raise --max-groups.',
        },
      );
    }
    numbers.set(key, number);
  }
  return number;
}
