/**
 * Decodes UTF-8, UTF-16 and UTF-32 to UTF-8. By hand, since the platform's decoder writes U+FFFD
 * for what is broken, and a U+FFFD that stands in the file could not be told from it.
 */
import { isUtf8 } from 'node:buffer';
import { markOf, markOfSurrogate, REPLACEMENT, UNTOLD } from '../csv/undecodable.js';
import { CUT_OFF, cutOffLength, sequenceAt } from '../csv/utf8-sequence.js';
import {
  type ByteDecoder,
  createHolding,
  type Decoded,
  type FirstUndecodable,
} from './byte-decoder.js';

const HIGHEST_CODE = 0x10ffff;

/**
 * @param encoding canonical, with the order of its bytes: see `withByteOrder`.
 * @param isMarked whether what is ill-formed stays so: UTF-8 as it is, else as `undecodable.ts`
 * marks it. If not it becomes U+FFFD.
 */
export function createUnicodeDecoder(encoding: string, isMarked: boolean): ByteDecoder {
  const isLittle = encoding.endsWith('le');
  switch (encoding) {
    case 'utf-8':
      return createHolding(cutOffLength, (bytes) => copyUtf8(bytes, isMarked));
    case 'utf-16le':
    case 'utf-16be':
      return createHolding(
        (bytes) => heldOfUtf16(bytes, isLittle),
        (bytes) => decodeUtf16(bytes, isLittle, isMarked),
      );
    case 'utf-32le':
    case 'utf-32be':
      return createHolding(
        (bytes) => bytes.length % 4,
        (bytes) => decodeUtf32(bytes, isLittle, isMarked),
      );
    default:
      throw new Error(`no byte order in "${encoding}"`);
  }
}

/** Copies UTF-8, with each ill-formed sequence as it is, or as U+FFFD. */
function copyUtf8(bytes: Uint8Array, isMarked: boolean): Decoded {
  if (isUtf8(bytes)) return { bytes: bytes.slice(), undecodable: 0, first: null };
  const room = new Uint8Array(bytes.length * (isMarked ? 1 : REPLACEMENT.length));
  let length = 0;
  let undecodable = 0;
  let first: FirstUndecodable | null = null;
  for (let i = 0; i < bytes.length; ) {
    const found = sequenceAt(bytes, i, bytes.length);
    const consumed = found === CUT_OFF ? bytes.length - i : Math.abs(found);
    if (found <= 0) {
      undecodable += 1;
      first ??= { decodedOffset: length, sourceOffset: i };
    }
    if (found <= 0 && !isMarked) {
      room.set(REPLACEMENT, length);
      length += REPLACEMENT.length;
    } else {
      for (let k = 0; k < consumed; k++) room[length++] = bytes[i + k]!;
    }
    i += consumed;
  }
  return { bytes: room.subarray(0, length), undecodable, first };
}

/** An odd last byte, and a lead surrogate before it, wait for what follows. */
function heldOfUtf16(bytes: Uint8Array, isLittle: boolean): number {
  const odd = bytes.length % 2;
  const last = bytes.length - odd - 2;
  if (last < 0) return odd;
  const high = bytes[isLittle ? last + 1 : last]!;
  return high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
}

function decodeUtf16(bytes: Uint8Array, isLittle: boolean, isMarked: boolean): Decoded {
  const low = isLittle ? 0 : 1;
  const high = 1 - low;
  // A unit becomes at most three bytes, two units of a pair four.
  const room = new Uint8Array((bytes.length >> 1) * 3 + 3);
  const wholeLength = bytes.length - (bytes.length % 2);
  let length = 0;
  let undecodable = 0;
  let first: FirstUndecodable | null = null;
  for (let i = 0; i < bytes.length; i += 2) {
    let code = -1;
    let mark: Uint8Array | null = null;
    if (i < wholeLength) {
      code = bytes[i + low]! | (bytes[i + high]! << 8);
      if (code < 0x80) {
        room[length++] = code;
        continue;
      }
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = i + 3 < wholeLength ? bytes[i + 2 + low]! | (bytes[i + 2 + high]! << 8) : 0;
      if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        code = 0x10000 + ((code & 0x3ff) << 10) + (next & 0x3ff);
        i += 2;
      } else mark = markOfSurrogate(code);
    }
    if (code < 0) mark = markOf(bytes[i]!);
    if (mark !== null) {
      undecodable += 1;
      first ??= { decodedOffset: length, sourceOffset: i };
      const written = isMarked ? mark : REPLACEMENT;
      room.set(written, length);
      length += written.length;
    } else length = writeUtf8(room, length, code);
  }
  return { bytes: room.subarray(0, length), undecodable, first };
}

function decodeUtf32(bytes: Uint8Array, isLittle: boolean, isMarked: boolean): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const room = new Uint8Array(bytes.length + 3);
  let length = 0;
  let undecodable = 0;
  let first: FirstUndecodable | null = null;
  for (let i = 0; i < bytes.length; i += 4) {
    const code = i + 4 <= bytes.length ? view.getUint32(i, isLittle) : HIGHEST_CODE + 1;
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    if (code > HIGHEST_CODE || isSurrogate) {
      undecodable += 1;
      first ??= { decodedOffset: length, sourceOffset: i };
      const mark = isSurrogate ? markOfSurrogate(code) : UNTOLD;
      const written = isMarked ? mark : REPLACEMENT;
      room.set(written, length);
      length += written.length;
    } else length = writeUtf8(room, length, code);
  }
  return { bytes: room.subarray(0, length), undecodable, first };
}

/** Writes the code point at `at`, and says where the next goes. */
function writeUtf8(room: Uint8Array, at: number, code: number): number {
  let position = at;
  if (code < 0x80) {
    room[position++] = code;
    return position;
  }
  if (code < 0x800) {
    room[position++] = 0xc0 | (code >> 6);
  } else {
    if (code < 0x10000) {
      room[position++] = 0xe0 | (code >> 12);
    } else {
      room[position++] = 0xf0 | (code >> 18);
      room[position++] = 0x80 | ((code >> 12) & 0x3f);
    }
    room[position++] = 0x80 | ((code >> 6) & 0x3f);
  }
  room[position++] = 0x80 | (code & 0x3f);
  return position;
}
