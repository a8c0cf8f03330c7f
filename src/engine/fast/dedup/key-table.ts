/**
 * Which rows have equal keys: a hash table over keys that lie in the kernel's memory. Equal hashes
 * only say where to look; the bytes decide. Twin: the map of `reference/settle-duplicates`.
 */
import { type MemoryBudget, reserve } from '../../../base/memory-budget.js';
import type { Selection } from '../../expression/vector/vectors.js';
import type { DedupKeep } from '../../rules.js';

/** One entry for each different key, in the order in which they came. */
export interface KeyTable {
  /** How many slots are in use: a power of two. */
  slotCount: number;
  /** Pairs of a hash and an entry's number + 1, which is 0 in a free slot. */
  slots: Uint32Array;
  count: number;
  /** Where the key begins and how long it is. */
  starts: Uint32Array;
  lengths: Uint32Array;
  /** What tells the row that stays from all others: its line, or its number. */
  ids: Float64Array;
}

const FIRST_SLOTS = 1 << 10;
/** Of each entry, and of each slot. */
const ENTRY_BYTES = 16;
const SLOT_BYTES = 8;
/** Entries that are kept from table to table. */
const MOST_KEPT = 1 << 20;
/** Slots for an entry, at least: what is looked for is then found in a step or two. */
const SLOTS_PER_ENTRY = 1.3;
/** By what entries grow, so that they need not grow for every block. */
const GROWTH = 1.5;

export function createKeyTable(): KeyTable {
  const slots = new Uint32Array(2 * FIRST_SLOTS);
  return { slotCount: FIRST_SLOTS, slots, count: 0, ...entries(0) };
}

function entries(capacity: number) {
  return {
    starts: new Uint32Array(capacity),
    lengths: new Uint32Array(capacity),
    ids: new Float64Array(capacity),
  };
}

/**
 * Forgets all keys; arrays that are not large are kept for the next ones.
 *
 * @param areAsMany the next ones are about as many as these, and need as many slots.
 */
export function clearKeys(table: KeyTable, budget: MemoryBudget, areAsMany = false): void {
  if (table.ids.length > MOST_KEPT) Object.assign(table, createKeyTable());
  table.count = 0;
  if (!areAsMany) table.slotCount = FIRST_SLOTS;
  table.slots.fill(0, 0, 2 * table.slotCount);
  const heldBytes = table.ids.length * ENTRY_BYTES + (table.slots.length / 2) * SLOT_BYTES;
  reserve(budget, heldBytes, KEYS);
}

/** What an error calls them. */
export const KEYS = 'the keys of --dedup';

/**
 * Makes room for `more` keys.
 * @throws CsvcleanError OUT_OF_MEMORY.
 */
export function ensureKeys(table: KeyTable, budget: MemoryBudget, more: number): void {
  const wanted = table.count + more;
  if (wanted * SLOTS_PER_ENTRY > table.slotCount) growSlots(table, budget, wanted);
  const before = table.ids.length;
  if (wanted <= before) return;
  const capacity = Math.max(wanted, Math.ceil(before * GROWTH));
  reserve(budget, (capacity - before) * ENTRY_BYTES, KEYS);
  const larger = entries(capacity);
  larger.starts.set(table.starts);
  larger.lengths.set(table.lengths);
  larger.ids.set(table.ids);
  Object.assign(table, larger);
}

function growSlots(table: KeyTable, budget: MemoryBudget, wanted: number): void {
  const before = table.slots.subarray(0, 2 * table.slotCount);
  while (table.slotCount < wanted * SLOTS_PER_ENTRY) table.slotCount *= 2;
  const held = table.slots.length / 2;
  const isLarger = held < table.slotCount;
  if (isLarger) reserve(budget, (table.slotCount - held) * SLOT_BYTES, KEYS);
  const used = table.count === 0 ? new Uint32Array(0) : isLarger ? before : before.slice();
  if (isLarger) table.slots = new Uint32Array(2 * table.slotCount);
  else table.slots.fill(0, 0, 2 * table.slotCount);
  rehash(used, table.slots, table.slotCount - 1);
}

function rehash(before: Uint32Array, slots: Uint32Array, mask: number): void {
  for (let i = 0; i < before.length; i += 2) {
    if (before[i + 1] === 0) continue;
    let at = 2 * (before[i]! & mask);
    while (slots[at + 1] !== 0) at = (at + 2) & (2 * mask);
    slots[at] = before[i]!;
    slots[at + 1] = before[i + 1]!;
  }
}

/**
 * The entry of a key; a new one where it has none, which `table.count` then shows. There must be
 * room.
 */
export function enterKey(
  table: KeyTable,
  memory: Uint8Array,
  hash: number,
  start: number,
  length: number,
): number {
  const { slots, starts, lengths } = table;
  const mask = 2 * (table.slotCount - 1);
  let at = (2 * hash) & mask;
  for (let slot = slots[at + 1]!; slot !== 0; slot = slots[at + 1]!) {
    const entry = slot - 1;
    const isLike = slots[at] === hash && lengths[entry] === length;
    if (isLike && areEqual(memory, starts[entry]!, start, length)) return entry;
    at = (at + 2) & mask;
  }
  const entry = table.count++;
  slots[at] = hash;
  slots[at + 1] = entry + 1;
  starts[entry] = start;
  lengths[entry] = length;
  return entry;
}

function areEqual(memory: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (memory[a + i] !== memory[b + i]) return false;
  return true;
}

/** Where keys lie, by record. */
export interface RowKeys {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly hashes: Uint32Array;
}

/**
 * Enters the selected rows, for which there is room; each one's entry to `entered`.
 *
 * @param firstId of record 0; those behind it have the next ones.
 * @returns how many of them have a key that was there.
 */
export function enterRows(
  table: KeyTable,
  memory: Uint8Array,
  { starts, ends, hashes }: RowKeys,
  { rows, count }: Selection,
  firstId: number,
  keep: DedupKeep,
  entered: Uint32Array,
): number {
  const countBefore = table.count;
  const isLast = keep === 'last';
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const before = table.count;
    const start = starts[row]!;
    const entry = enterKey(table, memory, hashes[row]!, start, ends[row]! - start);
    if (entry === before || isLast) table.ids[entry] = firstId + row;
    entered[k] = entry;
  }
  return count - (table.count - countBefore);
}
