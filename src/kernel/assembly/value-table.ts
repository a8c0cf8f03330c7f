/**
 * The different values of a column, each with how often it was met: a hash table over their bytes.
 * `kernel/profiler/value-layout.ts` says how it lies in memory; who owns that makes room in it.
 */
import {
  ENTRIES, ENTRY_BYTES, ENTRY_ROOM, FIRST_BYTES, KIND, POOL, POOL_ROOM, POOL_USED, RECORD, SIZE, SLOT_BYTES, SLOT_MASK,
  SLOTS, TEXT_LENGTH, TEXT_PADDING, TEXT_START, TIMES,
} from '../profiler/value-layout';
import { firstBytes, hashLong, hashShort } from './hash-text';
import { kindOfText } from './text-kind';

/**
 * Counts a value of `length` > 0 bytes in.
 *
 * @param record what a new value is entered with.
 * @param scratch 8 bytes for a number that is not asked for.
 * @returns false where it is new and there is no room; then nothing is counted.
 */
// @ts-ignore: decorator
@inline
export function countText(column: usize, at: usize, length: u32, record: i32, powers: usize, scratch: usize): bool {
  const first = firstBytes(at, length);
  const hash = length <= 8 ? hashShort(first, length) : hashLong(at, length);
  const slots = <usize>load<u32>(column, SLOTS);
  const mask = load<u32>(column, SLOT_MASK);
  const entries = <usize>load<u32>(column, ENTRIES);
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const word = load<u64>(slots + <usize>slot * SLOT_BYTES);
    if (word == 0) return enter(column, at, length, first, hash, slot, record, powers, scratch);
    if (<u32>word != hash) continue;
    const entry = entries + <usize>(<u32>(word >> 32) - 1) * ENTRY_BYTES;
    if (load<u64>(entry, FIRST_BYTES) != first || load<u32>(entry, TEXT_LENGTH) != length) continue;
    if (length > 8 && !isSameRest(at, <usize>load<u32>(column, POOL) + <usize>load<u32>(entry, TEXT_START), length)) continue;
    store<f64>(entry, load<f64>(entry, TIMES) + 1, TIMES);
    return true;
  }
}

/** Whether two texts of more than eight bytes, the first of which are the same, are the same. */
// @ts-ignore: decorator
@inline
function isSameRest(a: usize, b: usize, length: u32): bool {
  const last = <usize>(length - 8);
  for (let i: usize = 8; i < last; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  return load<u64>(a + last) == load<u64>(b + last);
}

function enter(
  column: usize,
  at: usize,
  length: u32,
  first: u64,
  hash: u32,
  slot: u32,
  record: i32,
  powers: usize,
  scratch: usize,
): bool {
  const size = load<u32>(column, SIZE);
  const start = load<u32>(column, POOL_USED);
  if (size == load<u32>(column, ENTRY_ROOM)) return false;
  if (start + length + <u32>TEXT_PADDING > load<u32>(column, POOL_ROOM)) return false;
  memory.copy(<usize>load<u32>(column, POOL) + <usize>start, at, <usize>length);
  const entry = <usize>load<u32>(column, ENTRIES) + <usize>size * ENTRY_BYTES;
  store<u64>(entry, first, FIRST_BYTES);
  store<u32>(entry, start, TEXT_START);
  store<u32>(entry, length, TEXT_LENGTH);
  store<f64>(entry, 1, TIMES);
  store<u32>(entry, record, RECORD);
  store<u32>(entry, kindOfText(at, <i32>length, powers, scratch), KIND);
  store<u64>(<usize>load<u32>(column, SLOTS) + <usize>slot * SLOT_BYTES, (<u64>(size + 1) << 32) | <u64>hash);
  store<u32>(column, size + 1, SIZE);
  store<u32>(column, start + length, POOL_USED);
  return true;
}

/**
 * Moves the slots of a table to others, which are free. A hash of 0 is one like others: a slot is
 * taken where its number is not 0.
 */
export function moveSlots(from: usize, count: u32, to: usize, mask: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const word = load<u64>(from + <usize>i * SLOT_BYTES);
    if (word == 0) continue;
    let slot = <u32>word & mask;
    while (load<u64>(to + <usize>slot * SLOT_BYTES) != 0) slot = (slot + 1) & mask;
    store<u64>(to + <usize>slot * SLOT_BYTES, word);
  }
}
