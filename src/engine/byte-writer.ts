/** Gathers small pieces of output and hands them on in large ones. Knows nothing of CSV. */

/** Writes into a buffer that is handed to `sink` whenever it is full; `flush` at the end. */
export interface ByteWriter {
  /** Appends `bytes[start..end)`. */
  bytes(bytes: Uint8Array, start: number, end: number): void;
  /** Appends a text as UTF-8. */
  text(text: string): void;
  flush(): void;
}

const BUFFER_BYTES = 1 << 16;

export function createByteWriter(sink: (bytes: Uint8Array) => void): ByteWriter {
  const buffer = Buffer.alloc(BUFFER_BYTES);
  let used = 0;
  const flush = (): void => {
    if (used > 0) sink(buffer.subarray(0, used));
    used = 0;
  };
  const append = (source: Uint8Array, start: number, end: number): void => {
    const length = end - start;
    if (length > BUFFER_BYTES - used) flush();
    if (length > BUFFER_BYTES) {
      sink(source.subarray(start, end));
      return;
    }
    buffer.set(source.subarray(start, end), used);
    used += length;
  };
  return {
    bytes: append,
    text(text) {
      // A UTF-16 unit is at most three bytes of UTF-8.
      if (text.length * 3 > BUFFER_BYTES) {
        const encoded = Buffer.from(text);
        append(encoded, 0, encoded.length);
        return;
      }
      if (text.length * 3 > BUFFER_BYTES - used) flush();
      used += buffer.write(text, used);
    },
    flush,
  };
}
