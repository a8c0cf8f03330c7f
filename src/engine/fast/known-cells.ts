/**
 * Cells of a column that were converted lately, known by their bytes: most columns hold few
 * different ones, and making a text of each cell takes longer than all the rest. Twin: `convert` of
 * the cell's text, which says the same. Knows neither blocks nor rules.
 */

/** What a cell becomes. */
export interface KnownCell {
  readonly bytes: Uint8Array;
  readonly steps: number;
  /** Whether it looks like no value, such as NA, or did before. */
  readonly isToken: boolean;
}

/** Each cell in the slot of its hash, where a later one takes its place. */
export interface KnownCells {
  readonly keys: Uint8Array;
  /** −1: the slot is empty. */
  readonly lengths: Int8Array;
  readonly cells: KnownCell[];
}

const SLOTS = 1024;
const LONGEST = 40;

export function createKnownCells(): KnownCells {
  return {
    keys: new Uint8Array(SLOTS * LONGEST),
    lengths: new Int8Array(SLOTS).fill(-1),
    cells: Array.from({ length: SLOTS }, () => NO_CELL),
  };
}

const NO_CELL: KnownCell = { bytes: new Uint8Array(0), steps: 0, isToken: false };

/** From some bytes of the cell: the compare that follows looks at all of them. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return 0;
  const middle = start + (length >> 1);
  let hash = Math.imul(length ^ bytes[start]!, 0x01000193) ^ bytes[end - 1]!;
  hash = Math.imul(hash, 0x01000193) ^ bytes[middle]!;
  if (length > 3) {
    hash = Math.imul(hash, 0x01000193) ^ bytes[start + 1]!;
    hash = Math.imul(hash, 0x01000193) ^ bytes[end - 2]!;
  }
  hash = Math.imul(hash, 0x01000193);
  return (hash ^ (hash >>> 16)) & (SLOTS - 1);
}

/** Of the cell `bytes[start..end)`, as it stands in the input, quotes and all; or null. */
export function findKnown(
  { keys, lengths, cells }: KnownCells,
  bytes: Uint8Array,
  start: number,
  end: number,
): KnownCell | null {
  const length = end - start;
  if (length > LONGEST) return null;
  const slot = slotOf(bytes, start, end);
  if (lengths[slot] !== length) return null;
  const key = slot * LONGEST;
  for (let i = 0; i < length; i++) if (keys[key + i] !== bytes[start + i]) return null;
  return cells[slot]!;
}

/** Too long a cell is not kept. */
export function enterKnown(
  { keys, lengths, cells }: KnownCells,
  bytes: Uint8Array,
  start: number,
  end: number,
  cell: KnownCell,
): void {
  const length = end - start;
  if (length > LONGEST) return;
  const slot = slotOf(bytes, start, end);
  keys.set(bytes.subarray(start, end), slot * LONGEST);
  lengths[slot] = length;
  cells[slot] = cell;
}
