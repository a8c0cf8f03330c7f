/**
 * How many different values there are, by estimate, in 16 KiB: HyperLogLog (P. Flajolet et al.,
 * 2007), read as O. Ertl does ("New cardinality estimation algorithms for HyperLogLog sketches",
 * 2017), without ranges of its own for few and many. Registers of parts are joined by their maxima,
 * so that the estimate is the same for any order and any cut.
 */

const INDEX_BITS = 14;
export const REGISTER_COUNT = 1 << INDEX_BITS;
/** Bits of the second hash, which tells the rank. */
const RANK_BITS = 32;

/** The standard error of an estimate, as a share of it: 0.8 %. */
export const ESTIMATE_ERROR = 1.04 / Math.sqrt(REGISTER_COUNT);

export function createRegisters(): Uint8Array {
  return new Uint8Array(REGISTER_COUNT);
}

/** Counts all values of `from` into `into`. */
export function joinRegisters(into: Uint8Array, from: Uint8Array): void {
  for (let i = 0; i < REGISTER_COUNT; i++) if (from[i]! > into[i]!) into[i] = from[i]!;
}

export function estimateDistinct(registers: Uint8Array): number {
  const counts = new Uint32Array(RANK_BITS + 2);
  for (let i = 0; i < registers.length; i++) counts[registers[i]!]!++;
  const m = REGISTER_COUNT;
  let z = m * tau(1 - counts[RANK_BITS + 1]! / m);
  for (let k = RANK_BITS; k >= 1; k--) z = 0.5 * (z + counts[k]!);
  z += m * sigma(counts[0]! / m);
  return Math.round((m * m) / (2 * Math.LN2 * z));
}

function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let x = share;
  let y = 1;
  let z = x;
  for (let before = -1; z !== before; ) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let x = share;
  let y = 1;
  let z = 1 - x;
  for (let before = -1; z !== before; ) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
