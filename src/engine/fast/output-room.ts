/** The room in the kernel's memory where output is put together before it is handed on. */
import { type ByteWriter, copyBytes, copyText } from '../byte-writer.js';
import { type Arena, allocate, bytesIn } from './arena.js';
import type { FastContext } from './block-reader.js';

export interface OutputRoom {
  /** The first free address, and the end of the room. */
  at(): number;
  limit(): number;
  /** Says how far the kernel has filled it. */
  moveTo(address: number): void;
  isEmpty(): boolean;
  /** The same room for those who write by row. */
  readonly writer: ByteWriter;
}

/** Large enough that a write call is cheap, small enough to stay in a core's cache. */
const ROOM_BYTES = 1 << 20;

export function createOutputRoom(
  arena: Arena,
  { budget, outputBytes }: FastContext,
  sink: (bytes: Uint8Array) => void,
): OutputRoom {
  const roomBytes = outputBytes ?? ROOM_BYTES;
  const base = allocate(arena, budget, roomBytes, 'output buffers');
  let used = 0;
  let view = bytesIn(arena, base, roomBytes);
  /** The room as bytes, made anew when the memory has grown. */
  const room = (): Buffer => {
    if (view.buffer !== arena.kernel.memory.buffer) view = bytesIn(arena, base, roomBytes);
    return view;
  };
  const flush = (): void => {
    if (used > 0) sink(bytesIn(arena, base, used));
    used = 0;
  };
  const append = (source: Uint8Array, start: number, end: number): void => {
    const length = end - start;
    if (length > roomBytes - used) flush();
    if (length > roomBytes) {
      sink(source.subarray(start, end));
      return;
    }
    copyBytes(source, start, end, room(), used);
    used += length;
  };
  return {
    at: () => base + used,
    limit: () => base + roomBytes,
    moveTo(address) {
      used = address - base;
    },
    isEmpty: () => used === 0,
    writer: {
      bytes: append,
      text(text) {
        // A UTF-16 unit is at most three bytes of UTF-8.
        if (text.length * 3 <= roomBytes - used) used += copyText(text, room(), used);
        else append(Buffer.from(text), 0, Buffer.byteLength(text));
      },
      flush,
    },
  };
}
