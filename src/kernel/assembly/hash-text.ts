/**
 * Hashes of short texts, for the table of different values and for the estimate of how many there
 * are. Twin: `kernel/scalar/hash-text.ts`.
 */

const A: u32 = 0x9e3779b1;
const B: u32 = 0x85ebca6b;
const C: u32 = 0xc2b2ae35;
const D: u32 = 0x27d4eb2f;

/** The seed of the second hash of long texts, and what the second of short ones begins with. */
const SECOND_LONG: u32 = 0x5bd1e995;
const SECOND_SHORT: u32 = 0x3c6ef372;

/** The first 1 to 8 bytes at `at`, little end first, zeros behind them; eight are readable. */
// @ts-ignore: decorator
@inline
export function firstBytes(at: usize, length: u32): u64 {
  const bytes = load<u64>(at);
  return length >= 8 ? bytes : bytes & (~(<u64>0) >> (<u64>(8 - length) << 3));
}

// @ts-ignore: decorator
@inline
function hashWords(low: u32, high: u32, length: u32): u32 {
  let hash = (low ^ (length * D)) * A;
  hash = (hash ^ (hash >> 15) ^ high) * B;
  hash ^= hash >> 13;
  hash *= C;
  return hash ^ (hash >> 16);
}

/** Of a text of at most eight bytes. */
// @ts-ignore: decorator
@inline
export function hashShort(bytes: u64, length: u32): u32 {
  return hashWords(<u32>bytes, <u32>(bytes >> 32), length);
}

/** Of a longer one. */
export function hashLong(at: usize, length: u32): u32 {
  let hash: u32 = 0;
  let left = length;
  for (; left > 8; left -= 8, at += 8) {
    hash = (hash ^ load<u32>(at)) * A;
    hash = (hash ^ (hash >> 15) ^ load<u32>(at, 4)) * B;
    hash ^= hash >> 13;
  }
  const rest = firstBytes(at, left);
  return hashWords(hash ^ <u32>rest, (<u32>(rest >> 32) * C) ^ hash, length);
}

/** Counts a text in: `engine/profile/estimate-distinct` says how. */
// @ts-ignore: decorator
@inline
export function registerText(registers: usize, at: usize, length: u32): void {
  if (length > 8) {
    registerLong(registers, at, length);
    return;
  }
  const bytes = firstBytes(at, length);
  const low = <u32>bytes;
  note(registers, hashShort(bytes, length), hashWords(<u32>(bytes >> 32) ^ SECOND_SHORT, (low * D) ^ length, low));
}

/** Both hashes at once. */
function registerLong(registers: usize, at: usize, length: u32): void {
  let hash: u32 = 0;
  let second = SECOND_LONG;
  let left = length;
  for (; left > 8; left -= 8, at += 8) {
    const low = load<u32>(at);
    const high = load<u32>(at, 4);
    hash = (hash ^ low) * A;
    second = (second ^ low) * A;
    hash = (hash ^ (hash >> 15) ^ high) * B;
    second = (second ^ (second >> 15) ^ high) * B;
    hash ^= hash >> 13;
    second ^= second >> 13;
  }
  const rest = firstBytes(at, left);
  const low = <u32>rest;
  const high = <u32>(rest >> 32) * C;
  note(registers, hashWords(hash ^ low, high ^ hash, length), hashWords(second ^ low, high ^ second, length));
}

// @ts-ignore: decorator
@inline
function note(registers: usize, hash: u32, second: u32): void {
  const register = registers + <usize>(hash >> 18);
  const rank = <u8>(clz(second) + 1);
  if (rank > load<u8>(register)) store<u8>(register, rank);
}
