/**
 * Powers of ten to 128 bits, which the kernel prints and reads doubles with. Made when a kernel is
 * made: exact integers are shorter to trust than a page of constants.
 */
import { DIGIT_LANES_BYTES, writeDigitLanes } from './digit-lanes.js';

/** The kernel's `LOWEST_POWER`, and the highest it looks up. */
const LOWEST_POWER = -292;
const HIGHEST_POWER = 324;

/** 10^22 = 2^22 · 5^22 is the last whose odd part, below 2^53, fits a double. */
const HIGHEST_EXACT_DOUBLE = 22;

const LANES_OFFSET = (HIGHEST_POWER - LOWEST_POWER + 1) * 16;
const DOUBLES_OFFSET = LANES_OFFSET + DIGIT_LANES_BYTES;

/** How much room `writePowerTable` needs, in bytes. */
export const POWER_TABLE_BYTES = DOUBLES_OFFSET + (HIGHEST_EXACT_DOUBLE + 1) * 8;

/**
 * Writes g(k) = ⌈10^k · 2^(127 − ⌊log2 10^k⌋)⌉ for each k, high half first, each half little-endian
 * (R. Giulietti, "The Schubfach way to render doubles", 2020, section 9; exact powers need no
 * rounding up: those from 10^0 to 10^55). Behind them the shuffles of `digit-lanes.ts`, and 10^0 …
 * 10^22 as doubles.
 *
 * @param offsetBytes where in `memory` the table begins, a multiple of 16.
 */
export function writePowerTable(memory: ArrayBufferLike, offsetBytes: number): void {
  const halves = new BigUint64Array(memory, offsetBytes, LANES_OFFSET / 8);
  let power = 1n;
  for (let k = 0; k <= HIGHEST_POWER; k++) {
    writePower(halves, k, ceilingShift(power, 127 - floorLog2OfPower(k)));
    // The same power serves for its inverse: 10^-k · 2^s = 2^s / 10^k.
    if (k > 0 && -k >= LOWEST_POWER) {
      const dividend = 1n << BigInt(127 - floorLog2OfPower(-k));
      writePower(halves, -k, (dividend + power - 1n) / power);
    }
    power *= 10n;
  }
  writeDigitLanes(memory, offsetBytes + LANES_OFFSET);
  const doubles = new Float64Array(memory, offsetBytes + DOUBLES_OFFSET, HIGHEST_EXACT_DOUBLE + 1);
  for (let k = 0; k <= HIGHEST_EXACT_DOUBLE; k++) doubles[k] = Number(`1e${k}`);
}

function writePower(halves: BigUint64Array, k: number, value: bigint): void {
  const at = (k - LOWEST_POWER) * 2;
  halves[at] = value >> 64n;
  halves[at + 1] = BigInt.asUintN(64, value);
}

/** ⌈value · 2^shift⌉. */
function ceilingShift(value: bigint, shift: number): bigint {
  return shift >= 0 ? value << BigInt(shift) : -(-value >> BigInt(-shift));
}

/** ⌊log2 10^k⌋ for |k| ≤ 1,233, by a product with log2 10 in fixed point. */
function floorLog2OfPower(k: number): number {
  return Math.floor((k * 1741647) / 2 ** 19);
}
