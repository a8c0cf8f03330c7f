/**
 * A dialect of any number of characters, as sniffing tries them. All texts here have one character
 * a byte, so that offsets into them are byte offsets and no encoding needs to be known.
 */

import type { RecordEnd } from '../csv/dialect.js';

export interface TextDialect {
  /** One or more characters. */
  readonly delimiter: string;
  /** null: quotes are ordinary characters. */
  readonly quote: string | null;
  /** What makes a quote inside quotes ordinary; null: quotes are doubled. */
  readonly escape: string | null;
  readonly recordEnd: RecordEnd;
}

/** The character that every record end ends with. */
export function lineEndOf(recordEnd: RecordEnd): string {
  return recordEnd === 'cr' ? '\r' : '\n';
}

/** The bytes as text, one character a byte (ISO 8859-1). */
export function toByteText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** What `text` looks like in a file in UTF-8, one character a byte. */
export function encodeByteText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** What `encodeByteText` was given. */
export function decodeByteText(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
