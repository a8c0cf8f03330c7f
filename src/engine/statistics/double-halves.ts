/** The bits of doubles, as halves of 32 bits in the order of the machine. */

export const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Which of the two halves of a value holds the sign and the exponent. */
export const UPPER = isLittleEndian ? 1 : 0;

/** Two of each value. */
export function halvesOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** Its multiples are spread evenly (D. Knuth, "Sorting and Searching", 6.4). */
const SPREAD = 0x9e3779b1;

/**
 * The first slot for the value at `index` in a hash table: the upper bits of a product of 32 bits.
 * -0 has another than 0.
 */
export function slotOf(halves: Int32Array, index: number, shift: number): number {
  return Math.imul(halves[2 * index]! ^ halves[2 * index + 1]!, SPREAD) >>> shift;
}
