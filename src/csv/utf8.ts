/**
 * Finds where bytes stop being UTF-8, so that a record with bad bytes can be rejected by name. It
 * refuses to guess another encoding or to replace anything.
 */

import { isUtf8 } from 'node:buffer';
import { undecodableAt } from './undecodable.js';

/**
 * The offset into `bytes` of the first byte of the first ill-formed sequence from `start` to `end`
 * (exclusive), or -1 when there is none. Well-formed is what the Unicode Standard's table 3-7
 * lists: no overlong forms, no surrogates, nothing above U+10FFFF. A sequence that `end` cuts off
 * is ill-formed.
 */
export function firstInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  if (isUtf8(bytes.subarray(start, end))) return -1;
  let position = start;
  while (position < end) {
    const length = sequenceLength(bytes, position, end);
    if (length === 0) return position;
    position += length;
  }
  return -1;
}

/**
 * The text from `start` to `end` (exclusive) with each byte that is not part of a well-formed
 * sequence as `\\xHH`, and each backslash doubled, so that it can be read back.
 *
 * @param holdsMarks it was decoded, and has marks in the place of what could not be.
 */
export function escapeInvalidUtf8(
  bytes: Uint8Array,
  start: number,
  end: number,
  holdsMarks: boolean,
): string {
  const parts: string[] = [];
  let sound = start;
  const flush = (until: number): void => {
    const text = Buffer.from(bytes.subarray(sound, until)).toString('utf8');
    parts.push(text.replaceAll('\\', '\\\\'));
  };
  for (let position = start; position < end; ) {
    const length = sequenceLength(bytes, position, end);
    if (length === 0) {
      flush(position);
      const marked = holdsMarks ? undecodableAt(bytes, position) : null;
      parts.push(`\\x${hexDigits(marked?.byte ?? bytes[position]!)}`);
      position += marked?.length ?? 1;
      sound = position;
    }
    position += length;
  }
  flush(end);
  return parts.join('');
}

/** A byte as people write it: 0xE9. */
export function hexOf(byte: number): string {
  return `0x${hexDigits(byte)}`;
}

function hexDigits(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** The length of the well-formed sequence at `position`, 1 to 4, or 0 when there is none. */
function sequenceLength(bytes: Uint8Array, position: number, end: number): number {
  const first = bytes[position]!;
  if (first <= 0x7f) return 1;
  const length = lengthOfLead(first);
  if (length === 0 || position + length > end) return 0;

  // Only the second byte's range depends on the first: it shuts out overlongs, surrogates and what
  // is too large.
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[position + 1]!;
  if (second < lowest || second > highest) return 0;
  for (let i = position + 2; i < position + length; i++) {
    if (bytes[i]! < 0x80 || bytes[i]! > 0xbf) return 0;
  }
  return length;
}

/** How many bytes a sequence has that starts with `first` (above 0x7F); 0 when none may. */
function lengthOfLead(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 0;
}
