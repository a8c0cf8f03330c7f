/**
 * Knows a table in UTF-16 without a byte order mark, in any script: what separates its cells and
 * lines stands beside a zero byte throughout. What is not certain is none.
 */
import { isUtf8 } from 'node:buffer';
import { cutOffLength } from '../csv/utf8-sequence.js';

/** Of the units, at least this share is ASCII: separators, digits, spaces and line ends. */
const LEAST_ASCII_SHARE = 0.05;
/** Controls but for tab and line ends, lone surrogates, and what stands for nothing. */
const NEVER_IN_TEXT = /[^\P{Cc}\t\n\r]|\p{Cs}|\p{Co}|\p{Cn}/u;

/** What tells UTF-16 of one byte order from other bytes. */
interface Signs {
  /** Units that are ASCII, and those that would be in the other byte order. */
  ascii: number;
  swappedAscii: number;
  lineEnds: number;
  /** Units of other characters, and those of them that would be two characters of ASCII. */
  others: number;
  asciiPairs: number;
  /** Of these, units with a byte of a line end, which stands elsewhere in text of bytes. */
  brokenLineEnds: number;
  /** Bytes that text of bytes never holds. */
  controlBytes: number;
}

/** @param bytes a file's head; an odd last byte is not looked at. */
export function isUtf16Table(bytes: Uint8Array, isLittle: boolean): boolean {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const signs = signsOf(whole, isLittle);
  const units = whole.length / 2;
  if (signs.lineEnds === 0 || signs.lineEnds <= signs.brokenLineEnds) return false;
  if (signs.ascii < units * LEAST_ASCII_SHARE || signs.ascii < signs.swappedAscii * 2) return false;
  // Text of bytes with some NULs is mostly pairs of ASCII, or else UTF-8.
  if (signs.asciiPairs * 2 > signs.others) return false;
  if (signs.controlBytes === 0 && isUtf8(whole.subarray(0, whole.length - cutOffLength(whole)))) {
    return false;
  }
  return !NEVER_IN_TEXT.test(textOf(whole, isLittle));
}

function signsOf(bytes: Uint8Array, isLittle: boolean): Signs {
  const signs = {
    ascii: 0,
    swappedAscii: 0,
    lineEnds: 0,
    others: 0,
    asciiPairs: 0,
    brokenLineEnds: 0,
    controlBytes: 0,
  };
  for (let i = 0; i < bytes.length; i += 2) {
    const low = bytes[isLittle ? i : i + 1]!;
    const high = bytes[isLittle ? i + 1 : i]!;
    if (high === 0 && low < 0x80) {
      signs.ascii += 1;
      if (isLineEnd(low)) signs.lineEnds += 1;
      continue;
    }
    signs.others += 1;
    if (low === 0 && high < 0x80) signs.swappedAscii += 1;
    if (isAsciiText(low) && isAsciiText(high)) signs.asciiPairs += 1;
    if (isLineEnd(low) || isLineEnd(high)) signs.brokenLineEnds += 1;
    if (isControl(low) || isControl(high)) signs.controlBytes += 1;
  }
  return signs;
}

/** A lead surrogate that the cut leaves alone is left out. */
function textOf(bytes: Uint8Array, isLittle: boolean): string {
  const copy = Buffer.from(bytes);
  const text = (isLittle ? copy : copy.swap16()).toString('utf16le');
  return text.replace(/[\ud800-\udbff]$/, '');
}

function isLineEnd(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function isAsciiText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || isLineEnd(byte);
}

function isControl(byte: number): boolean {
  return byte > 0 && byte < 0x20 && byte !== 0x09 && !isLineEnd(byte);
}
