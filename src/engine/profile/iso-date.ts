/**
 * Dates and times in the order of ISO 8601, told by their bytes alone: columns of many of them are
 * too long for regular expressions. Twin: `date-format`, which knows all formats.
 */
import type { ValueKind } from './value-kind.js';

/** Days of each month, from 1, in a year that is no leap year. */
const DAYS = Uint8Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

const NINE = 9;
const ZERO = 0x30;
const MINUS = 0x2d;
const COLON = 0x3a;
const SPACE = 0x20;
const T = 0x54;

/** Kinds by what `isoKindAt` tells. */
export const ISO_KINDS: readonly ValueKind[] = [
  'date YYYY-MM-DD',
  'date YYYY-MM-DDTHH:mm',
  'date YYYY-MM-DD HH:mm',
  'date YYYY-MM-DDTHH:mm:ss',
  'date YYYY-MM-DD HH:mm:ss',
];

/** The place of the kind in `ISO_KINDS`, or -1: another, or none. */
export function isoKindAt(bytes: Uint8Array, start: number, length: number): number {
  if (length !== 10 && length !== 16 && length !== 19) return -1;
  if (bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return -1;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  // Leap days are left to the twin. A pair that is no digits is not a number.
  if (!(year >= 0 && day >= 1 && day <= DAYS[month]!)) return -1;
  if (length === 10) return 0;
  const gap = bytes[start + 10]!;
  if ((gap !== T && gap !== SPACE) || bytes[start + 13] !== COLON) return -1;
  const hour = twoDigits(bytes, start + 11);
  if (!(hour <= 24 && twoDigits(bytes, start + 14) <= 59)) return -1;
  if (length === 16) return gap === T ? 1 : 2;
  if (bytes[start + 16] !== COLON || !(twoDigits(bytes, start + 17) <= 60)) return -1;
  return gap === T ? 3 : 4;
}

/** The number that two digits spell, or NaN. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  if (tens < 0 || tens > NINE || ones < 0 || ones > NINE) return Number.NaN;
  return tens * 10 + ones;
}
