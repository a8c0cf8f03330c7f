/**
 * Decodes the encodings of East Asia to UTF-8 by a library's tables. It writes U+FFFD for what is
 * broken and does not say where; here the bytes that were are found again.
 */
import iconv from 'iconv-lite';
import { markOf, REPLACEMENT } from '../csv/undecodable.js';
import { type ByteDecoder, createHolding, type Decoded } from './byte-decoder.js';
import { LOWEST_TRAIL } from './cut-rule.js';

const LONGEST_CHARACTER = 4;
/** All of `bytes` at once, with U+FFFD, or a lone surrogate, for what is undecodable. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  return iconv.decode(Buffer.from(bytes), encoding as 'utf8', { stripBOM: false });
}

/**
 * By the library's own tables. It writes, for four bytes of GB18030 beyond Unicode, a lone
 * surrogate; the one code of GB18030 for U+FFFD itself is taken as broken.
 *
 * It is given whole characters only: of what its decoders hold back, they lose some.
 */
export function createLibraryDecoder(encoding: string, isMarked: boolean): ByteDecoder {
  const shape = shapeOf(encoding);
  return createHolding(
    (bytes) => cutCharacterLength(bytes, encoding),
    (bytes) => {
      const text = decodeText(bytes, encoding);
      if (shape.isBroken.test(text)) return decodeBroken(text, bytes, shape, isMarked);
      return { bytes: Buffer.from(text), undecodable: 0, first: null };
    },
  );
}

/** How the characters of an encoding look, in bytes and in the library's text. */
interface Shape {
  /** What the library writes for bytes that stand for nothing. */
  readonly isBroken: RegExp;
  /** Bytes that are a character by themselves: 1. */
  readonly isAlone: Uint8Array;
  readonly threeByteLead: number;
  readonly hasFourBytes: boolean;
  readonly marksOfPair: RegExp | null;
}

function shapeOf(encoding: string): Shape {
  // Its table has a control character for Shift-JIS's one byte that stands for nothing.
  const isBroken =
    encoding === 'shift_jis' ? /[\ufffd\ud800-\udfff\x80]/u : /[\ufffd\ud800-\udfff]/u;
  const isAlone = Uint8Array.from({ length: 256 }, (_, byte) =>
    isBroken.test(decodeText(Uint8Array.of(byte), encoding)) ? 0 : 1,
  );
  return {
    isBroken,
    isAlone,
    threeByteLead: encoding === 'euc-jp' ? 0x8f : -1,
    hasFourBytes: encoding === 'gb18030',
    marksOfPair: encoding === 'big5' ? /[\u0304\u030c]/ : null,
  };
}

/** How long the sound character is that begins at `position`. */
function lengthAt(bytes: Uint8Array, position: number, shape: Shape): number {
  if (shape.isAlone[bytes[position]!] === 1) return 1;
  if (bytes[position] === shape.threeByteLead) return 3;
  return isFourBytes(bytes, position, shape) ? LONGEST_CHARACTER : 2;
}

/** Of GB18030: its second byte is a digit; so is the fourth, but for what is broken. */
function isFourBytes(bytes: Uint8Array, position: number, { hasFourBytes }: Shape): boolean {
  const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;
  const isLead = (byte = 0): boolean => byte >= 0x81 && byte <= 0xfe;
  if (!hasFourBytes || !isLead(bytes[position]) || !isDigit(bytes[position + 1])) return false;
  return isLead(bytes[position + 2]) && isDigit(bytes[position + 3]);
}

/** Goes through text and bytes at once: what is broken is one byte, or four of GB18030. */
function decodeBroken(text: string, bytes: Uint8Array, shape: Shape, isMarked: boolean): Decoded {
  const parts: Uint8Array[] = [];
  let undecodable = 0;
  let first: Decoded['first'] = null;
  let length = 0;
  let position = 0;
  let sound = 0;
  let index = 0;
  let afterFour = -1;
  const add = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  for (const char of text) {
    if (char <= '\x7f') position += 1;
    else if (!shape.isBroken.test(char)) {
      // Big5 has four letters with a combining mark in one pair of bytes.
      if (!shape.marksOfPair?.test(char)) position += lengthAt(bytes, position, shape);
    } else {
      if (index > sound) add(Buffer.from(text.slice(sound, index)));
      first ??= { decodedOffset: length, sourceOffset: position };
      undecodable += 1;
      // Four bytes beyond Unicode have become two units, of which the second adds nothing.
      const isSecond = afterFour === position && /[\ud800-\udfff]/u.test(char);
      if (!isMarked) add(REPLACEMENT);
      if (!isSecond) {
        const end = position + (isFourBytes(bytes, position, shape) ? LONGEST_CHARACTER : 1);
        for (; position < end; position++) {
          const byte = bytes[position]!;
          if (isMarked) add(byte < 0x80 ? Uint8Array.of(byte) : markOf(byte));
        }
        afterFour = position;
      } else afterFour = -1;
      sound = index + 1;
    }
    index += char.length;
  }
  add(Buffer.from(text.slice(sound)));
  return { bytes: Buffer.concat(parts), undecodable, first };
}

/** How many bytes at the end begin a character that goes on after them, 0 to 3. */
function cutCharacterLength(bytes: Uint8Array, encoding: string): number {
  let start = bytes.length;
  while (start > 0 && bytes[start - 1]! >= LOWEST_TRAIL) start -= 1;
  const word = Buffer.from(bytes.subarray(start));
  for (let held = 0; held < LONGEST_CHARACTER && held < word.length; held++) {
    const decoder = iconv.getDecoder(encoding as 'utf8', { stripBOM: false });
    decoder.write(word.subarray(0, word.length - held));
    if ((decoder.end() ?? '') === '') return held;
  }
  return word.length;
}
