/**
 * Turns scanned bytes into text: a field's value, or a stretch of the record as it stands. Stands
 * beside the scanner, whose flags it reads; it refuses to know what a value means, and does not
 * trim.
 */

import type { Dialect } from './dialect.js';
import { QUOTED, type ScannedRecord, STRAY, UNCLOSED } from './scan-fields.js';

/**
 * Fatal, because a replacement character would change a value in silence; U+FEFF is text like any
 * other.
 */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Shorter ASCII texts are put together sooner than the decoder is called, in bytes. */
const SHORT_BYTES = 24;

/**
 * The value of field `index`: quotes removed and doubled quotes undone. A field with a stray is its
 * raw text, quotes included; one that was never closed is what follows its opening quote.
 *
 * @param bytes what `record` was scanned from; the field must be valid UTF-8.
 * @throws TypeError when it is not: check the record with `firstInvalidUtf8` before.
 */
export function decodeField(
  bytes: Uint8Array,
  record: ScannedRecord,
  index: number,
  dialect: Dialect,
): string {
  const start = record.starts[index]!;
  const end = record.ends[index]!;
  const flags = record.flags[index]!;
  if ((flags & QUOTED) === 0 || (flags & STRAY) !== 0) return decodeText(bytes, start, end);

  const contentEnd = (flags & UNCLOSED) !== 0 ? end : end - 1;
  const quote = String.fromCharCode(dialect.quote);
  // Without a stray, every quote of the content is one of a doubled pair.
  return decodeText(bytes, start + 1, contentEnd).replaceAll(quote + quote, quote);
}

/**
 * The text of `bytes` from `start` to `end` (exclusive), nothing removed: a U+FEFF at its start
 * stays.
 *
 * @throws TypeError when it is not valid UTF-8.
 */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT_BYTES) return decoder.decode(bytes.subarray(start, end));
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
