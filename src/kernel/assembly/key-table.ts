/**
 * Short keys in slots, each in one of a few that its hash says; where none of these is free, it
 * takes the first. `kernel/key-table-layout.ts` says how they lie in memory. Twins: in
 * `test/kernel`, the suites of what asks here.
 */
import { KEY_BYTES, KEY_MARK, KEY_VALUE } from '../key-table-layout';

const SPREAD: u64 = 0x9e3779b97f4a7c15;
const SECOND_SPREAD: u64 = 0xc2b2ae3d27d4eb4f;
/** The upper bits of a product are the best. */
const HASH_SHIFT: u64 = 40;
/** A key stands in one of so many slots. */
const PLACES: u32 = 4;

/** The first `length` of 16 bytes, zeros behind them. */
// @ts-ignore: decorator
@inline
export function firstOf(bytes: v128, length: i32): v128 {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return v128.and(bytes, i8x16.lt_u(places, i8x16.splat(<i8>min(max(length, 0), 16))));
}

// @ts-ignore: decorator
@inline
function hashOf(low: v128, high: v128, mark: i32): u32 {
  const a = <u64>i64x2.extract_lane(low, 0) + <u64>i64x2.extract_lane(high, 0) * SECOND_SPREAD;
  const b = <u64>i64x2.extract_lane(low, 1) + <u64>i64x2.extract_lane(high, 1) * SECOND_SPREAD;
  return <u32>((((a ^ (a >> 29)) * SPREAD + b + <u64>mark) * SPREAD) >> HASH_SHIFT);
}

// @ts-ignore: decorator
@inline
function slotAt(table: usize, slots: u32, place: u32): usize {
  return table + <usize>(place & (slots - 1)) * KEY_BYTES;
}

/** What is known of the key of 32 bytes; 0 where it is not there. */
// @ts-ignore: decorator
@inline
export function findKey(table: usize, slots: u32, low: v128, high: v128, mark: i32): u32 {
  const hash = hashOf(low, high, mark);
  for (let i: u32 = 0; i < PLACES; i++) {
    const slot = slotAt(table, slots, hash + i);
    if (<i32>load<u32>(slot, KEY_MARK) != mark) continue;
    if (!i8x16.all_true(i8x16.eq(v128.load(slot), low))) continue;
    if (i8x16.all_true(i8x16.eq(v128.load(slot, 16), high))) return load<u32>(slot, KEY_VALUE);
  }
  return 0;
}

/** Enters a key that is not there. */
// @ts-ignore: decorator
@inline
export function enterKey(table: usize, slots: u32, low: v128, high: v128, mark: i32, value: u32): void {
  const hash = hashOf(low, high, mark);
  let place: u32 = 0;
  while (place < PLACES && load<u32>(slotAt(table, slots, hash + place), KEY_VALUE) != 0) place++;
  const slot = slotAt(table, slots, hash + (place % PLACES));
  v128.store(slot, low);
  v128.store(slot, high, 16);
  store<u32>(slot, mark, KEY_MARK);
  store<u32>(slot, value, KEY_VALUE);
}
