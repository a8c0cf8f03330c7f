/** Finds the rows of a table that `--dedup` takes out. */
import { assert } from '../../../base/assert.js';
import type { DedupPlan } from '../../plan-table.js';
import type { Spill } from '../../spill.js';
import { countParts } from '../../split/count-parts.js';
import { allocate } from '../arena.js';
import { freeRoom, markRoom, takeRows } from '../array-room.js';
import { type Block, DUPLICATE, KEPT } from '../block.js';
import { expectedRows } from '../expected-rows.js';
import { filterSilently } from '../measure-table.js';
import { type Table, walkBlocks } from '../table.js';
import { linesOf, writeBlockKeys } from './block-keys.js';
import { createKeyWriter } from './key-stream.js';
import { clearKeys, ensureKeys, enterRows, KEYS, type KeyTable } from './key-table.js';
import { listTwins } from './list-twins.js';
import { mergePart } from './merge-part.js';
import { createTwinReader } from './read-twins.js';

/** Settles which rows stay, over those the filter lets through. */
export function settleDuplicates(table: Table): void {
  const { dedup } = table.plan;
  if (dedup === null) return;
  if (table.reader.staysInMemory) settleInMemory(table, dedup);
  else settleSpilled(table, dedup);
}

const KEY_STREAM = 0;
const FIRST_RESULT = 1;

/** Of a table that is read anew by each pass: its blocks are marked as they come. */
function settleSpilled(table: Table, dedup: DedupPlan): void {
  const { context, reader, keyTable } = table;
  const { spill, budget } = context;
  assert(spill !== undefined, 'what does not stay in memory has a place to go');
  const partCount = countParts(reader.source.sizeBytes, budget.limitBytes);
  const blockCount = spillKeys(table, dedup, spill, { stream: KEY_STREAM, partCount });
  const streams = [{ stream: KEY_STREAM, blockCount }];
  for (let part = 0; part < partCount; part++) {
    const request = { streams, part, keep: dedup.keep, resultStream: FIRST_RESULT + part };
    mergePart(reader.arena, budget, keyTable, spill, request);
  }
  spill.drop(KEY_STREAM);
  const settled = { partCount, firstResult: FIRST_RESULT, firstBlock: 0, blockCount };
  table.leaveUnique = createTwinReader(spill, settled);
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
      const selection = filterSilently(table, block);
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
  const { keyTable } = table;
  clearKeys(keyTable, budget);
  const entered: { readonly block: Block; readonly entries: Uint32Array }[] = [];
  let anyKnown = false;
  for (const block of walkBlocks(table)) {
    const selection = filterSilently(table, block);
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
    markBlock(block, entries, keyTable);
    freeRoom(arena.passing, before);
  }
}

/** Marks the kept records whose key's row is another one. */
function markBlock(block: Block, entries: Uint32Array, { lines }: KeyTable): void {
  const count = markSuperfluous(block.fates, linesOf(block), entries, lines);
  if (count > 0) block.twins = listTwins(block, count, (record) => lines[entries[record]!]!);
}

/** @returns how many there are. */
function markSuperfluous(
  fates: Uint8Array,
  lines: Float64Array,
  entries: Uint32Array,
  keptLines: Float64Array,
): number {
  let count = 0;
  for (let record = 0; record < fates.length; record++) {
    if (fates[record] !== KEPT || keptLines[entries[record]!] === lines[record]) continue;
    fates[record] = DUPLICATE;
    count++;
  }
  return count;
}
