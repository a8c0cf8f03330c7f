/** Finds the rows of a table that `--dedup` takes out. */
import { assert } from '../../../base/assert.js';
import { MISSING } from '../../../kernel/cell-kinds.js';
import type { EngineContext } from '../../engine.js';
import type { Selection } from '../../expression/vector/vectors.js';
import { type DedupPlan, keyPlans } from '../../plan-keys.js';
import type { Spill } from '../../spill.js';
import { countParts, groupParts } from '../../split/count-parts.js';
import type { MergeRequest } from '../../split/span-engine.js';
import { type Arena, allocate, freeFrom } from '../arena.js';
import { freeRoom, markRoom, takeRows } from '../array-room.js';
import type { Block } from '../block.js';
import { expectedRows } from '../expected-rows.js';
import { filterSilently } from '../measure-table.js';
import { readNumbers } from '../read-cells.js';
import { selectKept } from '../select-rows.js';
import type { Table } from '../table.js';
import { walkBlocks } from '../walk-blocks.js';
import { linesOf, writeBlockKeys } from './block-keys.js';
import { createKeyWriter, type WrittenKeys } from './key-sections.js';
import {
  clearKeys,
  createKeyTable,
  ensureKeys,
  enterRows,
  KEYS,
  type KeyTable,
} from './key-table.js';
import { fateOf, listTwins } from './mark-twins.js';
import { mergeParts } from './merge-parts.js';
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
function settleSpilled(table: Table, of: DedupPlan, keyStream: number): number {
  const { context, reader } = table;
  const { budget } = context;
  const spill = spillOf(context);
  const partCount = countParts(reader.source.sizeBytes, budget.limitBytes);
  const { keys, partBytes } = spillKeys(table, of, keyStream, partCount);
  const groups = groupParts(partBytes, budget.limitBytes);
  const firstResult = keyStream + 1;
  const resultStreams = groups.flatMap((range, i) => {
    const resultStream = firstResult + i;
    const request = { streams: [keys], ...range, keep: of.keep, resultStream };
    return mergeKeys(reader.arena, context, request) === 0 ? [] : [resultStream];
  });
  spill.drop(keyStream);
  const settled = { resultStreams, sectionLines: keys.lines };
  table.leaveUnique.push(createTwinReader(table, of, spill, settled));
  return firstResult + groups.length;
}

/** What does not stay in memory has a place to go. */
function spillOf({ spill }: Pick<EngineContext, 'spill'>): Spill {
  assert(spill !== undefined, 'what does not stay in memory has a place to go');
  return spill;
}

/** Takes the duplicates that were settled out of the blocks of a table in spans. */
export function leaveSettled(table: Table): void {
  const plans = keyPlans(table.plan);
  table.duplicates.forEach((settled, i) => {
    const spill = spillOf(table.context);
    table.leaveUnique.push(createTwinReader(table, plans[i]!, spill, settled));
  });
}

/** Writes the keys of all rows of the table's range to a stream. */
export function spillKeys(
  table: Table,
  of: DedupPlan,
  stream: number,
  partCount: number,
): WrittenKeys {
  const { context, reader } = table;
  const { arena } = reader;
  const writer = spillOf(context).create(stream);
  const bottom = arena.used;
  try {
    const keys = createKeyWriter(reader, stream, writer, partCount);
    for (const block of walkBlocks(table)) {
      keys.add(block, withKeys(block, filterSilently(table, block), of), of);
    }
    return keys.finish();
  } finally {
    writer.end();
    freeFrom(arena, context.budget, bottom);
  }
}

/** Merges some parts of keys. @returns how many duplicates there are. */
export function mergeKeys(
  arena: Arena,
  context: Pick<EngineContext, 'budget' | 'spill'>,
  request: MergeRequest,
): number {
  return mergeParts(arena, context.budget, keyTableOf(arena), spillOf(context), request);
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
    const keys = { ...writeBlockKeys(block, selection, dedup), lines: linesOf(block) };
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
