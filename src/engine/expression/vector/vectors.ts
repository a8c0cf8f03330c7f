/**
 * Columns of a block of rows as arrays by position in the block, and which of its rows are wanted.
 * Plain data; knows neither where cells come from nor what is done with them.
 *
 * One byte a row says what there is, and 0 is always a missing value.
 */
import { MISSING, NUMBER, TEXT } from '../../../kernel/cell-kinds.js';
import type { Value } from '../tree.js';

/**
 * Kinds, as the kernel tells them: no value (also as a truth), a number (so is every larger byte),
 * or a value that is none, a text that spells no number or a boolean.
 */
export { MISSING, NUMBER, TEXT as OTHER };

/** Truths beside `MISSING`. */
export const FALSE = 1;
export const TRUE = 2;

/**
 * What a column is when read as numbers. `values` is only meaningful where the kind is `NUMBER` or
 * larger, and there it is finite.
 */
export interface Numbers {
  readonly values: Float64Array;
  readonly kinds: Uint8Array;
}

/** A column of numbers has no `OTHER` among its kinds. */
export interface NumberVector extends Numbers {
  readonly type: 'number';
}

export interface BooleanVector {
  readonly type: 'boolean';
  /** `MISSING`, `FALSE` or `TRUE`. */
  readonly truths: Uint8Array;
}

/** Texts, or cells of any type. */
export interface ValueVector {
  readonly type: 'value';
  readonly values: readonly Value[];
}

/**
 * The values of an expression in a block, by row. What stands in rows that were not selected means
 * nothing.
 */
export type Vector = NumberVector | BooleanVector | ValueVector;

/** Some rows of a block: the first `count` of `rows`, ascending, each once. */
export interface Selection {
  readonly rows: Uint32Array;
  readonly count: number;
}

/** Every row of a block of `count` rows. */
export function selectAll(count: number): Selection {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return { rows, count };
}

/** The rows of `selection` with that very truth (or kind), written into `rows`. */
export function selectTruth(
  selection: Selection,
  truths: Uint8Array,
  truth: number,
  rows: Uint32Array,
): Selection {
  return { rows, count: writeRows(selection, truths, truth, true, rows) };
}

/** The rows of `selection` without that truth (or kind), written into `rows`. */
export function selectOthers(
  selection: Selection,
  truths: Uint8Array,
  truth: number,
  rows: Uint32Array,
): Selection {
  return { rows, count: writeRows(selection, truths, truth, false, rows) };
}

function writeRows(
  selection: Selection,
  truths: Uint8Array,
  truth: number,
  isWanted: boolean,
  rows: Uint32Array,
): number {
  let count = 0;
  for (let k = 0; k < selection.count; k++) {
    const row = selection.rows[k]!;
    rows[count] = row;
    if ((truths[row] === truth) === isWanted) count++;
  }
  return count;
}

/** Makes true false and false true, in the selected rows. */
export function negateTruths(truths: Uint8Array, { rows, count }: Selection): void {
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const truth = truths[row]!;
    truths[row] = truth === MISSING ? MISSING : FALSE + TRUE - truth;
  }
}
