/**
 * What is written for bytes of another encoding that stand for nothing: three bytes that are never
 * UTF-8, so that a check finds them, and that still tell the byte. It knows bytes and no encoding.
 */

/** A source byte as `markOf` wrote it. */
export interface UndecodableByte {
  readonly byte: number;
  /** How many bytes stand for it. */
  readonly length: 3;
}

/** U+FFFD as UTF-8. */
export const REPLACEMENT = Uint8Array.of(0xef, 0xbf, 0xbd);
/** For what neither one byte nor one code unit tells. */
export const UNTOLD = Uint8Array.of(0xff);

/** The code units that stand for bytes, as in Python's "surrogateescape": U+DC80 is byte 0x80. */
const UNIT_OF_BYTE = 0xdc00;

/** For a byte from 0x80, the ill-formed UTF-8 of the code unit U+DCxx; else `UNTOLD`. */
export function markOf(byte: number): Uint8Array {
  return byte < 0x80 || byte > 0xff ? UNTOLD : threeBytes(UNIT_OF_BYTE | byte);
}

/** For a lone surrogate, its ill-formed UTF-8; `UNTOLD` for the few that would stand for a byte. */
export function markOfSurrogate(unit: number): Uint8Array {
  const isByte = unit >= (UNIT_OF_BYTE | 0x80) && unit <= (UNIT_OF_BYTE | 0xff);
  return isByte ? UNTOLD : threeBytes(unit);
}

/**
 * The source byte that `markOf` wrote at `position`, or null where none did. Bytes that were never
 * decoded may hold the same three by chance, so ask only of decoded ones.
 */
export function undecodableAt(bytes: Uint8Array, position: number): UndecodableByte | null {
  const second = bytes[position + 1];
  const third = bytes[position + 2] ?? 0;
  if (bytes[position] !== 0xed || (second !== 0xb2 && second !== 0xb3)) return null;
  if (third < 0x80 || third > 0xbf) return null;
  return { byte: ((second & 0x03) << 6) | (third & 0x3f), length: 3 };
}

function threeBytes(unit: number): Uint8Array {
  return Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
}
