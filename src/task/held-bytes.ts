/** Bytes held until their place is known, in one buffer that is kept for the next span. */
import { type MemoryBudget, reserve } from '../base/memory-budget.js';

export interface HeldBytes {
  room: Buffer;
  length: number;
}

const FIRST_ROOM_BYTES = 1 << 16;
const MOST_KEPT_BYTES = 1 << 26;

export function createHeld(): HeldBytes {
  return { room: Buffer.allocUnsafeSlow(FIRST_ROOM_BYTES), length: 0 };
}

/** Empties it for the next span. A room that was needed once only is given up. */
export function clearHeld(held: HeldBytes): void {
  held.length = 0;
  if (held.room.length > MOST_KEPT_BYTES) held.room = Buffer.allocUnsafeSlow(FIRST_ROOM_BYTES);
}

/** Appends `bytes`. @throws CsvcleanError OUT_OF_MEMORY beyond the budget. */
export function hold(held: HeldBytes, bytes: Uint8Array, budget: MemoryBudget): void {
  const needed = held.length + bytes.length;
  if (needed > held.room.length) {
    const room = Math.max(needed, Math.ceil(held.room.length * 1.5));
    reserve(budget, room - held.room.length, 'what a span writes');
    const larger = Buffer.allocUnsafeSlow(room);
    larger.set(bytesHeld(held));
    held.room = larger;
  }
  held.room.set(bytes, held.length);
  held.length = needed;
}

/** What is held; valid until more is. */
export function bytesHeld({ room, length }: HeldBytes): Buffer {
  return room.subarray(0, length);
}
