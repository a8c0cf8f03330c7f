/**
 * Hashes of short texts, for the table of different values and for the estimate of how many there
 * are. Not for strangers to attack: a poor spread costs time, never a wrong count. Twin:
 * `kernel/assembly/hash-text.ts`.
 */

const A = 0x9e3779b1;
const B = 0x85ebca6b;
const C = 0xc2b2ae35;
const D = 0x27d4eb2f;

/** Which bits of a word `count` bytes fill, 0 – 4. */
const MASKS = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1);

/** The first four of at most eight bytes as a word, little end first; the rest of it is 0. */
export function lowWord(view: DataView, start: number, length: number): number {
  return view.getInt32(start, true) & MASKS[length < 4 ? length : 4]!;
}

/** The next four. */
export function highWord(view: DataView, start: number, length: number): number {
  if (length <= 4) return 0;
  return view.getInt32(start + 4, true) & MASKS[length < 8 ? length - 4 : 4]!;
}

/**
 * Of a text of at most eight bytes, by its words; of a longer one, see `hashLong`.
 */
export function hashWords(low: number, high: number, length: number): number {
  let hash = Math.imul(low ^ Math.imul(length, D), A);
  hash = Math.imul(hash ^ (hash >>> 15) ^ high, B);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, C);
  return hash ^ (hash >>> 16);
}

/**
 * Of a text of more than eight bytes. Seven bytes behind it are read, and must be there.
 */
export function hashLong(view: DataView, start: number, length: number, seed = 0): number {
  let hash = seed;
  let at = start;
  let left = length;
  for (; left > 8; left -= 8, at += 8) {
    hash = Math.imul(hash ^ view.getInt32(at, true), A);
    hash = Math.imul(hash ^ (hash >>> 15) ^ view.getInt32(at + 4, true), B);
    hash ^= hash >>> 13;
  }
  return hashWords(
    hash ^ lowWord(view, at, left),
    Math.imul(highWord(view, at, left), C) ^ hash,
    length,
  );
}

/** A second hash of the same text, independent of the first for all that is asked of it. */
function rehash(view: DataView, start: number, length: number): number {
  if (length > 8) return hashLong(view, start, length, 0x5bd1e995);
  const low = lowWord(view, start, length);
  return hashWords(highWord(view, start, length) ^ 0x3c6ef372, Math.imul(low, D) ^ length, low);
}

/** Bits of the first hash that tell the register. */
const INDEX_BITS = 14;

/** Counts a text in: `engine/profile/estimate-distinct` says how. */
export function registerText(
  registers: Uint8Array,
  view: DataView,
  start: number,
  length: number,
): void {
  const hash =
    length > 8
      ? hashLong(view, start, length)
      : hashWords(lowWord(view, start, length), highWord(view, start, length), length);
  const index = hash >>> (32 - INDEX_BITS);
  const rank = Math.clz32(rehash(view, start, length)) + 1;
  if (rank > registers[index]!) registers[index] = rank;
}
