/**
 * Knows a Unicode encoding by the first bytes of a file: by its byte order mark, or, UTF-16 alone,
 * by where its zero bytes stand. It never guesses: what is not certain is null.
 */
import { isUtf16Table } from './utf16-text.js';

/** The encodings that a signature can show. */
export type SignedEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** How much of a file's head is looked at; more in `head` changes nothing. */
export const SIGNATURE_BYTES = 4096;

/** UTF-32 before UTF-16: the mark of UTF-32LE begins with that of UTF-16LE. */
const MARKS: readonly (readonly [SignedEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Fewer bytes than these are too few to know UTF-16 by. */
const LEAST_BYTES = 16;
/** Of the units, at least nine in ten have one zero byte: ASCII and Latin-1, as CSV mostly is. */
const LEAST_LATIN_SHARE = 0.9;

/**
 * The encoding that the first bytes of a file show, or null. The longer `head`, up to
 * `SIGNATURE_BYTES`, the surer; without a mark it must be at least 16 bytes.
 *
 * Without a mark, UTF-16 is what reads as text and nearly all of whose units are below 0x100, or
 * what is a table in another script (`isUtf16Table`). A UTF-8 file with NULs in it is not: as
 * UTF-16 it would hold controls or few such units.
 */
export function encodingBySignature(head: Uint8Array): SignedEncoding | null {
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, i) => head[i] === byte)) return encoding;
  }
  const bytes = head.subarray(0, SIGNATURE_BYTES);
  if (bytes.length < LEAST_BYTES) return null;
  // A head that was cut for its size may end amid a unit; a whole file may not.
  if (head.length < SIGNATURE_BYTES && bytes.length % 2 !== 0) return null;
  // Nearly every file ends here: text of bytes has no NUL.
  if (!bytes.includes(0)) return null;
  const isLittle = isUtf16Text(bytes, 0, 1) || isUtf16Table(bytes, true);
  const isBig = isUtf16Text(bytes, 1, 0) || isUtf16Table(bytes, false);
  if (isLittle === isBig) return null;
  return isLittle ? 'utf-16le' : 'utf-16be';
}

/**
 * UTF-16 and UTF-32 with the order of their bytes, which the head of the file tells: by its byte
 * order mark, or UTF-32 by where the zero bytes stand; else it is LE, as most are. Any other
 * encoding as it is.
 */
export function withByteOrder(encoding: string, head: Uint8Array): string {
  if (encoding !== 'utf-16' && encoding !== 'utf-32') return encoding;
  const signed = encodingBySignature(head);
  if (signed?.startsWith(encoding)) return signed;
  const isBig = encoding === 'utf-32' && head.length >= 4 && head[0] === 0 && head[3] !== 0;
  return `${encoding}${isBig ? 'be' : 'le'}`;
}

/** @param low, high where in a unit its two bytes stand. */
function isUtf16Text(bytes: Uint8Array, low: number, high: number): boolean {
  const units = bytes.length >> 1;
  let latin = 0;
  let hasLetter = false;
  let isAfterLead = false;
  for (let i = 0; i < units; i++) {
    const unit = bytes[2 * i + low]! | (bytes[2 * i + high]! << 8);
    const isTrail = unit >= 0xdc00 && unit <= 0xdfff;
    if (isTrail !== isAfterLead || isControl(unit)) return false;
    isAfterLead = unit >= 0xd800 && unit <= 0xdbff;
    if (unit < 0x100) latin += 1;
    if (unit >= 0x30 && unit !== 0x3b) hasLetter = true;
  }
  // Empty cells alone would look the same as an 8-bit table whose every cell is a NUL.
  return hasLetter && latin >= units * LEAST_LATIN_SHARE;
}

function isControl(unit: number): boolean {
  if (unit >= 0x80 && unit <= 0x9f) return true;
  return unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d;
}
