/**
 * Finds the duplicates of a table that stays in memory, and marks its blocks. Hashes first: keys
 * are looked at only of rows whose hash another one may have.
 */
import { release } from '../../../base/memory-budget.js';
import type { Selection } from '../../expression/vector/vectors.js';
import type { DedupPlan } from '../../plan-keys.js';
import { firstIndex } from '../../statistics/first-index.js';
import { allocate, freeFrom } from '../arena.js';
import { freeRoom, markRoom, takeDoubles, takeRows } from '../array-room.js';
import type { Block } from '../block.js';
import { filterSilently } from '../measure-table.js';
import { selectKept } from '../select-rows.js';
import type { Table } from '../table.js';
import { walkBlocks } from '../walk-blocks.js';
import { hashBlockKeys, linesOf, writeBlockKeys } from './block-keys.js';
import { clearKeys, ensureKeys, enterRows, KEYS } from './key-table.js';
import { fateOf, listTwins } from './mark-twins.js';
import { addHashes, createSharedHashes, pickShared, type SharedHashes } from './shared-hashes.js';
import { keyTableOf, withKeys } from './with-keys.js';

/** A block whose rows were hashed. */
interface HashedBlock {
  readonly block: Block;
  /** The number of its record 0 among those of all blocks. */
  readonly firstId: number;
  /** Of its rows that have a key, in their order. */
  readonly hashes: Uint32Array;
}

/** One of which rows may have the key of others. */
interface EnteredBlock {
  readonly block: Block;
  readonly firstId: number;
  readonly rows: Selection;
  /** Of each of these rows, its entry among the keys. */
  readonly entries: Uint32Array;
}

export function settleInMemory(table: Table, of: DedupPlan): void {
  const { arena } = table.reader;
  const { budget } = table.context;
  const hashed = hashBlocks(table, of);
  const bottom = arena.used;
  const before = budget.reservedBytes;
  const rowCount = hashed.reduce((sum, { hashes }) => sum + hashes.length, 0);
  const shared = createSharedHashes(arena, budget, rowCount);
  for (const { hashes } of hashed) addHashes(shared, hashes);
  const entered = enterShared(table, of, hashed, shared);
  const tellLine = lineTeller(hashed);
  for (const one of entered) markBlock(table, of, one, tellLine);
  freeFrom(arena, budget, bottom);
  release(budget, budget.reservedBytes - before);
}

function hashBlocks(table: Table, of: DedupPlan): readonly HashedBlock[] {
  const { arena } = table.reader;
  const hashed: HashedBlock[] = [];
  let firstId = 0;
  for (const block of walkBlocks(table)) {
    const selection = withKeys(block, filterSilently(table, block), of);
    const hashes = takeRows(arena.kept, selection.count);
    hashBlockKeys(block, selection, of, hashes);
    hashed.push({ block, firstId, hashes });
    firstId += block.recordCount;
  }
  return hashed;
}

/** Enters the keys of rows that may have those of others. */
function enterShared(
  table: Table,
  of: DedupPlan,
  hashed: readonly HashedBlock[],
  shared: SharedHashes,
): readonly EnteredBlock[] {
  const { arena } = table.reader;
  const { budget } = table.context;
  const keyTable = keyTableOf(arena);
  clearKeys(keyTable, budget);
  const picked = hashed.map((one) => pickRows(one, of, shared));
  ensureKeys(
    keyTable,
    budget,
    picked.reduce((sum, { count }) => sum + count, 0),
  );
  const entered: EnteredBlock[] = [];
  for (const [i, rows] of picked.entries()) {
    const { block, firstId } = hashed[i]!;
    if (rows.count === 0) continue;
    const before = markRoom(arena.passing);
    const keys = writeBlockKeys(block, rows, of);
    const bottom = arena.used;
    allocate(arena, budget, keys.end - bottom, KEYS);
    const memory = new Uint8Array(arena.kernel.memory.buffer);
    const entries = takeRows(arena.kept, rows.count);
    const known = enterRows(keyTable, memory, keys, rows, firstId, of.keep, entries);
    if (known === rows.count) freeFrom(arena, budget, bottom);
    // Of the first rows of their keys none is superfluous.
    if (known > 0 || of.keep === 'last') entered.push({ block, firstId, rows, entries });
    freeRoom(arena.passing, before);
  }
  return entered;
}

function pickRows({ block, hashes }: HashedBlock, of: DedupPlan, shared: SharedHashes): Selection {
  const { kept, passing } = block.arena;
  const before = markRoom(passing);
  const all = withKeys(block, selectKept(block), of);
  const picked = takeRows(passing, all.count);
  const count = pickShared(shared, all, hashes, picked);
  const rows = takeRows(kept, count);
  rows.set(picked.subarray(0, count));
  freeRoom(passing, before);
  return { rows, count };
}

/** The line of the row with a number, by its block. */
type TellLine = (id: number) => number;

function lineTeller(hashed: readonly HashedBlock[]): TellLine {
  const known = new Map<HashedBlock, Float64Array>();
  return (id) => {
    const one = hashed[firstIndex(0, hashed.length, (i) => hashed[i]!.firstId > id) - 1]!;
    let lines = known.get(one);
    if (lines === undefined) {
      lines = linesOf(one.block, one.block.arena.kept);
      known.set(one, lines);
    }
    return lines[id - one.firstId]!;
  };
}

/** Marks the rows whose key's row is another one. */
function markBlock(
  table: Table,
  of: DedupPlan,
  { block, firstId, rows, entries }: EnteredBlock,
  tellLine: TellLine,
): void {
  const { ids } = keyTableOf(block.arena);
  const { passing } = block.arena;
  const before = markRoom(passing);
  const twins = takeDoubles(passing, block.recordCount);
  const fate = fateOf(of);
  let count = 0;
  for (let k = 0; k < rows.count; k++) {
    const record = rows.rows[k]!;
    const id = ids[entries[k]!]!;
    if (id === firstId + record) continue;
    block.fates[record] = fate;
    twins[record] = id;
    count++;
  }
  if (count > 0) listTwins(table, block, of, count, (record) => tellLine(twins[record]!));
  freeRoom(passing, before);
}
