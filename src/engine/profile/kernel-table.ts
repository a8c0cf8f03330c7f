/**
 * The table of a column's different values in the profiling kernel's memory: makes room in it, and
 * reads it. What is counted into it, and how it lies there, is the kernel's.
 */
import { KEY_BYTES, SHAPE_SLOTS } from '../../kernel/key-table-layout.js';
import * as layout from '../../kernel/profiler/value-layout.js';
import { addSums, createMoments } from '../statistics/exact-sum.js';
import type { PackedValues, SummedNumbers } from './column-state.js';
import { REGISTER_COUNT } from './estimate-distinct.js';
import { countOf } from './join-pairs.js';
import { type ProfileMemory, sumCounted, takeRoom, takeZeros, viewsOf } from './profile-memory.js';

/** Where the state of a column lies. */
export interface KernelColumn {
  readonly memory: ProfileMemory;
  readonly at: number;
}

const FIRST_SLOTS = 1 << 8;
const FIRST_POOL = 1 << 10;
/** By so much a table grows: what it leaves behind is not used again. */
const GROWTH = 4;
/** In the place of a kind: no value, but a token for none. */
export const TOKEN = 0xff;

export function createKernelColumn(memory: ProfileMemory): KernelColumn {
  const column = { memory, at: takeZeros(memory, layout.COLUMN_BYTES) };
  setWord(column, layout.SHORTEST, 0xffff_ffff);
  makeEntries(column, FIRST_SLOTS);
  setWord(column, layout.POOL, takeRoom(memory, FIRST_POOL));
  setWord(column, layout.POOL_ROOM, FIRST_POOL);
  return column;
}

export function wordOf({ memory, at }: KernelColumn, place: number): number {
  return viewsOf(memory).words[(at + place) >>> 2]!;
}

export function setWord({ memory, at }: KernelColumn, place: number, value: number): void {
  viewsOf(memory).words[(at + place) >>> 2] = value;
}

/** What it was, and 0 from now on. */
export function takeWord(column: KernelColumn, place: number): number {
  const value = wordOf(column, place);
  if (value !== 0) setWord(column, place, 0);
  return value;
}

/** Half of the slots stay free. */
function makeEntries(column: KernelColumn, slotCount: number): void {
  const { memory } = column;
  const room = slotCount / 2;
  const entries = takeRoom(memory, room * layout.ENTRY_BYTES);
  const slots = takeZeros(memory, slotCount * layout.SLOT_BYTES);
  const before = wordOf(column, layout.ENTRY_ROOM) * 2;
  if (before > 0) {
    const from = wordOf(column, layout.ENTRIES);
    const end = from + wordOf(column, layout.SIZE) * layout.ENTRY_BYTES;
    viewsOf(memory).bytes.copyWithin(entries, from, end);
    memory.kernel.exports.growSlots(wordOf(column, layout.SLOTS), before, slots, slotCount - 1);
  }
  setWord(column, layout.SLOTS, slots);
  setWord(column, layout.SLOT_MASK, slotCount - 1);
  setWord(column, layout.ENTRIES, entries);
  setWord(column, layout.ENTRY_ROOM, room);
}

/** Makes room where the kernel found none: for values, or for their bytes. */
export function growTable(column: KernelColumn): void {
  const room = wordOf(column, layout.ENTRY_ROOM);
  if (wordOf(column, layout.SIZE) === room) {
    makeEntries(column, 2 * GROWTH * room);
    return;
  }
  const { memory } = column;
  const poolRoom = GROWTH * wordOf(column, layout.POOL_ROOM);
  const pool = takeRoom(memory, poolRoom);
  const from = wordOf(column, layout.POOL);
  viewsOf(memory).bytes.copyWithin(pool, from, from + wordOf(column, layout.POOL_USED));
  setWord(column, layout.POOL, pool);
  setWord(column, layout.POOL_ROOM, poolRoom);
}

/** The values in order, as arrays of which each has its own step. Valid until memory is taken. */
export interface TableView {
  readonly size: number;
  kindOf(value: number): number;
  setKind(value: number, kind: number): void;
  timesOf(value: number): number;
  recordOf(value: number): number;
  lengthOf(value: number): number;
  /** Where its bytes begin in the kernel's memory. */
  startOf(value: number): number;
  textOf(value: number): string;
  /** In the order of their bytes. */
  isBefore(a: number, b: number): boolean;
}

