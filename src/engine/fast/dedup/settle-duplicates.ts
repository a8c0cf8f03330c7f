/** Finds the rows of a table that `--dedup` takes out. */
import { assert } from '../../../base/assert.js';
import { MISSING } from '../../../kernel/cell-kinds.js';
import type { Selection } from '../../expression/vector/vectors.js';
import { type DedupPlan, keyPlans } from '../../plan-keys.js';
import type { Spill } from '../../spill.js';
import { countParts } from '../../split/count-parts.js';
import { type Arena, allocate } from '../arena.js';
import { freeRoom, markRoom, takeRows } from '../array-room.js';
import type { Block } from '../block.js';
import { expectedRows } from '../expected-rows.js';
import { filterSilently } from '../measure-table.js';
import { readNumbers } from '../read-cells.js';
import { selectKept } from '../select-rows.js';
import type { Table } from '../table.js';
import { walkBlocks } from '../walk-blocks.js';
import { linesOf, writeBlockKeys } from './block-keys.js';
import { createKeyWriter } from './key-stream.js';
import {
  clearKeys,
  createKeyTable,
  ensureKeys,
  enterRows,
  KEYS,
  type KeyTable,
} from './key-table.js';
import { fateOf, listTwins } from './mark-twins.js';
import { mergePart } from './merge-part.js';
import { createTwinReader } from './read-twins.js';

const keyTables = new WeakMap<Arena, KeyTable>();

/** The table over keys in this memory, kept from input to input. */
function keyTableOf(arena: Arena): KeyTable {
  const table = keyTables.get(arena) ?? createKeyTable();
  keyTables.set(arena, table);
  return table;
}

/** Settles which rows stay, over those the filter lets through. */
export function settleDuplicates(table: Table): void {
  let firstStream = 0;
  for (const plan of keyPlans(table.plan)) {
    if (table.reader.staysInMemory) settleInMemory(table, plan);
    else firstStream = settleSpilled(table, plan, firstStream);
  }
}

/**
 * Of a table that is read anew by each pass: its blocks are marked as they come.
 * @returns the first stream that it leaves.
 */
function settleSpilled(table: Table, dedup: DedupPlan, keyStream: number): number {
  const { context, reader } = table;
  const keyTable = keyTableOf(reader.arena);
  const { spill, budget } = context;
  assert(spill !== undefined, 'what does not stay in memory has a place to go');
  const partCount = countParts(reader.source.sizeBytes, budget.limitBytes);
  const blockCount = spillKeys(table, dedup, spill, { stream: keyStream, partCount });
  const firstResult = keyStream + 1;
  const streams = [{ stream: keyStream, blockCount }];
  for (let part = 0; part < partCount; part++) {
    const request = { streams, part, keep: dedup.keep, resultStream: firstResult + part };
    mergePart(reader.arena, budget, keyTable, spill, request);
  }
  spill.drop(keyStream);
  const settled = { partCount, firstResult, firstBlock: 0, blockCount };
  table.leaveUnique.push(createTwinReader(table, dedup, spill, settled));
  return firstResult + partCount;
}

/** Writes the keys of all rows to a stream. @returns of how many blocks. */
export function spillKeys(
  table: Table,
  dedup: DedupPlan,
  spill: Spill,
  { stream, partCount }: { readonly stream: number; readonly partCount: number },
): number {
  const { arena } = table.reader;
  const writer = spill.create(stream);
  try {
    const keyWriter = createKeyWriter(writer, partCount);
    for (const block of walkBlocks(table)) {
      const selection = withKeys(block, filterSilently(table, block), dedup);
      const keys = writeBlockKeys(block, selection, dedup);
      const memory = new Uint8Array(arena.kernel.memory.buffer);
      keyWriter.add(memory, keys, selection);
    }
    return keyWriter.finish();
  } finally {
    writer.end();
  }
}

/** Of a table that stays in memory: marks its blocks. */
function settleInMemory(table: Table, dedup: DedupPlan): void {
  const { arena } = table.reader;
  const { budget } = table.context;
  const keyTable = keyTableOf(arena);
  clearKeys(keyTable, budget);
  const entered: { readonly block: Block; readonly entries: Uint32Array }[] = [];
  let anyKnown = false;
  for (const block of walkBlocks(table)) {
    const selection = withKeys(block, filterSilently(table, block), dedup);
    const keys = writeBlockKeys(block, selection, dedup);
    allocate(arena, budget, keys.end - arena.used, KEYS);
    const wanted = block.number === 0 ? expectedRows(table, block, selection.count) : 0;
    ensureKeys(keyTable, budget, Math.max(wanted, selection.count));
    const memory = new Uint8Array(arena.kernel.memory.buffer);
    const entries = takeRows(arena.kept, block.recordCount);
    const { rows, count } = selection;
    const known = enterRows(keyTable, memory, keys, rows, count, dedup.keep, entries);
    anyKnown ||= known > 0;
    // Of the first rows of their keys none is superfluous.
    if (known > 0 || dedup.keep === 'last') entered.push({ block, entries });
  }
  for (const { block, entries } of anyKnown ? entered : []) {
    const before = markRoom(arena.passing);
    markBlock(table, dedup, block, entries);
    freeRoom(arena.passing, before);
  }
}

/** The records that have a key: a missing value is like no other one. */
function withKeys(block: Block, selection: Selection, { unique }: DedupPlan): Selection {
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

/** Marks the kept records whose key's row is another one. */
function markBlock(table: Table, of: DedupPlan, block: Block, entries: Uint32Array): void {
  const { lines } = keyTableOf(block.arena);
  const kept = withKeys(block, selectKept(block), of);
  const count = markSuperfluous(block.fates, fateOf(of), kept, linesOf(block), entries, lines);
  if (count > 0) listTwins(table, block, of, count, (record) => lines[entries[record]!]!);
}

/** @returns how many there are. */
function markSuperfluous(
  fates: Uint8Array,
  fate: number,
  { rows, count }: Selection,
  lines: Float64Array,
  entries: Uint32Array,
  keptLines: Float64Array,
): number {
  let marked = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    if (keptLines[entries[row]!] === lines[row]) continue;
    fates[row] = fate;
    marked++;
  }
  return marked;
}
