/**
 * Turns a file in any known encoding into UTF-8, piece by piece. It loads the tables of every
 * encoding, so import it only where a file needs them. It guesses nothing.
 */
import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';
import { CsvcleanError } from '../base/error.js';
import { byteOrderMarkLength } from '../csv/byte-order-mark.js';
import { countLineEnds } from '../csv/count-lines.js';
import { markOf, REPLACEMENT } from '../csv/undecodable.js';
import {
  type ByteDecoder,
  type Decoded,
  type FirstUndecodable,
  NOTHING_DECODED,
} from './byte-decoder.js';
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
  /**
   * The UTF-8 of what is complete so far, valid until the next call; `piece` may be used again
   * after this one.
   */
  write(piece: Uint8Array): Uint8Array;
  /** The rest, after the last piece. A character that the file's end cuts off is undecodable. */
  end(): Uint8Array;
  readonly counts: {
    readonly undecodable: number;
    /** LF in what was decoded; counted only with `strict`. */
    readonly lineEnds: number;
  };
}

const UNDEFINED = '\ufffd';
/** Of one UTF-16 unit as UTF-8, in bytes. */
const LONGEST_LETTER = 3;

/**
 * A transcoder to UTF-8. A leading byte order mark is dropped; a U+FFFD that UTF-16 or UTF-32
 * really holds stays one.
 *
 * @param encoding a canonical name of `names.ts`, with its byte order.
 * @param startBytes where in the file the first piece begins: at its start, or where it may be cut
 * (`cut-rule.ts`).
 * @throws CsvcleanError BAD_ENCODING from `write` and `end` with `strict`: line (LF of the decoded
 * text from `startBytes`, 1-based) and byte offset in the file.
 */
export function createTranscoder(
  encoding: string,
  onUndecodable: OnUndecodable,
  startBytes = 0,
): Transcoder {
  const decoder = createDecoder(encoding, onUndecodable);
  const counts = { undecodable: 0, lineEnds: 0 };
  let sourceBytes = startBytes;
  let isAtStart = startBytes === 0;

  const take = (decoded: Decoded): Uint8Array => {
    counts.undecodable += decoded.undecodable;
    if (onUndecodable === 'strict') {
      const { bytes, first } = decoded;
      const known = first === null ? bytes.length : first.decodedOffset;
      counts.lineEnds += countLineEnds(bytes, 0, known, 'lf');
      if (first !== null) {
        throw undecodable(encoding, counts.lineEnds + 1, sourceBytes + first.sourceOffset);
      }
    }
    if (!isAtStart || decoded.bytes.length === 0) return decoded.bytes;
    isAtStart = false;
    return decoded.bytes.subarray(byteOrderMarkLength(decoded.bytes));
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
      return createUnicodeDecoder(encoding, isMarked);
    case 'single-byte':
      return createTableDecoder(singleByteTable(encoding), isMarked);
    case 'multi-byte':
      return createLibraryDecoder(encoding, isMarked);
    default:
      throw new Error(`no encoding "${encoding}"`);
  }
}

/** A byte in, one to three bytes out: tables are many times as fast as strings. */
function createTableDecoder(table: string, isMarked: boolean): ByteDecoder {
  const letters = Array.from(table, (char, byte) => {
    if (byte < 0x80) return Uint8Array.of(byte);
    if (char !== UNDEFINED) return new Uint8Array(Buffer.from(char));
    return isMarked ? markOf(byte) : REPLACEMENT;
  });
  const widths = Uint8Array.from(letters, (letter) => letter.length);
  const [firsts, seconds, thirds] = [0, 1, 2].map((at) =>
    Uint8Array.from(letters, (letter) => letter[at] ?? 0),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const undefinedBytes = Uint8Array.from(table, (char) => (char === UNDEFINED ? 1 : 0));
  let room = new Uint8Array(0);
  return {
    decode(piece) {
      if (isAscii(piece)) return { bytes: piece.slice(), undecodable: 0, first: null };
      const most = piece.length * LONGEST_LETTER;
      if (room.length < most) room = new Uint8Array(most);
      let at = 0;
      let count = 0;
      let first: FirstUndecodable | null = null;
      for (let i = 0; i < piece.length; i++) {
        const byte = piece[i]!;
        room[at] = firsts[byte]!;
        if (byte < 0x80) {
          at++;
          continue;
        }
        if (undefinedBytes[byte] === 1) {
          count += 1;
          first ??= { decodedOffset: at, sourceOffset: i };
        }
        // What is too many is written over next.
        room[at + 1] = seconds[byte]!;
        room[at + 2] = thirds[byte]!;
        at += widths[byte]!;
      }
      return { bytes: room.subarray(0, at), undecodable: count, first };
    },
    end: () => NOTHING_DECODED,
  };
}

function undecodable(encoding: string, line: number, byteOffset: number): CsvcleanError {
  return new CsvcleanError('BAD_ENCODING', `bytes that stand for nothing in ${encoding}`, {
    line,
    byteOffset,
    remedy: 'Give another --encoding, or --encoding-errors reject to set the broken records aside.',
  });
}