export function viewTable(column: KernelColumn): TableView {
  const { bytes, words, doubles } = viewsOf(column.memory);
  const first = wordOf(column, layout.ENTRIES);
  const pool = wordOf(column, layout.POOL);
  const wordAt = (value: number, place: number): number =>
    (first + value * layout.ENTRY_BYTES + place) >>> 2;
  const startOf = (value: number): number => pool + words[wordAt(value, layout.TEXT_START)]!;
  const lengthOf = (value: number): number => words[wordAt(value, layout.TEXT_LENGTH)]!;
  return {
    size: wordOf(column, layout.SIZE),
    kindOf: (value) => words[wordAt(value, layout.KIND)]!,
    setKind: (value, kind) => {
      words[wordAt(value, layout.KIND)] = kind;
    },
    timesOf: (value) => doubles[wordAt(value, layout.TIMES) >>> 1]!,
    recordOf: (value) => words[wordAt(value, layout.RECORD)]!,
    ...{ startOf, lengthOf },
    textOf: (value) => {
      const start = startOf(value);
      return bytes.toString('utf8', start, start + lengthOf(value));
    },
    isBefore: (a, b) => {
      const start = startOf(a);
      const other = startOf(b);
      const length = Math.min(lengthOf(a), lengthOf(b));
      for (let i = 0; i < length; i++) {
        const difference = bytes[start + i]! - bytes[other + i]!;
        if (difference !== 0) return difference < 0;
      }
      return lengthOf(a) < lengthOf(b);
    },
  };
}

/** The values alone, without tokens. @param numbers those among them. */
export function packTable(column: KernelColumn, numbers: SummedNumbers | null): PackedValues {
  const { bytes, words, doubles } = viewsOf(column.memory);
  const size = wordOf(column, layout.SIZE);
  const from = wordOf(column, layout.POOL);
  const counts = new Float64Array(size);
  const ends = new Uint32Array(size);
  const pool = bytes.subarray(from, from + wordOf(column, layout.POOL_USED));
  // Tokens are few, and texts between them move as one.
  const kept = new Uint8Array(pool.length);
  let count = 0;
  let end = 0;
  let copied = 0;
  let entry = wordOf(column, layout.ENTRIES) >>> 2;
  for (let value = 0; value < size; value++, entry += layout.ENTRY_BYTES >>> 2) {
    const length = words[entry + (layout.TEXT_LENGTH >>> 2)]!;
    if (words[entry + (layout.KIND >>> 2)] === TOKEN) {
      const start = words[entry + (layout.TEXT_START >>> 2)]!;
      kept.set(pool.subarray(copied, start), end - (start - copied));
      copied = start + length;
      continue;
    }
    end += length;
    counts[count] = doubles[(entry + (layout.TIMES >>> 2)) >>> 1]!;
    ends[count++] = end;
  }
  kept.set(pool.subarray(copied), end - (pool.length - copied));
  return {
    counts: counts.slice(0, count),
    ends: ends.slice(0, count),
    pool: kept.slice(0, end),
    numbers,
  };
}

/** The numbers of the table, but for those that the kernel is not sure of. */
export function listNumbers(column: KernelColumn): SummedNumbers {
  const { memory } = column;
  const size = wordOf(column, layout.SIZE);
  const values = takeRoom(memory, (size + 1) * 8);
  const times = takeRoom(memory, (size + 1) * 8);
  memory.used = values;
  const { powers, kernel } = memory;
  const count = kernel.exports.listNumbers(column.at, TOKEN, powers, values, times);
  const { doubles } = viewsOf(memory);
  const counts = doubles.slice(times >>> 3, (times >>> 3) + count);
  const moments = createMoments();
  const { sums, squares } = sumCounted(memory, values, times, count);
  addSums(moments, countOf(counts), sums, squares);
  return { values: doubles.slice(values >>> 3, (values >>> 3) + count), counts, moments };
}

/** Leaves the table for registers, which its values are counted into. */
export function leaveForRegisters(column: KernelColumn): void {
  const { memory } = column;
  const registers = takeZeros(memory, REGISTER_COUNT);
  memory.kernel.exports.registerTable(column.at, TOKEN, registers);
  setWord(column, layout.REGISTERS, registers);
  setWord(column, layout.SHAPES, takeZeros(memory, SHAPE_SLOTS * KEY_BYTES));
}

/** Says that all texts of the shape of this one are of a kind. */
export function learnShape({ memory, at }: KernelColumn, bytes: Uint8Array, kind: number): void {
  memory.kernel.exports.learnShape(at, placeText(memory, bytes), bytes.length, kind);
}

/** Puts a text where it stays until something is taken. @returns where. */
export function placeText(memory: ProfileMemory, bytes: Uint8Array): number {
  const bottom = memory.used;
  const text = takeRoom(memory, bytes.length + layout.TEXT_PADDING);
  viewsOf(memory).bytes.set(bytes, text);
  memory.used = bottom;
  return text;
}

/** Not to be kept. */
export function registersOf(column: KernelColumn): Uint8Array {
  const at = wordOf(column, layout.REGISTERS);
  return viewsOf(column.memory).bytes.subarray(at, at + REGISTER_COUNT);
}
