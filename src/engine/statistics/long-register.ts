/**
 * A sum of doubles without rounding: an integer as wide as all doubles lie apart, in limbs of 32
 * bits (R. Neal, "Fast exact summation using small and large superaccumulators", 2015). Knows
 * doubles, no statistics.
 */
import { assert } from '../../base/assert.js';
import { halvesOf, UPPER } from './double-halves.js';

/** Bits from one limb to the next. */
export const LIMB_BITS = 32;
const LIMB_SIZE = 2 ** LIMB_BITS;

/**
 * So many doubles may be added between two carries. Each adds less than 2^32 to a limb, which is
 * less than 2^32 after a carry; so it remains below 2^53, an exact integer.
 */
export const MOST_UNCARRIED = 2 ** 20;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
const LOW = 1 - UPPER;

/**
 * Adds `x` to `limbs`, of which limb i counts units of 2^(32i − 1074 − `shift`), with its sign.
 *
 * @param shift from 0 on; `limbs` reaches beyond x · 2^(1074 + shift).
 */
export function addDouble(limbs: Float64Array, x: number, shift: number): void {
  double[0] = x;
  addWords(limbs, words[UPPER]!, words[LOW]!, shift);
}

/** The lowest of the three limbs that `addDouble` adds to, with a shift of 0, is this over 32. */
export function positionOf(x: number): number {
  double[0] = x;
  return Math.max(0, ((words[UPPER]! >>> 20) & 0x7ff) - 1);
}

/** Adds `values` from `start` to `end` to `limbs` with shift 0. */
export function addDoubles(
  limbs: Float64Array,
  values: Float64Array,
  start: number,
  end: number,
): void {
  const halves = halvesOf(values);
  for (let i = start; i < end; i++)
    addWords(limbs, halves[2 * i + UPPER]!, halves[2 * i + LOW]!, 0);
}

/** `addDouble` of the double of these two words. */
function addWords(limbs: Float64Array, high: number, low: number, shift: number): void {
  const biased = (high >>> 20) & 0x7ff;
  if (biased === 0x7ff) assert(false, 'only finite numbers are summed');
  // IEEE 754: a normal number has an implicit leading bit, a subnormal one (biased 0) has not and
  // counts in the same unit as the smallest normal ones.
  const hidden = biased === 0 ? 0 : 1;
  const top = (high & 0xfffff) | (hidden << 20);
  const position = biased - hidden + shift;
  const bit = position & 31;
  const limb = position >>> 5;
  // The 53 bits, moved up by `bit`, in three limbs. In two steps, since a shift by 32 is none.
  const first = (low << bit) >>> 0;
  const second = ((top << bit) | ((low >>> 1) >>> (31 - bit))) >>> 0;
  const third = (top >>> 1) >>> (31 - bit);
  // Without a branch, which signs in no order would make slow.
  const sign = (high >> 31) | 1;
  limbs[limb] = limbs[limb]! + sign * first;
  limbs[limb + 1] = limbs[limb + 1]! + sign * second;
  limbs[limb + 2] = limbs[limb + 2]! + sign * third;
}

/**
 * Leaves the sum as it is, and every limb but the last from 0 to 2^32 − 1: there is one such form
 * of each sum.
 */
export function carryLimbs(limbs: Float64Array): void {
  let carry = 0;
  const last = limbs.length - 1;
  for (let i = 0; i < last; i++) {
    const limb = limbs[i]! + carry;
    carry = Math.floor(limb / LIMB_SIZE);
    limbs[i] = limb - carry * LIMB_SIZE;
  }
  limbs[last] = limbs[last]! + carry;
}

/** Adds the sum of `from` to `into`, which was carried. */
export function addLimbs(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = into[i]! + from[i]!;
}

/** The sum as an integer of the unit of limb 0; carried or not. */
export function totalOf(limbs: Float64Array): bigint {
  // Most sums keep to a few limbs.
  let lowest = 0;
  while (lowest < limbs.length && limbs[lowest] === 0) lowest++;
  let total = 0n;
  for (let i = limbs.length - 1; i >= lowest; i--) {
    if (total !== 0n) total <<= BigInt(LIMB_BITS);
    if (limbs[i] !== 0) total += BigInt(limbs[i]!);
  }
  return total << BigInt(LIMB_BITS * lowest);
}
