/**
 * What the shape of a text tells, its bytes with every digit a 0: learned from others, who know for
 * which shapes that holds. Twins: in `test/kernel`, the suites of what asks here.
 */
import { LONGEST_KEY, SHAPE_SLOTS } from '../key-table-layout';
import { enterKey, findKey, firstOf } from './key-table';

const ZERO: i8 = 0x30;
/** Beside the length: the first digit is none of 0. */
const LED: i32 = 256;

/** Lanes that are digits. */
// @ts-ignore: decorator
@inline
function digitsIn(bytes: v128): v128 {
  return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(ZERO)), i8x16.splat(10));
}

/** The shape of up to 16 of the bytes at `at`, zeros behind them. */
// @ts-ignore: decorator
@inline
function shapeAt(at: usize, length: i32): v128 {
  const bytes = v128.load(at);
  return firstOf(v128.bitselect(i8x16.splat(ZERO), bytes, digitsIn(bytes)), length);
}

/** Its length, and whether the first digit is none of 0. */
export function ledLength(at: usize, length: i32): i32 {
  for (let i = 0; i < length; i += 16) {
    const digits = i8x16.bitmask(digitsIn(v128.load(at + <usize>i)));
    if (digits == 0) continue;
    const first = i + ctz(digits);
    return first < length && <i32>load<u8>(at + <usize>first) != ZERO ? length | LED : length;
  }
  return length;
}

/**
 * What was learned of the shape of a text, of which 32 bytes are readable; 0 where nothing was.
 *
 * @param mark its length, or `ledLength` where that was learned.
 */
export function findShape(shapes: usize, at: usize, length: i32, mark: i32): i32 {
  if (length > LONGEST_KEY) return 0;
  return <i32>findKey(shapes, SHAPE_SLOTS, shapeAt(at, length), shapeAt(at + 16, length - 16), mark);
}

/** Says what holds for all texts of the shape of this one. */
export function enterShape(shapes: usize, at: usize, length: i32, mark: i32, kind: i32): void {
  if (length > LONGEST_KEY) return;
  enterKey(shapes, SHAPE_SLOTS, shapeAt(at, length), shapeAt(at + 16, length - 16), mark, kind);
}
