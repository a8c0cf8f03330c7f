/**
 * Where an engine gets its input from: bytes at an offset, as often as it likes. Knows no paths.
 */

export interface ByteSource {
  /** The size when it was opened, in bytes; Infinity where it is not known: of a stream. */
  readonly sizeBytes: number;
  /**
   * Reads into `target` from `offsetBytes` on.
   * @returns how many bytes were read; less than `target.length` only at the end, 0 when nothing is
   *   left.
   */
  read(target: Uint8Array, offsetBytes: number): number;
  /**
   * Only of a stream, whose bytes come once, and as they come: `read` gives those that are there,
   * after waiting for at least one. What lies before `offsetBytes` will not be asked for again.
   */
  release?(offsetBytes: number): void;
}

/** Whether bytes come once and in order: a pipe. */
export function isStream(source: ByteSource): boolean {
  return source.release !== undefined;
}

/** So much of the start is looked at as one. */
const BYTE_ORDER_MARK_BYTES = 3;

/** Reads what fills `room`, or of a stream what is there. `isEnd`: nothing comes behind it. */
export function readAhead(
  source: ByteSource,
  room: Uint8Array,
  offsetBytes: number,
): { readonly length: number; readonly isEnd: boolean } {
  if (isStream(source)) {
    let length = 0;
    do {
      const more = source.read(room.subarray(length), offsetBytes + length);
      if (more === 0) return { length, isEnd: true };
      length += more;
    } while (offsetBytes === 0 && length < BYTE_ORDER_MARK_BYTES);
    return { length, isEnd: false };
  }
  const length = readFully(source, room, offsetBytes);
  return { length, isEnd: length < room.length };
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

/** All bytes from `offsetBytes` on, in order; a piece is valid until the next. */
export function* piecesOf(
  source: ByteSource,
  pieceBytes: number,
  offsetBytes = 0,
): Generator<Uint8Array> {
  const room = new Uint8Array(pieceBytes);
  for (let offset = offsetBytes; ; ) {
    const length = isStream(source) ? source.read(room, offset) : readFully(source, room, offset);
    if (length === 0) return;
    yield room.subarray(0, length);
    offset += length;
  }
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
