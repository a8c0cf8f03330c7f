/**
 * What an outlier rule is told of a column: numbers, how the first of them were written, and their
 * groups. It stands between the rows and the rules, so that the rules never see a row, a byte or a
 * file.
 */
import { assert } from '../../base/assert.js';

/** How many values, from the first in file order, are looked at to tell an identifier. */
export const NOTATION_LIMIT = 65_536;

/**
 * A column whose first cells with a value are so many texts is text, and not looked at further,
 * unless the user named it.
 */
export const TEXT_LIMIT = 1000;

/** All that a column's judgement needs; from the rows left after dedup, in file order. */
export interface ColumnSample {
  /** The column's final name: for messages, and its words for the name guard. */
  readonly name: string;
  /** Cells that are neither missing nor numeric. */
  readonly textCount: number;
  /** The column began with so many texts that nothing further was looked at; `values` is empty. */
  readonly isText: boolean;
  /** Every numeric value, in file order; all finite. */
  readonly values: Float64Array;
  /** How each of the first `NOTATION_LIMIT` values was written: `NUMBER`, `INTEGER` or
   * `LEADING_ZERO` of `kernel/cell-kinds.ts`. */
  readonly notations: Uint8Array;
  /** Group number of each value, 0 – `groupCount` − 1, or null when ungrouped. */
  readonly groups: Int32Array | null;
  /** 1 when ungrouped. */
  readonly groupCount: number;
}

/** Group number of the value at `index` of `sample.values`. */
export function groupOf(sample: ColumnSample, index: number): number {
  return sample.groups === null ? 0 : sample.groups[index]!;
}

/** The values of each group, in file order; a group without values gives an empty array. */
export function splitGroups(sample: ColumnSample): readonly Float64Array[] {
  const { values, groups, groupCount } = sample;
  if (groups === null) {
    assert(groupCount === 1, 'an ungrouped column is one group');
    return [values];
  }
  assert(groups.length === values.length, 'every value has a group');
  const counts = new Uint32Array(groupCount);
  for (const group of groups) {
    assert(group >= 0 && group < groupCount, 'a group number lies below the group count');
    counts[group] = counts[group]! + 1;
  }
  const split = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Uint32Array(groupCount);
  for (let index = 0; index < values.length; index += 1) {
    const group = groups[index]!;
    split[group]![filled[group]!] = values[index]!;
    filled[group] = filled[group]! + 1;
  }
  return split;
}
