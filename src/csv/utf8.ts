/**
 * Finds where bytes stop being UTF-8, so that a record with bad bytes can be rejected by name. It
 * refuses to guess another encoding or to replace anything.
 */

import { isUtf8 } from 'node:buffer';
import { undecodableAt } from './undecodable.js';
import { sequenceAt } from './utf8-sequence.js';

/**
 * The offset into `bytes` of the first byte of the first ill-formed sequence from `start` to `end`
 * (exclusive), or -1 when there is none. A sequence that `end` cuts off is ill-formed.
 */
export function firstInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  if (isUtf8(bytes.subarray(start, end))) return -1;
  let position = start;
  while (position < end) {
    const length = wellFormedLength(bytes, position, end);
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
    const length = wellFormedLength(bytes, position, end);
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
function wellFormedLength(bytes: Uint8Array, position: number, end: number): number {
  return Math.max(0, sequenceAt(bytes, position, end));
}
