/**
 * The table of powers of ten that TypeScript writes (`kernel/power-table.ts`), and the product it
 * is used in.
 */

/** The table begins with 10^-292, 16 bytes each: high half, low half. */
export const LOWEST_POWER: i32 = -292;
const HIGHEST_POWER: i32 = 324;
/** Then the shuffles that right-align digits, 16 bytes each (`kernel/digit-lanes.ts`). */
const INTEGER_LANES_OFFSET: usize = (HIGHEST_POWER - LOWEST_POWER + 1) << 4;
const DECIMAL_LANES_OFFSET: usize = INTEGER_LANES_OFFSET + (17 << 4);
/** Then 10^0 … 10^22 as doubles, the powers that are exact. */
const DOUBLES_OFFSET: usize = DECIMAL_LANES_OFFSET + ((17 * 16) << 4);
/** The largest power of ten that is a double. */
export const LARGEST_EXACT_POWER: i32 = 22;

/** Where in the table at `powers` the two halves of 10^`k` stand. */
// @ts-ignore: decorator
@inline
export function powerAt(powers: usize, k: i32): usize {
  return powers + (<usize>(k - LOWEST_POWER) << 4);
}

/** 10^`k` for 0 ≤ k ≤ 22. */
// @ts-ignore: decorator
@inline
export function exactPower(powers: usize, k: i32): f64 {
  return load<f64>(powers + DOUBLES_OFFSET + (<usize>k << 3));
}

/** The shuffle of an integer of `length` bytes, 1 to 16. */
// @ts-ignore: decorator
@inline
export function integerLanes(powers: usize, length: i32): v128 {
  return v128.load(powers + INTEGER_LANES_OFFSET + (<usize>length << 4));
}

/** The shuffle of `length` bytes, 1 to 16, with a point and `decimals` bytes behind it. */
// @ts-ignore: decorator
@inline
export function decimalLanes(powers: usize, length: i32, decimals: i32): v128 {
  return v128.load(powers + DECIMAL_LANES_OFFSET + (<usize>((length << 4) + decimals) << 4));
}

/** ⌊log2 10^k⌋ for |k| ≤ 1,233, by a product with log2 10 in fixed point. */
// @ts-ignore: decorator
@inline
export function floorLog2OfPower(k: i32): i32 {
  return (k * 1741647) >> 19;
}

/** The top 64 bits of the 128-bit product. */
// @ts-ignore: decorator
@inline
export function multiplyHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >> 32);
  const other = a0 * b1 + (middle & 0xffffffff);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}
