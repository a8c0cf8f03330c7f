/** Twins of `assembly/record-bytes.ts`, over arrays. */
import { BLANK } from '../record-flags.js';

/** Fills `fates` with `blank` or 0. @returns all flags that any record has. */
export function writeFates(flags: Uint8Array, blank: number, fates: Uint8Array): number {
  let all = 0;
  for (let record = 0; record < flags.length; record++) {
    const flag = flags[record]!;
    all |= flag;
    fates[record] = (flag & BLANK) === 0 ? 0 : blank;
  }
  return all;
}

/** The places of the zeros among `bytes`. */
export function selectZeros(bytes: Uint8Array): Uint32Array {
  const places: number[] = [];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) places.push(at);
  return Uint32Array.from(places);
}
