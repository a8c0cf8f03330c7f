/**
 * Into how many parts the keys of an input are divided by their hashes, when they do not stay in
 * memory, and which neighbouring parts are then merged together: as many as fit there with the
 * table that finds equal keys. No result shows either.
 */

/** The most that keys merged together are meant to take, in bytes: small tables are fast ones. */
const GROUP_BYTES = 1 << 25;
/** Of a worker's memory, with room for the table, and for a part of more than its share. */
const MEMORY_SHARE = 1 / 16;
/** How large keys may be for a byte of input: where cells are short, as much stands beside them. */
const BYTES_PER_BYTE = 2;
/** Enough for all workers to have some, even where hashes are uneven. */
const LEAST_PARTS = 64;
const MOST_PARTS = 4096;
/** So that all workers have one or two. */
const LEAST_GROUPS = 16;

function mostBytes(memoryBytes: number): number {
  return Math.min(GROUP_BYTES, memoryBytes * MEMORY_SHARE);
}

export function countParts(inputBytes: number, memoryBytes: number): number {
  const wanted = Math.ceil((inputBytes * BYTES_PER_BYTE) / mostBytes(memoryBytes));
  return Math.max(LEAST_PARTS, Math.min(MOST_PARTS, wanted));
}

/** Parts from the first to the one before `end`. */
export interface PartRange {
  readonly first: number;
  readonly end: number;
}

/**
 * All parts in groups of neighbours; those that hold nothing may be in none.
 *
 * @param partBytes of each part, what it takes in all streams.
 */
export function groupParts(partBytes: Float64Array, memoryBytes: number): readonly PartRange[] {
  const total = partBytes.reduce((sum, bytes) => sum + bytes, 0);
  const most = Math.min(mostBytes(memoryBytes), total / LEAST_GROUPS);
  const groups: PartRange[] = [];
  let first = 0;
  let held = 0;
  partBytes.forEach((bytes, part) => {
    if (held > 0 && held + bytes > most) {
      groups.push({ first, end: part });
      first = part;
      held = 0;
    }
    held += bytes;
  });
  return held === 0 ? groups : [...groups, { first, end: partBytes.length }];
}
