/**
 * Exact sums of doubles and of their squares, as long integers in limbs of 32 bits. Twin:
 * `addValues` of `engine/statistics/exact-sum.ts`, which says what limbs are.
 *
 * Values are first added up by their exponent, without a shift: the integer of 53 bits that each is
 * there, and the three products of its halves. Before 64 bits are full these go into the limbs.
 */
import { BIN_BYTES, SQUARE_LIMBS, SUM_LIMBS } from '../profiler/sum-layout';

/** Of less than 2^54 each, the sum of so many stays below 2^63. */
const STRETCH: i32 = 512;
const FRACTION_BITS: u64 = 52;
const FRACTION: u64 = 0x000fffffffffffff;
const HIDDEN: u64 = 0x0010000000000000;
/** The low half of an integer of 53 bits. */
const HALF_BITS: u64 = 26;
const HALF: u64 = 0x3ffffff;
const LIMB: u64 = 0xffffffff;
/** What lies between the units of a square, 2^-2148 for the smallest double, and of its limbs. */
const SQUARE_SHIFT: i32 = 2304 - 2148;

/**
 * Writes the limbs of Σx, and behind them those of Σx², as doubles: each but the last from 0 to
 * 2^32 − 1.
 *
 * @param values `count` finite doubles.
 * @param bins `BIN_BYTES` zeros for each of 2,046 exponents; they are zeros again.
 */
export function sumNumbers(values: usize, count: i32, bins: usize, limbs: usize): void {
  clearLimbs(limbs);
  let done = 0;
  while (done < count) {
    const end = min(count, done + STRETCH);
    let lowest = i32.MAX_VALUE;
    let highest = 0;
    for (; done < end; done++) {
      const exponent = addToBin(bins, load<u64>(values + (<usize>done << 3)), 1);
      lowest = min(lowest, exponent);
      highest = max(highest, exponent);
    }
    emptyAll(bins, lowest, highest, limbs);
  }
  carryAll(limbs);
}

/**
 * The same of numbers that come several times each.
 *
 * @param times how often, a f64 each.
 */
export function sumCounted(values: usize, times: usize, count: i32, bins: usize, limbs: usize): void {
  clearLimbs(limbs);
  let room: u64 = STRETCH;
  let lowest = i32.MAX_VALUE;
  let highest = 0;
  for (let i: usize = 0; i < <usize>count << 3; i += 8) {
    for (let left = <u64>load<f64>(times + i); left > 0; ) {
      const weight = min(left, room);
      const exponent = addToBin(bins, load<u64>(values + i), weight);
      lowest = min(lowest, exponent);
      highest = max(highest, exponent);
      left -= weight;
      room -= weight;
      if (room > 0) continue;
      emptyAll(bins, lowest, highest, limbs);
      room = STRETCH;
      lowest = i32.MAX_VALUE;
      highest = 0;
    }
  }
  emptyAll(bins, lowest, highest, limbs);
  carryAll(limbs);
}

// @ts-ignore: decorator
@inline
function clearLimbs(limbs: usize): void {
  memory.fill(limbs, 0, <usize>(SUM_LIMBS + SQUARE_LIMBS) << 3);
}

/** @param weight how often. @returns the exponent, which tells the bin. */
// @ts-ignore: decorator
@inline
function addToBin(bins: usize, bits: u64, weight: u64): i32 {
  const biased = <i32>(bits >> FRACTION_BITS) & 0x7ff;
  const hidden = biased == 0 ? 0 : 1;
  const m = (bits & FRACTION) | (hidden == 0 ? 0 : HIDDEN);
  const exponent = biased - hidden;
  const sign = <i64>bits >> 63;
  const high = m >> HALF_BITS;
  const low = m & HALF;
  const bin = bins + <usize>exponent * BIN_BYTES;
  store<i64>(bin, load<i64>(bin) + ((<i64>m ^ sign) - sign) * <i64>weight);
  store<u64>(bin, load<u64>(bin, 8) + low * low * weight, 8);
  store<u64>(bin, load<u64>(bin, 16) + high * low * weight, 16);
  store<u64>(bin, load<u64>(bin, 24) + high * high * weight, 24);
  return exponent;
}

// @ts-ignore: decorator
@inline
function emptyAll(bins: usize, lowest: i32, highest: i32, limbs: usize): void {
  const squares = limbs + (<usize>SUM_LIMBS << 3);
  for (let e = lowest; e <= highest; e++) empty(bins + <usize>e * BIN_BYTES, e, limbs, squares);
}

// @ts-ignore: decorator
@inline
function carryAll(limbs: usize): void {
  carry(limbs, SUM_LIMBS);
  carry(limbs + (<usize>SUM_LIMBS << 3), SQUARE_LIMBS);
}

/** Adds what stands in a bin to the limbs. */
// @ts-ignore: decorator
@inline
function empty(bin: usize, exponent: i32, limbs: usize, squares: usize): void {
  const sum = load<i64>(bin);
  const lowSquare = load<u64>(bin, 8);
  const highSquare = load<u64>(bin, 24);
  if ((lowSquare | highSquare) == 0) return;
  const sign = sum >> 63;
  addPiece(limbs, exponent, <u64>((sum ^ sign) - sign), sign);
  const place = 2 * exponent + SQUARE_SHIFT;
  addPiece(squares, place, lowSquare, 0);
  addPiece(squares, place + <i32>HALF_BITS + 1, load<u64>(bin, 16), 0);
  addPiece(squares, place + 2 * <i32>HALF_BITS, highSquare, 0);
  memory.fill(bin, 0, BIN_BYTES);
}

/** Adds `piece` · 2^`place`, or takes it away where `sign` is −1. */
// @ts-ignore: decorator
@inline
function addPiece(limbs: usize, place: i32, piece: u64, sign: i64): void {
  const bit = <u64>(place & 31);
  const limb = limbs + (<usize>(place >>> 5) << 3);
  // In two steps, since a shift by 64 is none.
  const third = (piece >> 1) >> (63 - bit);
  addSigned(limb, (piece << bit) & LIMB, sign);
  addSigned(limb + 8, (piece >> (32 - bit)) & LIMB, sign);
  addSigned(limb + 16, third, sign);
}

// @ts-ignore: decorator
@inline
function addSigned(limb: usize, part: u64, sign: i64): void {
  store<i64>(limb, load<i64>(limb) + ((<i64>part ^ sign) - sign));
}

/** Leaves less than 2^32 in every limb but the last, and makes doubles of them. */
function carry(limbs: usize, count: i32): void {
  let over: i64 = 0;
  for (let i = 0; i < count; i++) {
    const at = limbs + (<usize>i << 3);
    const sum = load<i64>(at) + over;
    const isLast = i == count - 1;
    over = sum >> 32;
    store<f64>(at, isLast ? <f64>sum : <f64>(sum & <i64>LIMB));
  }
}
