/** All that the passes over one input share, and what they have settled so far. */
import type { EngineContext } from '../engine.js';
import type { VectorExpression } from '../expression/vector/compile-vector.js';
import type { TablePlan } from '../plan-table.js';
import type { Carry } from '../rows/convert-row.js';
import type { Settled } from '../settled.js';
import type { CellConverter } from '../values/convert-cell.js';
import { freeRoom, markRoom } from './array-room.js';
import type { Block } from './block.js';
import type { BlockReader } from './block-reader.js';
import { convertBlock } from './convert-block.js';
import type { KeyTable } from './dedup/key-table.js';
import type { LeaveUnique } from './dedup/read-twins.js';
import { readBlocks } from './read-blocks.js';

export interface Table extends Settled {
  readonly context: EngineContext;
  readonly plan: TablePlan;
  readonly reader: BlockReader;
  /** Kept by the engine from table to table. */
  readonly keyTable: KeyTable;
  readonly where: VectorExpression | null;
  readonly derives: readonly VectorExpression[];
  /** Takes the duplicates out of a block that was read anew; null: none, or they are marked. */
  leaveUnique: LeaveUnique | null;
  readonly passCount: number;
  /** Of the values of columns, once they are settled. */
  converters: readonly CellConverter[];
  /** Of columns that are filled from above: the last value so far. */
  readonly carry: Carry;
}

/** One pass over all blocks, with progress. Takes back what the pass needed of each. */
export function* walkBlocks(table: Table): Generator<Block> {
  const { reader, context, passCount } = table;
  const doneBytes = table.passesBegun * reader.source.sizeBytes;
  table.passesBegun++;
  table.carry.clear();
  for (const block of readBlocks(reader)) {
    context.onProgress((doneBytes + block.offsetBytes) / passCount);
    const before = markRoom(reader.arena.passing);
    convertBlock(block, table.plan, table.converters, table.carry);
    try {
      yield block;
    } finally {
      freeRoom(reader.arena.passing, before);
    }
  }
}
