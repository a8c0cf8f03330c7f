/**
 * Turns a file in any known encoding into UTF-8, piece by piece. It loads the tables of every
 * encoding, so import it only where a file needs them. It guesses nothing.
 */
import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';
import { CsvcleanError } from '../base/error.js';
import { countLineEnds } from '../csv/count-lines.js';
import { markOf, REPLACEMENT } from '../csv/undecodable.js';
import type { ByteDecoder, Decoded, FirstUndecodable } from './byte-decoder.js';
import { createLibraryDecoder } from './decode-multi-byte.js';
import { createUnicodeDecoder } from './decode-unicode.js';
import { familyOf } from './names.js';

/**
 * What becomes of bytes that stand for nothing in the encoding: `mark` writes what is never UTF-8,
 * so that a check of the result finds the place, and `undecodableAt` the byte (bad UTF-8 stays as
 * it is, to the same end); `replace` writes U+FFFD; `strict` throws.
 */
export type OnUndecodable = 'mark' | 'replace' | 'strict';

/** Fed with a file's bytes in order; the pieces may be cut anywhere. */
export interface Transcoder {
  /** The UTF-8 of what is complete so far; `piece` may be used again after the call. */
  write(piece: Uint8Array): Uint8Array;
  /** The rest, after the last piece. A character that the file's end cuts off is undecodable. */
  end(): Uint8Array;
  readonly counts: { readonly undecodable: number };
}

const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
const UNDEFINED = '\ufffd';

/**
 * A transcoder to UTF-8. A leading byte order mark is dropped; a U+FFFD that UTF-16 or UTF-32
 * really holds stays one.
 *
 * @param encoding a canonical name of `names.ts`.
 * @throws CsvcleanError BAD_ENCODING from `write` and `end` with `strict`: line (LF of the decoded
 * text, 1-based) and byte offset in the file.
 */
export function createTranscoder(encoding: string, onUndecodable: OnUndecodable): Transcoder {
  const decoder = createDecoder(encoding, onUndecodable);
  const counts = { undecodable: 0 };
  let sourceBytes = 0;
  let lineEnds = 0;
  let isAtStart = true;

  const take = (decoded: Decoded): Uint8Array => {
    counts.undecodable += decoded.undecodable;
    if (onUndecodable === 'strict') {
      const { bytes, first } = decoded;
      const known = first === null ? bytes.length : first.decodedOffset;
      lineEnds += countLineEnds(bytes, 0, known, 'lf');
      if (first !== null) {
        throw undecodable(encoding, lineEnds + 1, sourceBytes + first.sourceOffset);
      }
    }
    if (!isAtStart || decoded.bytes.length === 0) return decoded.bytes;
    isAtStart = false;
    const hasMark = BYTE_ORDER_MARK.every((byte, i) => decoded.bytes[i] === byte);
    return hasMark ? decoded.bytes.subarray(BYTE_ORDER_MARK.length) : decoded.bytes;
  };

  return {
    write(piece) {
      const bytes = take(decoder.decode(piece));
      sourceBytes += piece.length;
      return bytes;
    },
    end: () => take(decoder.end()),
    counts,
  };
}

/**
 * What each of the 256 bytes stands for in a single-byte encoding, one UTF-16 unit a byte; U+FFFD
 * where the encoding defines none.
 */
export function singleByteTable(encoding: string): string {
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  return iconv.decode(everyByte, encoding as 'utf8', { stripBOM: false });
}

function createDecoder(encoding: string, onUndecodable: OnUndecodable): ByteDecoder {
  const isMarked = onUndecodable !== 'replace';
  switch (familyOf(encoding)) {
    case 'unicode':
      return createUnicodeDecoder(encoding, isMarked)!;
    case 'single-byte':
      return createTableDecoder(singleByteTable(encoding), isMarked);
    case 'multi-byte':
      return createLibraryDecoder(encoding, isMarked);
    default:
      throw new Error(`no encoding "${encoding}"`);
  }
}

/** A byte in, one to three bytes out: a table is many times as fast as strings. */
function createTableDecoder(table: string, isMarked: boolean): ByteDecoder {
  const letters = Array.from(table, (char, byte) => {
    if (char !== UNDEFINED) return new Uint8Array(Buffer.from(char));
    return isMarked ? markOf(byte) : REPLACEMENT;
  });
  const widths = Uint8Array.from(letters, (letter) => letter.length);
  const undefinedBytes = Uint8Array.from(table, (char) => (char === UNDEFINED ? 1 : 0));
  return {
    decode(piece) {
      if (isAscii(piece)) return { bytes: piece.slice(), undecodable: 0, first: null };
      let length = 0;
      for (let i = 0; i < piece.length; i++) length += widths[piece[i]!]!;
      const bytes = new Uint8Array(length);
      let at = 0;
      let count = 0;
      let first: FirstUndecodable | null = null;
      for (let i = 0; i < piece.length; i++) {
        const byte = piece[i]!;
        if (byte < 0x80) {
          bytes[at++] = byte;
          continue;
        }
        if (undefinedBytes[byte] === 1) {
          count += 1;
          first ??= { decodedOffset: at, sourceOffset: i };
        }
        const letter = letters[byte]!;
        for (let k = 0; k < letter.length; k++) bytes[at++] = letter[k]!;
      }
      return { bytes, undecodable: count, first };
    },
    end: () => ({ bytes: new Uint8Array(0), undecodable: 0, first: null }),
  };
}

function undecodable(encoding: string, line: number, byteOffset: number): CsvcleanError {
  return new CsvcleanError('BAD_ENCODING', `bytes that stand for nothing in ${encoding}`, {
    line,
    byteOffset,
    remedy: 'Give another --encoding, or --encoding-errors reject to set the broken records aside.',
  });
}
