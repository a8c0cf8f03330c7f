/**
 * Into how many parts the keys of an input are divided by their hashes, when they do not stay in
 * memory: each part must fit there with the table that finds equal ones. No result shows it.
 */

/** The most that the keys of a part are meant to take, in bytes: small tables are fast ones. */
const PART_BYTES = 1 << 25;
/** Of a worker's memory, with room for a part of more than its share. */
const MEMORY_SHARE = 1 / 8;
/** What keys and their table take for a byte of input: rows are mostly longer than entries. */
const BYTES_PER_BYTE = 2;
/** Enough for all workers to have one, few enough for as many files. */
const LEAST_PARTS = 16;
const MOST_PARTS = 1024;

export function countParts(inputBytes: number, memoryBytes: number): number {
  const partBytes = Math.min(PART_BYTES, memoryBytes * MEMORY_SHARE);
  const wanted = Math.ceil((inputBytes * BYTES_PER_BYTE) / partBytes);
  return Math.max(LEAST_PARTS, Math.min(MOST_PARTS, wanted));
}
