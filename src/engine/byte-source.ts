/**
 * Where an engine gets its input from: bytes at an offset, as often as it likes. Knows no paths.
 */

export interface ByteSource {
  /** The size when it was opened, in bytes. */
  readonly sizeBytes: number;
  /**
   * Reads into `target` from `offsetBytes` on.
   * @returns how many bytes were read; less than `target.length` only at the end, 0 when nothing is
   *   left.
   */
  read(target: Uint8Array, offsetBytes: number): number;
}

/**
 * Fills `room` from `offsetBytes` on, in as many reads as the source takes.
 * @returns how many bytes there were; less than `room.length` only at the end.
 */
export function readFully(source: ByteSource, room: Uint8Array, offsetBytes: number): number {
  let length = 0;
  while (length < room.length) {
    const readBytes = source.read(room.subarray(length), offsetBytes + length);
    if (readBytes === 0) break;
    length += readBytes;
  }
  return length;
}

/** A source over bytes in memory. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read(target, offsetBytes) {
      const part = bytes.subarray(offsetBytes, offsetBytes + target.length);
      target.set(part);
      return part.length;
    },
  };
}
