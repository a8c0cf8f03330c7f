/**
 * The different values of several parts of a column, each with how often it was met: a hash table
 * over their bytes. Knows bytes only. The kernel has its own for the cells of a part.
 */

import { hashLong, hashWords, highWord, lowWord } from '../../kernel/scalar/hash-text.js';
import type { PackedValues, SummedNumbers } from './column-state.js';

/** Two words a slot: hash, number of the value plus 1 (0: free). */
const SLOT_WORDS = 2;
const LEAST_SLOTS = 1 << 8;
const LEAST_POOL = 1 << 10;
/** Behind the last text; hashing reads in words. */
const PADDING = 16;

export interface ValueTable {
  slots: Int32Array;
  slotMask: number;
  /** How many different values there are, and of each how often it was met. */
  size: number;
  counts: Float64Array;
  /** Where each one's bytes end in the pool; the first begins at 0. */
  ends: Uint32Array;
  pool: Uint8Array;
  view: DataView;
}

export function createValueTable(): ValueTable {
  const pool = new Uint8Array(LEAST_POOL);
  return {
    slots: new Int32Array(LEAST_SLOTS * SLOT_WORDS),
    slotMask: LEAST_SLOTS - 1,
    size: 0,
    counts: new Float64Array(LEAST_SLOTS / 2),
    ends: new Uint32Array(LEAST_SLOTS / 2),
    pool,
    view: new DataView(pool.buffer),
  };
}

export function startOf({ ends }: ValueTable, value: number): number {
  return value === 0 ? 0 : ends[value - 1]!;
}

export function poolBytes({ ends, size }: ValueTable): number {
  return size === 0 ? 0 : ends[size - 1]!;
}

/** The number of a value, or -1. */
export function findValue(table: ValueTable, view: DataView, start: number, length: number) {
  const { slots } = table;
  return slots[slotFor(table, view, start, length) + 1]! - 1;
}

/** The slot that holds a value, or the free one where it belongs. */
function slotFor(
  { slots, slotMask, ends, view: poolView }: ValueTable,
  view: DataView,
  start: number,
  length: number,
): number {
  const hash = hashOf(view, start, length);
  let slot = (hash & slotMask) * SLOT_WORDS;
  for (;;) {
    const value = slots[slot + 1]! - 1;
    if (value < 0) return slot;
    const poolStart = value === 0 ? 0 : ends[value - 1]!;
    const hasSize = slots[slot] === hash && ends[value]! - poolStart === length;
    if (hasSize && isSameText(view, start, poolView, poolStart, length)) return slot;
    slot = (slot + SLOT_WORDS) & (slotMask * SLOT_WORDS + SLOT_WORDS - 1);
  }
}

function isSameText(a: DataView, aStart: number, b: DataView, bStart: number, length: number) {
  for (let at = 0; at < length; at++) {
    if (a.getUint8(aStart + at) !== b.getUint8(bStart + at)) return false;
  }
  return true;
}

function hashOf(view: DataView, start: number, length: number): number {
  if (length > 8) return hashLong(view, start, length);
  return hashWords(lowWord(view, start, length), highWord(view, start, length), length);
}

/** Adds a value that is not there yet, met `count` times. @returns its number. */
export function addNew(
  table: ValueTable,
  view: DataView,
  start: number,
  length: number,
  count: number,
): number {
  const at = poolBytes(table);
  makeRoom(table, at + length);
  for (let i = 0; i < length; i++) table.pool[at + i] = view.getUint8(start + i);
  const value = table.size++;
  table.ends[value] = at + length;
  table.counts[value] = count;
  writeSlot(table, value, at, length);
  return value;
}

function writeSlot(table: ValueTable, value: number, at: number, length: number): void {
  const slot = slotFor(table, table.view, at, length);
  const { slots, view } = table;
  slots[slot] = hashOf(view, at, length);
  slots[slot + 1] = value + 1;
}

/** For one more value, and so many bytes. */
function makeRoom(table: ValueTable, poolEnd: number): void {
  if (poolEnd + PADDING > table.pool.length) {
    const pool = new Uint8Array(2 * (poolEnd + PADDING));
    pool.set(table.pool);
    table.pool = pool;
    table.view = new DataView(pool.buffer);
  }
  if (table.size < table.counts.length) return;
  const room = table.counts.length * 2;
  const counts = new Float64Array(room);
  counts.set(table.counts);
  table.counts = counts;
  const ends = new Uint32Array(room);
  ends.set(table.ends);
  table.ends = ends;
  table.slots = new Int32Array(room * 2 * SLOT_WORDS);
  table.slotMask = room * 2 - 1;
  for (let value = 0; value < table.size; value++) {
    const start = startOf(table, value);
    writeSlot(table, value, start, ends[value]! - start);
  }
}

/** @param numbers those among the values. */
export function packTable(table: ValueTable, numbers: SummedNumbers | null): PackedValues {
  const { size, counts, ends, pool } = table;
  return {
    counts: counts.slice(0, size),
    ends: ends.slice(0, size),
    pool: pool.slice(0, poolBytes(table)),
    numbers,
  };
}
