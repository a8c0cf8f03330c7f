/**
 * Which byte of a cell goes where, when its digits are moved to the right end of sixteen lanes and
 * its point is left out: for the kernel a look-up is shorter than working it out.
 */

/** Lanes of one shuffle: as many bytes as a cell has at most. */
const LANES = 16;
/** Selects no byte, which makes the lane 0. */
const NONE = 0x80;

/** How much room `writeDigitLanes` needs, in bytes: 17 shuffles of integers, 272 of decimals. */
export const DIGIT_LANES_BYTES = (LANES + 1) * (1 + LANES) * LANES;

/**
 * Writes the shuffle of an integer of n bytes as number n, and behind those from 0 to 16 that of n
 * bytes with d of them behind the point as number 16n + d. Example: 12.34 has n = 5 and d = 2, its
 * last four lanes are 0 1 3 4.
 */
export function writeDigitLanes(memory: ArrayBufferLike, offsetBytes: number): void {
  const lanes = new Uint8Array(memory, offsetBytes, DIGIT_LANES_BYTES).fill(NONE);
  const decimalsStart = (LANES + 1) * LANES;
  for (let length = 1; length <= LANES; length++) {
    const bytes = Array.from({ length }, (_, i) => i);
    lanes.set(bytes, length * LANES + LANES - length);
    for (let decimals = 0; decimals < length; decimals++) {
      const number = length * LANES + decimals;
      const digits = bytes.toSpliced(length - 1 - decimals, 1);
      lanes.set(digits, decimalsStart + number * LANES + LANES - digits.length);
    }
  }
}
