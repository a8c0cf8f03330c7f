/**
 * Cells of a column that were converted lately, which the kernel knows by their bytes: most columns
 * hold few different ones, and making a text of each cell takes longer than all the rest. Twin:
 * `convert` of the cell's text, which says the same. Knows nothing of rules.
 */
import { CELL_SLOTS, KEY_BYTES, LONGEST_KEY } from '../../kernel/key-table-layout.js';
import { bytesIn, ensureRoom, wordsIn } from './arena.js';
import type { Block } from './block.js';
import { cellFinder } from './find-cell.js';

/** What a cell becomes. */
export interface KnownCell {
  readonly bytes: Uint8Array;
  readonly steps: number;
  /** Whether it looks like no value, such as NA, or did before. */
  readonly isToken: boolean;
}

/** Of one column, from block to block. */
export interface KnownCells {
  /** See `kernel/key-table-layout`: of cells as they stand in the input, their numbers. */
  readonly table: Uint8Array;
  /** By number less 1; those that lost their slot are among them. */
  readonly cells: KnownCell[];
}

/** So many are entered before it begins anew. */
const MOST_CELLS = 4 * CELL_SLOTS;

export function createKnownCells(): KnownCells {
  return { table: new Uint8Array(CELL_SLOTS * KEY_BYTES), cells: [] };
}

/** Finds the cells of a column in a block. Valid until something else is put into the arena. */
export interface KnownFinder {
  /** From place `k` on: the first place whose cell is not known, or how many places there are. */
  find(k: number): number;
  /** At a place that `find` has passed. */
  cellAt(k: number): KnownCell;
  /** Notes what the cell of a record became, if it is short and stands there plainly. */
  enter(record: number, cell: KnownCell): void;
  /** Keeps what was entered for the next block. */
  end(): void;
}

/** @param rows the records whose cells are looked for. */
export function createKnownFinder(
  block: Block,
  rows: Uint32Array,
  column: number,
  { table, cells }: KnownCells,
): KnownFinder {
  const { arena, source, fieldEnds, recordFields, flagsAt } = block;
  const count = rows.length;
  const tableAt = arena.used;
  const rowsAt = tableAt + table.length;
  const numbersAt = rowsAt + 4 * count;
  ensureRoom(arena, numbersAt + 4 * count - tableAt);
  bytesIn(arena, tableAt, table.length).set(table);
  wordsIn(arena, rowsAt, count).set(rows);
  const numbers = wordsIn(arena, numbersAt, count);
  const { find, at } = cellFinder(block, column);
  const { exports } = arena.kernel;
  const isCrOnly = block.context.dialect.recordEnd === 'cr' ? 1 : 0;
  return {
    find: (k) =>
      exports.findCells(
        ...([source, fieldEnds, recordFields, flagsAt, column, isCrOnly] as const),
        ...([rowsAt, k, count, tableAt, numbersAt] as const),
      ),
    cellAt: (k) => cells[numbers[k]! - 1]!,
    enter: (record, cell) => {
      if (!find(record) || at.end - at.start > LONGEST_KEY) return;
      if (cells.length === MOST_CELLS) {
        cells.length = 0;
        bytesIn(arena, tableAt, table.length).fill(0);
      }
      cells.push(cell);
      exports.enterCell(tableAt, source + at.start, at.end - at.start, cells.length);
    },
    end: () => table.set(bytesIn(arena, tableAt, table.length)),
  };
}
