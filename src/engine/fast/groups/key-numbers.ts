/**
 * Numbers for keys that the kernel has written and hashed: a hash table over their bytes, of which
 * it keeps a copy. Equal hashes only say where to look. Knows bytes only. Twin: a Map of texts.
 */

export interface KeyNumbers {
  /** Pairs of a hash and an entry's number + 1, which is 0 in a free slot. */
  slots: Uint32Array;
  count: number;
  /** What each entry stands for. */
  numbers: Uint32Array;
  /** Where the bytes of each entry end in the pool; those of the first begin at 0. */
  ends: Uint32Array;
  pool: Uint8Array;
}

/** Where keys lie, by record. */
export interface WrittenKeys {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly hashes: Uint32Array;
}

const FIRST_SLOTS = 1 << 8;
const FIRST_POOL = 1 << 10;

export function createKeyNumbers(): KeyNumbers {
  return {
    slots: new Uint32Array(2 * FIRST_SLOTS),
    count: 0,
    numbers: new Uint32Array(FIRST_SLOTS / 2),
    ends: new Uint32Array(FIRST_SLOTS / 2),
    pool: new Uint8Array(FIRST_POOL),
  };
}

/** What the arrays take, in bytes. */
export function keyNumbersBytes({ slots, numbers, ends, pool }: KeyNumbers): number {
  return slots.byteLength + numbers.byteLength + ends.byteLength + pool.byteLength;
}

/**
 * Writes to `out`, by record, the numbers of the keys of `rows` from the place `from` on. This loop
 * stands alone: see the fast engine.
 *
 * @returns the place of the first record whose key is not known, or `count`.
 */
export function numberKnown(
  { slots, numbers, ends: poolEnds, pool }: KeyNumbers,
  memory: Uint8Array,
  { starts, ends, hashes }: WrittenKeys,
  rows: Uint32Array,
  from: number,
  count: number,
  out: Uint32Array,
): number {
  const mask = slots.length - 2;
  for (let k = from; k < count; k++) {
    const row = rows[k]!;
    const hash = hashes[row]!;
    const start = starts[row]!;
    const length = ends[row]! - start;
    let at = (2 * hash) & mask;
    for (;;) {
      const entry = slots[at + 1]! - 1;
      if (entry < 0) return k;
      if (slots[at] === hash) {
        const own = entry === 0 ? 0 : poolEnds[entry - 1]!;
        let i = poolEnds[entry]! - own === length ? 0 : length + 1;
        while (i < length && pool[own + i] === memory[start + i]) i++;
        if (i === length) {
          out[row] = numbers[entry]!;
          break;
        }
      }
      at = (at + 2) & mask;
    }
  }
  return count;
}

/** Enters a key that is not known. */
export function enterNumber(
  table: KeyNumbers,
  key: Uint8Array,
  hash: number,
  number: number,
): void {
  const start = table.count === 0 ? 0 : table.ends[table.count - 1]!;
  makeRoom(table, start + key.length);
  const entry = table.count++;
  table.pool.set(key, start);
  table.ends[entry] = start + key.length;
  table.numbers[entry] = number;
  writeSlot(table.slots, hash, entry);
}

function writeSlot(slots: Uint32Array, hash: number, entry: number): void {
  const mask = slots.length - 2;
  let at = (2 * hash) & mask;
  while (slots[at + 1] !== 0) at = (at + 2) & mask;
  slots[at] = hash;
  slots[at + 1] = entry + 1;
}

/** For one more key, and so many bytes of all. */
function makeRoom(table: KeyNumbers, poolBytes: number): void {
  if (poolBytes > table.pool.length) table.pool = longerBytes(table.pool, 2 * poolBytes);
  if (table.count < table.ends.length) return;
  const room = 2 * table.count;
  table.ends = longerWords(table.ends, room);
  table.numbers = longerWords(table.numbers, room);
  const before = table.slots;
  table.slots = new Uint32Array(4 * room);
  for (let at = 0; at < before.length; at += 2) {
    if (before[at + 1] !== 0) writeSlot(table.slots, before[at]!, before[at + 1]! - 1);
  }
}

function longerWords(values: Uint32Array, length: number): Uint32Array {
  const more = new Uint32Array(length);
  more.set(values);
  return more;
}

function longerBytes(values: Uint8Array, length: number): Uint8Array {
  const more = new Uint8Array(length);
  more.set(values);
  return more;
}
