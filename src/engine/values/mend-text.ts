/**
 * Mends the texts of cells: runs of blanks, and UTF-8 that was read as windows-1252 or Latin-1.
 * Takes a text and gives one; knows neither rules nor columns.
 */
import { isUtf8 } from 'node:buffer';

const RUN = /[ \t\u00a0\u2000-\u200a\u3000\ufeff]{2,}/g;

/** Each run of two blanks or more is one space. Line ends are content. */
export function squeezeBlanks(text: string): string {
  return text.replace(RUN, ' ');
}

/** What windows-1252 has at the bytes 0x80 – 0x9F; where it has nothing, Latin-1's controls. */
const HIGH_CONTROLS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
const byteOfChar = new Map([...HIGH_CONTROLS].map((char, i) => [char.charCodeAt(0), 0x80 + i]));

/** What a byte of UTF-8 that goes on looks like. */
const TAIL = '[\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]';
/** A lead byte of UTF-8 as a character, and behind it one that goes on. */
const MARKER = new RegExp(`[\u00c2-\u00f4]${TAIL}`);
/** What Latin letters and punctuation that were broken twice begin with. */
const MARKER_AGAIN = new RegExp(`[\u00c2\u00c3\u00e2]${TAIL}`);
/** Twice broken, or three times, is the most that is seen. */
const MOST_TIMES = 3;

/**
 * The text that was meant. Changed only when all of it is the bytes of a text in UTF-8, each shown
 * as a character of windows-1252 or Latin-1: so that the way back gives what stood there.
 */
export function mendMojibake(text: string): string {
  let mended = text;
  for (let i = 0; i < MOST_TIMES && (i === 0 ? MARKER : MARKER_AGAIN).test(mended); i++) {
    const bytes = bytesOf(mended);
    if (bytes === null || !isUtf8(bytes)) return i === 0 ? text : mended;
    mended = bytes.toString();
  }
  return MARKER_AGAIN.test(mended) ? text : mended;
}

function bytesOf(text: string): Buffer | null {
  const bytes = Buffer.alloc(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code <= 0xff ? code : byteOfChar.get(code);
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['\u2019][\p{L}\p{M}]+)*/gu;

/** The first letter of each word large, the others small. */
export function toTitle(text: string): string {
  return text.replace(WORD, (word) => {
    const [first = ''] = word;
    return first.toUpperCase() + word.slice(first.length).toLowerCase();
  });
}
