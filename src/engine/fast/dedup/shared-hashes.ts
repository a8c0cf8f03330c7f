/**
 * Tells quickly which hashes stand alone, so that their keys need not be looked at: of most tables
 * nearly all. Several hashes share a bit, so that some may seem not to stand alone that do.
 */
import type { MemoryBudget } from '../../../base/memory-budget.js';
import type { Selection } from '../../expression/vector/vectors.js';
import { type Arena, allocate, wordsIn } from '../arena.js';
import { KEYS } from './key-table.js';

/** In the arena, as long as nobody takes it back. */
export interface SharedHashes {
  readonly arena: Arena;
  /** A power of two. */
  readonly bits: number;
  /** Address of a bit for each hash that was added, and of one for each that was added again. */
  readonly seen: number;
  readonly shared: number;
}

/** Of a row: then one in twelve, at the most, shares its bit by chance. */
const BITS = 8;
const LEAST_BITS = 1 << 10;
const MOST_BITS = 2 ** 31;

/** @throws CsvcleanError OUT_OF_MEMORY. */
export function createSharedHashes(
  arena: Arena,
  budget: MemoryBudget,
  rowCount: number,
): SharedHashes {
  let bits = LEAST_BITS;
  while (bits < rowCount * BITS && bits < MOST_BITS) bits *= 2;
  const seen = allocate(arena, budget, bits / 4, KEYS);
  wordsIn(arena, seen, bits / 16).fill(0);
  return { arena, bits, seen, shared: seen + bits / 8 };
}

export function addHashes(all: SharedHashes, hashes: Uint32Array): void {
  const mask = all.bits - 1;
  const seen = wordsIn(all.arena, all.seen, all.bits / 32);
  const shared = wordsIn(all.arena, all.shared, all.bits / 32);
  for (let i = 0; i < hashes.length; i++) {
    const bit = hashes[i]! & mask;
    const word = bit >>> 5;
    const flag = 1 << (bit & 31);
    const before = seen[word]!;
    if ((before & flag) !== 0) shared[word]! |= flag;
    else seen[word] = before | flag;
  }
}

/** Writes those of the rows to `to` whose hashes others may have. @returns how many these are. */
export function pickShared(
  all: SharedHashes,
  { rows, count }: Selection,
  hashes: Uint32Array,
  to: Uint32Array,
): number {
  const mask = all.bits - 1;
  const shared = wordsIn(all.arena, all.shared, all.bits / 32);
  let picked = 0;
  for (let k = 0; k < count; k++) {
    const bit = hashes[k]! & mask;
    to[picked] = rows[k]!;
    picked += (shared[bit >>> 5]! >>> (bit & 31)) & 1;
  }
  return picked;
}
