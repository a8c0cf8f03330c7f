/** Passes over the blocks of a table. */
import { freeRoom, markRoom } from './array-room.js';
import type { Block } from './block.js';
import { checkSchema } from './check-schema.js';
import { convertBlock } from './convert-block.js';
import { readBlocks } from './read-blocks.js';
import type { Table } from './table.js';

/**
 * One pass over all blocks, with progress. Takes back what the pass needed of each.
 *
 * @param isSettled values are converted, and so may be held against the schema.
 */
export function* walkBlocks(table: Table, isSettled = true): Generator<Block> {
  const { reader, context, passCount } = table;
  const doneBytes = table.passesBegun * reader.source.sizeBytes;
  table.passesBegun++;
  table.carry.clear();
  for (const block of readBlocks(reader)) {
    context.onProgress((doneBytes + block.offsetBytes) / passCount);
    const before = markRoom(reader.arena.passing);
    try {
      convertBlock(block, table.plan, table.converters, table.carry);
      if (isSettled) checkSchema(table, block);
      yield block;
    } finally {
      freeRoom(reader.arena.passing, before);
    }
  }
}
