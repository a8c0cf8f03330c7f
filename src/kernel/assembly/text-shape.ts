/**
 * What the shape of a text tells, its bytes with every digit a 0: learned from others, who know for
 * which shapes that holds. A few slots for each hash, the first of which a later shape takes over.
 * `kernel/shape-layout.ts` says how they lie in memory. Twins: in `test/kernel`, the suites of what
 * asks here.
 */
import { LONGEST_SHAPE, SHAPE_BYTES, SHAPE_KIND, SHAPE_LENGTH, SHAPE_SLOTS } from '../shape-layout';

const ZERO: i8 = 0x30;
const SPREAD: u64 = 0x9e3779b97f4a7c15;
const SECOND_SPREAD: u64 = 0xc2b2ae3d27d4eb4f;
/** Leaves a number below `SHAPE_SLOTS`. */
const SLOT_SHIFT: u64 = 64 - 6;
/** A shape stands in one of so many slots. */
const PLACES: u32 = 4;
/** Beside the length: the first digit is none of 0. */
const LED: i32 = 256;

/** Lanes of the 16 bytes at `at` that are digits. */
// @ts-ignore: decorator
@inline
function digitsAt(bytes: v128): v128 {
  return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(ZERO)), i8x16.splat(10));
}

/** The shape of up to 16 of the bytes at `at`, zeros behind them. */
// @ts-ignore: decorator
@inline
function shapeAt(at: usize, length: i32): v128 {
  const bytes = v128.load(at);
  const shape = v128.bitselect(i8x16.splat(ZERO), bytes, digitsAt(bytes));
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return v128.and(shape, i8x16.lt_u(places, i8x16.splat(<i8>min(length, 16))));
}

/** Its length, and whether the first digit is none of 0. */
export function ledLength(at: usize, length: i32): i32 {
  for (let i = 0; i < length; i += 16) {
    const digits = i8x16.bitmask(digitsAt(v128.load(at + <usize>i)));
    if (digits == 0) continue;
    const first = i + ctz(digits);
    return first < length && <i32>load<u8>(at + <usize>first) != ZERO ? length | LED : length;
  }
  return length;
}

/** The number of the first slot that a shape may stand in. */
// @ts-ignore: decorator
@inline
function firstSlot(low: v128, high: v128, mark: i32): u32 {
  const a = <u64>i64x2.extract_lane(low, 0) + <u64>i64x2.extract_lane(high, 0) * SECOND_SPREAD;
  const b = <u64>i64x2.extract_lane(low, 1) + <u64>i64x2.extract_lane(high, 1) * SECOND_SPREAD;
  return <u32>((((a ^ (a >> 29)) * SPREAD + b + <u64>mark) * SPREAD) >> SLOT_SHIFT);
}

// @ts-ignore: decorator
@inline
function slotAt(shapes: usize, number: u32): usize {
  return shapes + <usize>(number & (SHAPE_SLOTS - 1)) * SHAPE_BYTES;
}

// @ts-ignore: decorator
@inline
function holds(slot: usize, low: v128, high: v128, mark: i32): bool {
  if (<i32>load<u32>(slot, SHAPE_LENGTH) != mark) return false;
  return i8x16.all_true(i8x16.eq(v128.load(slot), low)) && i8x16.all_true(i8x16.eq(v128.load(slot, 16), high));
}

/**
 * What was learned of the shape of a text, of which 32 bytes are readable; 0 where nothing was.
 *
 * @param mark its length, or `ledLength` where that was learned.
 */
export function findShape(shapes: usize, at: usize, length: i32, mark: i32): i32 {
  if (length > LONGEST_SHAPE) return 0;
  const low = shapeAt(at, length);
  const high = shapeAt(at + 16, max(0, length - 16));
  const first = firstSlot(low, high, mark);
  for (let i: u32 = 0; i < PLACES; i++) {
    const slot = slotAt(shapes, first + i);
    if (holds(slot, low, high, mark)) return <i32>load<u32>(slot, SHAPE_KIND);
  }
  return 0;
}

/** Says what holds for all texts of the shape of this one. */
export function enterShape(shapes: usize, at: usize, length: i32, mark: i32, kind: i32): void {
  if (length > LONGEST_SHAPE) return;
  const low = shapeAt(at, length);
  const high = shapeAt(at + 16, max(0, length - 16));
  const first = firstSlot(low, high, mark);
  let place: u32 = 0;
  while (place < PLACES && load<u32>(slotAt(shapes, first + place), SHAPE_KIND) != 0) place++;
  const slot = slotAt(shapes, first + place % PLACES);
  v128.store(slot, low);
  v128.store(slot, high, 16);
  store<u32>(slot, mark, SHAPE_LENGTH);
  store<u32>(slot, kind, SHAPE_KIND);
}
