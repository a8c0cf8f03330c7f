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
