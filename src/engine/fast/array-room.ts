/**
 * Room for arrays as long as a block has records, given out in turn and taken back all at once,
 * like the arena's; kept from input to input, so that nothing is allocated for a block and the
 * collector has nothing to do. Outside the kernel's memory, so that the arrays stay true when that
 * grows.
 */
import type { Numbers } from '../expression/vector/vectors.js';

export interface ArrayRoom {
  readonly slabs: ArrayBuffer[];
  /** The slab that is being given out, and how much of it is. */
  slab: number;
  usedBytes: number;
}

/** Where a room stood at a moment. */
export type RoomMark = readonly [slab: number, usedBytes: number];

/** What one cell of a column takes: a double and its kind. */
export const BYTES_PER_CELL = 9;
/** Small, since V8 counts them, and collects the sooner. A longer array has a slab of its own. */
const SLAB_BYTES = 1 << 18;
const ALIGNMENT = 8;

export function createArrayRoom(): ArrayRoom {
  return { slabs: [], slab: 0, usedBytes: 0 };
}

export function markRoom({ slab, usedBytes }: ArrayRoom): RoomMark {
  return [slab, usedBytes];
}

/** Takes back what was given out since `mark`. */
export function freeRoom(room: ArrayRoom, [slab, usedBytes]: RoomMark): void {
  room.slab = slab;
  room.usedBytes = usedBytes;
}

/** A column of `cellCount` cells, in which anything may stand. */
export function takeColumn(room: ArrayRoom, cellCount: number): Numbers {
  const [buffer, at] = take(room, cellCount * BYTES_PER_CELL);
  return {
    values: new Float64Array(buffer, at, cellCount),
    kinds: new Uint8Array(buffer, at + cellCount * 8, cellCount),
  };
}

/** `count` bytes, in which anything may stand. */
export function takeBytes(room: ArrayRoom, count: number): Uint8Array {
  return new Uint8Array(...take(room, count), count);
}

/** `count` numbers of records, in which anything may stand. */
export function takeRows(room: ArrayRoom, count: number): Uint32Array {
  return new Uint32Array(...take(room, count * 4), count);
}

/** `count` doubles, in which anything may stand. */
export function takeDoubles(room: ArrayRoom, count: number): Float64Array {
  return new Float64Array(...take(room, count * 8), count);
}

function take(room: ArrayRoom, bytes: number): readonly [ArrayBuffer, offset: number] {
  const size = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  while ((room.slabs[room.slab]?.byteLength ?? Infinity) - room.usedBytes < size) {
    room.slab++;
    room.usedBytes = 0;
  }
  if (room.slab === room.slabs.length) {
    room.slabs.push(new ArrayBuffer(Math.max(SLAB_BYTES, size)));
  }
  const at = room.usedBytes;
  room.usedBytes += size;
  return [room.slabs[room.slab]!, at];
}
