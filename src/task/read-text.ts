/** Reads an input as text: what is none at all is told before any other fault. */
import { CsvcleanError } from '../base/error.js';
import { type ByteSource, isStream } from '../engine/byte-source.js';
import { checkEncoding } from '../engine/check-encoding.js';
import { type Header, readHeader, type WalkContext } from '../engine/read-header.js';

/** @throws CsvcleanError for what cannot be a header. */
export function readTextHeader(source: ByteSource, context: WalkContext): Header {
  return asText(source, context, () => readHeader(source, context));
}

/** Errors that say nothing about what the file holds. */
const OUTSIDE_CODES: ReadonlySet<string> = new Set([
  'CANNOT_READ',
  'CANNOT_WRITE',
  'OUT_OF_MEMORY',
]);

/**
 * Runs `work` on the source. When it fails, a source that is no text at all is the reason, whatever
 * was taken offence at: half of an archive may look like a broken record.
 */
export function asText<T>(source: ByteSource, context: WalkContext, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const isOutside = error instanceof CsvcleanError && OUTSIDE_CODES.has(error.code);
    const mayBeOther = !isOutside && !isStream(source) && !context.layout.rejectsBadBytes;
    if (mayBeOther) checkEncoding(source, context.dialect.recordEnd);
    throw error;
  }
}
