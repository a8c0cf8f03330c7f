/** What is compared of a table: its rows that have a key, and what keys are held against. */
import { MISSING } from '../../../kernel/cell-kinds.js';
import type { Selection } from '../../expression/vector/vectors.js';
import type { DedupPlan } from '../../plan-keys.js';
import type { Arena } from '../arena.js';
import { takeRows } from '../array-room.js';
import type { Block } from '../block.js';
import { readNumbers } from '../read-cells.js';
import { createKeyTable, type KeyTable } from './key-table.js';

const keyTables = new WeakMap<Arena, KeyTable>();

/** The table over keys in this memory, kept from input to input. */
export function keyTableOf(arena: Arena): KeyTable {
  const table = keyTables.get(arena) ?? createKeyTable();
  keyTables.set(arena, table);
  return table;
}

/** The records that have a key: a missing value is like no other one. */
export function withKeys(block: Block, selection: Selection, { unique }: DedupPlan): Selection {
  if (unique === null) return selection;
  const { kinds } = readNumbers(block, [unique.column.index])[0]!;
  const rows = takeRows(block.arena.passing, selection.count);
  let count = 0;
  for (let k = 0; k < selection.count; k++) {
    const row = selection.rows[k]!;
    if (kinds[row] !== MISSING) rows[count++] = row;
  }
  return { rows, count };
}
