/**
 * What is told of a row that another one makes superfluous. Which one stays was settled before;
 * shared by the engines.
 */
import type { Column } from '../columns.js';
import type { Reject } from '../engine.js';
import type { DedupPlan } from '../plan-keys.js';
import { type Tally, tallyDuplicate } from '../tally.js';
import { type Row, recordText } from './read-row.js';

/** The column to name in the rejects; null where rows are the same in several. */
export function soleKey({ columns }: DedupPlan): Column | null {
  return columns.length === 1 ? columns[0]! : null;
}

/** `a`, `a and b`, `a, b and c`. */
function namesOf({ columns }: DedupPlan): string {
  const names = columns.map(({ name }) => name);
  const last = names.pop();
  return names.length === 0 ? last! : `${names.join(', ')} and ${last}`;
}

/**
 * A function that makes the rejects of one plan.
 *
 * `value` is the cell of the sole key column, else ''; `twinLine` the line of the row that stays.
 */
export function duplicateTeller(dedup: DedupPlan) {
  const column = soleKey(dedup)?.name ?? '';
  const what = dedup.isWhole ? 'same as line' : `same ${namesOf(dedup)} as line`;
  return (
    line: number,
    byteOffset: number,
    record: string,
    value: string,
    twinLine: number,
  ): Reject => {
    const message = `${what} ${twinLine} (kept)`;
    return { line, byteOffset, rule: 'duplicate', column, value, message, record };
  };
}

/** Counts the row and hands it on. */
export function takeDuplicate(row: Row, dedup: DedupPlan, twinLine: number, tally: Tally): void {
  const key = soleKey(dedup);
  const { line, offsetBytes } = row.walked;
  const value = key === null ? '' : (row.cells[key.index] as string);
  const tell = duplicateTeller(dedup);
  tallyDuplicate(tally, tell(line, offsetBytes, recordText(row.walked), value, twinLine));
}
