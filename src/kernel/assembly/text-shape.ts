/**
 * Kinds that the shape of a text tells, its bytes with every digit a 0: learned from others, who
 * know for which shapes that holds. A slot for each hash, where a later shape takes its place.
 * `kernel/profiler/value-layout.ts` says how they lie in memory. Twin: `test/kernel/profile-suite`.
 */
import { UNSURE } from '../profiler/text-kinds';
import { LONGEST_SHAPE, SHAPE_BYTES, SHAPE_KIND, SHAPE_LENGTH } from '../profiler/value-layout';

const ZERO: i8 = 0x30;
const SPREAD: u64 = 0x9e3779b97f4a7c15;
const SECOND_SPREAD: u64 = 0xc2b2ae3d27d4eb4f;
/** Leaves a number below `SHAPE_SLOTS`. */
const SLOT_SHIFT: u64 = 64 - 6;

/** The shape of up to 16 of the bytes at `at`, zeros behind them. */
// @ts-ignore: decorator
@inline
function shapeAt(at: usize, length: i32): v128 {
  const bytes = v128.load(at);
  const isDigit = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(ZERO)), i8x16.splat(10));
  const shape = v128.bitselect(i8x16.splat(ZERO), bytes, isDigit);
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return v128.and(shape, i8x16.lt_u(places, i8x16.splat(<i8>min(length, 16))));
}

// @ts-ignore: decorator
@inline
function slotOf(shapes: usize, low: v128, high: v128, length: i32): usize {
  const a = <u64>i64x2.extract_lane(low, 0) + <u64>i64x2.extract_lane(high, 0) * SECOND_SPREAD;
  const b = <u64>i64x2.extract_lane(low, 1) + <u64>i64x2.extract_lane(high, 1) * SECOND_SPREAD;
  const hash = ((a ^ (a >> 29)) * SPREAD + b + <u64>length) * SPREAD;
  return shapes + <usize>(hash >> SLOT_SHIFT) * SHAPE_BYTES;
}

/** The kind that was learned for the shape of a text, of which 32 bytes are readable; or UNSURE. */
export function kindOfShape(shapes: usize, at: usize, length: i32): i32 {
  if (length > LONGEST_SHAPE) return UNSURE;
  const low = shapeAt(at, length);
  const high = shapeAt(at + 16, max(0, length - 16));
  const slot = slotOf(shapes, low, high, length);
  if (<i32>load<u32>(slot, SHAPE_LENGTH) != length) return UNSURE;
  if (!i8x16.all_true(i8x16.eq(v128.load(slot), low))) return UNSURE;
  if (!i8x16.all_true(i8x16.eq(v128.load(slot, 16), high))) return UNSURE;
  return <i32>load<u32>(slot, SHAPE_KIND);
}

/** All texts of the shape of this one are of the kind. */
export function enterShape(shapes: usize, at: usize, length: i32, kind: i32): void {
  if (length > LONGEST_SHAPE) return;
  const low = shapeAt(at, length);
  const high = shapeAt(at + 16, max(0, length - 16));
  const slot = slotOf(shapes, low, high, length);
  v128.store(slot, low);
  v128.store(slot, high, 16);
  store<u32>(slot, length, SHAPE_LENGTH);
  store<u32>(slot, kind, SHAPE_KIND);
}
