/** What expressions ask of a block of rows; whoever reads the rows implements it. */
import type { GroupSlots } from '../group-key.js';
import type { Value } from '../tree.js';
import type { Numbers, Selection, Vector } from './vectors.js';

/**
 * The cells of one block. Slots are those the expressions were compiled with. The same slot is
 * asked for as often as an expression names it, so answers that cost something are worth keeping
 * for the block. Arrays that are handed out are only read, and only until the next block.
 */
export interface CellSource {
  /** Rows in the block; all arrays have as many entries or more. */
  readonly rowCount: number;
  /**
   * The input cells of a column as numbers: `MISSING` where `isMissing` holds for the cell's text,
   * `NUMBER` or larger where `parseNumber` gives its value (so 0, never −0), else `OTHER`.
   */
  numbers(slot: number): Numbers;
  /**
   * Writes the texts of input cells into `out` by row, null where `isMissing` holds; of the
   * selected rows and no others, since decoding costs.
   */
  texts(slot: number, selection: Selection, out: Value[]): void;
  /**
   * The vector of an earlier derived column, evaluated for the rows that are selected now or more.
   */
  derived(slot: number): Vector;
  /**
   * The groups of the rows by the values of these columns. Of one block always for the same rows,
   * or for some of those it was asked for first.
   */
  groups(by: GroupSlots, selection: Selection): RowGroups;
}

/** Groups are numbered as they come, from block to block. */
export interface RowGroups {
  /** The number of each selected row's group, by row. */
  readonly numbers: Uint32Array;
  /** The key of each group so far, by number: always the same array. */
  readonly keys: readonly string[];
}
