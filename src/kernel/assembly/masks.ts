/**
 * Sixty-four bytes as bit masks: bit i stands for byte i. The ground all other kernel code stands
 * on; knows bytes, not CSV.
 */

/** Bytes in one step: as many as a mask has bits. */
export const STEP_BYTES: i32 = 64;

/**
 * Bit i is 1 when byte i of the 64 at `source` equals each lane of `wanted`. Example: "a,b," and
 * ',' give 0b1010.
 */
// @ts-ignore: decorator
@inline
export function equalMask(source: usize, wanted: v128): u64 {
  const a = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(source), wanted)));
  const b = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(source, 16), wanted)));
  const c = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(source, 32), wanted)));
  const d = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(source, 48), wanted)));
  return a | (b << 16) | (c << 32) | (d << 48);
}

/** Whether any of the 64 bytes at `source` equals a lane of one of the two. */
// @ts-ignore: decorator
@inline
export function hasEither(source: usize, first: v128, second: v128): bool {
  const a = isEither(v128.load(source), first, second);
  const b = isEither(v128.load(source, 16), first, second);
  const c = isEither(v128.load(source, 32), first, second);
  const d = isEither(v128.load(source, 48), first, second);
  return v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)));
}

// @ts-ignore: decorator
@inline
function isEither(lanes: v128, first: v128, second: v128): v128 {
  return v128.or(i8x16.eq(lanes, first), i8x16.eq(lanes, second));
}

/**
 * Bit i is 1 when byte i of the 64 at `source` is below the digit 0, or 0x80 or above: one test for
 * spaces, quotes, signs and what is not ASCII.
 */
// @ts-ignore: decorator
@inline
export function lowMask(source: usize): u64 {
  const zero = i8x16.splat(0x30);
  const a = <u64>(<u32>i8x16.bitmask(i8x16.lt_s(v128.load(source), zero)));
  const b = <u64>(<u32>i8x16.bitmask(i8x16.lt_s(v128.load(source, 16), zero)));
  const c = <u64>(<u32>i8x16.bitmask(i8x16.lt_s(v128.load(source, 32), zero)));
  const d = <u64>(<u32>i8x16.bitmask(i8x16.lt_s(v128.load(source, 48), zero)));
  return a | (b << 16) | (c << 32) | (d << 48);
}

/** Bit i is 1 when byte i of the 64 at `source` is 0x80 or above. */
// @ts-ignore: decorator
@inline
export function highMask(source: usize): u64 {
  const a = <u64>(<u32>i8x16.bitmask(v128.load(source)));
  const b = <u64>(<u32>i8x16.bitmask(v128.load(source, 16)));
  const c = <u64>(<u32>i8x16.bitmask(v128.load(source, 32)));
  const d = <u64>(<u32>i8x16.bitmask(v128.load(source, 48)));
  return a | (b << 16) | (c << 32) | (d << 48);
}

/** Bit i is 1 when byte i of the 64 at `source` is a space or a tab. */
// @ts-ignore: decorator
@inline
export function spaceMask(source: usize): u64 {
  const a = <u64>(<u32>i8x16.bitmask(isSpace(v128.load(source))));
  const b = <u64>(<u32>i8x16.bitmask(isSpace(v128.load(source, 16))));
  const c = <u64>(<u32>i8x16.bitmask(isSpace(v128.load(source, 32))));
  const d = <u64>(<u32>i8x16.bitmask(isSpace(v128.load(source, 48))));
  return a | (b << 16) | (c << 32) | (d << 48);
}

// @ts-ignore: decorator
@inline
function isSpace(lanes: v128): v128 {
  return v128.or(i8x16.eq(lanes, i8x16.splat(0x20)), i8x16.eq(lanes, i8x16.splat(0x09)));
}

/** Bit i is 1 when byte i of the 64 at `source` is N or n. */
// @ts-ignore: decorator
@inline
export function letterNMask(source: usize): u64 {
  const a = <u64>(<u32>i8x16.bitmask(isLetterN(v128.load(source))));
  const b = <u64>(<u32>i8x16.bitmask(isLetterN(v128.load(source, 16))));
  const c = <u64>(<u32>i8x16.bitmask(isLetterN(v128.load(source, 32))));
  const d = <u64>(<u32>i8x16.bitmask(isLetterN(v128.load(source, 48))));
  return a | (b << 16) | (c << 32) | (d << 48);
}

// @ts-ignore: decorator
@inline
function isLetterN(lanes: v128): v128 {
  return i8x16.eq(v128.or(lanes, i8x16.splat(0x20)), i8x16.splat(0x6e));
}

/**
 * Bit i is 1 when byte i of the 64 at `source` is # or -, or one of ! % ' ) + /, which one test
 * cannot tell from them.
 */
// @ts-ignore: decorator
@inline
export function signMask(source: usize): u64 {
  const a = <u64>(<u32>i8x16.bitmask(isSign(v128.load(source))));
  const b = <u64>(<u32>i8x16.bitmask(isSign(v128.load(source, 16))));
  const c = <u64>(<u32>i8x16.bitmask(isSign(v128.load(source, 32))));
  const d = <u64>(<u32>i8x16.bitmask(isSign(v128.load(source, 48))));
  return a | (b << 16) | (c << 32) | (d << 48);
}

// @ts-ignore: decorator
@inline
function isSign(lanes: v128): v128 {
  return i8x16.eq(v128.and(lanes, i8x16.splat(<i8>0xf1)), i8x16.splat(0x21));
}

/**
 * Bit i of the result is the parity of the bits 0 … i of `x`: 0b10010 gives 0b01110, the bytes from
 * an opening quote up to its closing one.
 */
// @ts-ignore: decorator
@inline
export function prefixXor(x: u64): u64 {
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  x ^= x << 32;
  return x;
}
