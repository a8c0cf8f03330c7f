/** A spill whose streams are arrays: what is asked of one that is not there, or open, is a fault. */
import type { Spill } from '../../src/engine/spill.js';

export function createMemorySpill(): Spill {
  const streams = new Map<number, Buffer>();
  return {
    create(stream) {
      const parts: Buffer[] = [];
      streams.delete(stream);
      return {
        append: (bytes) => void parts.push(Buffer.from(bytes)),
        end: () => void streams.set(stream, Buffer.concat(parts)),
      };
    },
    open(stream) {
      const bytes = streams.get(stream);
      if (bytes === undefined) throw new Error(`there is no stream ${stream}`);
      return {
        sizeBytes: bytes.length,
        read(target, offsetBytes) {
          const part = bytes.subarray(offsetBytes, offsetBytes + target.length);
          if (part.length < target.length) throw new Error('a stream is shorter than was said');
          target.set(part);
        },
        close() {},
      };
    },
    drop(stream) {
      if (!streams.delete(stream)) throw new Error(`there is no stream ${stream} to drop`);
    },
  };
}
