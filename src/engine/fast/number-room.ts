/**
 * Room for columns read as numbers, given out in turn and taken back all at once, like the arena's;
 * kept from input to input, so that nothing is allocated for a block. Outside the kernel's memory,
 * so that the arrays stay true when that grows.
 */
import type { Numbers } from '../expression/vector/vectors.js';

export interface NumberRoom {
  readonly slabs: ArrayBuffer[];
  /** The slab that is being given out, and how much of it is. */
  slab: number;
  usedBytes: number;
}

/** Where a room stood at a moment. */
export type RoomMark = readonly [slab: number, usedBytes: number];

/** What one cell takes: a double and its kind. */
export const BYTES_PER_CELL = 9;
const SLAB_BYTES = 1 << 22;

export function createNumberRoom(): NumberRoom {
  return { slabs: [], slab: 0, usedBytes: 0 };
}

export function markRoom({ slab, usedBytes }: NumberRoom): RoomMark {
  return [slab, usedBytes];
}

/** Takes back what was given out since `mark`. */
export function freeRoom(room: NumberRoom, [slab, usedBytes]: RoomMark): void {
  room.slab = slab;
  room.usedBytes = usedBytes;
}

/** A column of `cellCount` cells, in which anything may stand. */
export function takeColumn(room: NumberRoom, cellCount: number): Numbers {
  const size = Math.ceil((cellCount * BYTES_PER_CELL) / 8) * 8;
  while ((room.slabs[room.slab]?.byteLength ?? Infinity) - room.usedBytes < size) {
    room.slab++;
    room.usedBytes = 0;
  }
  if (room.slab === room.slabs.length) {
    room.slabs.push(new ArrayBuffer(Math.max(SLAB_BYTES, size)));
  }
  const buffer = room.slabs[room.slab]!;
  const at = room.usedBytes;
  room.usedBytes += size;
  return {
    values: new Float64Array(buffer, at, cellCount),
    kinds: new Uint8Array(buffer, at + cellCount * 8, cellCount),
  };
}
