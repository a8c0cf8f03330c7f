/**
 * A source over bytes that come once, in order: a pipe. What was read is held from the offset on
 * that is still wanted, so that those who look ahead can look again.
 */
import type { ByteSource } from './byte-source.js';

const FIRST_ROOM_BYTES = 1 << 17;

/**
 * @param readMore waits for bytes and reads at least one into the room; 0 at the end.
 */
export function createStreamSource(readMore: (room: Uint8Array) => number): ByteSource {
  let room = new Uint8Array(FIRST_ROOM_BYTES);
  /** The input's offset of the first byte held, and how many are. */
  let base = 0;
  let length = 0;
  let isOver = false;
  const fetch = (): void => {
    if (length === room.length) {
      const larger = new Uint8Array(2 * room.length);
      larger.set(room);
      room = larger;
    }
    const count = readMore(room.subarray(length));
    isOver = count === 0;
    length += count;
  };
  return {
    sizeBytes: Number.POSITIVE_INFINITY,
    read(target, offsetBytes) {
      const at = offsetBytes - base;
      while (at >= length && !isOver) fetch();
      const bytes = room.subarray(at, Math.min(length, at + target.length));
      target.set(bytes);
      return bytes.length;
    },
    release(offsetBytes) {
      room.copyWithin(0, offsetBytes - base, length);
      length -= offsetBytes - base;
      base = offsetBytes;
    },
  };
}
