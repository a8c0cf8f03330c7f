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
/** Less is copied sooner byte by byte than by a call. */
const SHORT_BYTES = 32;

/** Copies `source[start..end)` to `at` of `target`, which has the room. */
export function copyBytes(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  if (end - start > SHORT_BYTES) target.set(source.subarray(start, end), at);
  else for (let i = start; i < end; i++) target[at + i - start] = source[i]!;
}

/** Writes a text to `at` as UTF-8, into room for three bytes a unit. @returns how many bytes. */
export function copyText(text: string, target: Buffer, at: number): number {
  if (text.length > SHORT_BYTES) return target.write(text, at);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return target.write(text, at);
    target[at + i] = unit;
  }
  return text.length;
}

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
    copyBytes(source, start, end, buffer, used);
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
      used += copyText(text, buffer, used);
    },
    flush,
  };
}
