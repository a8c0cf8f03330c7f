/**
 * Finds out what an input is written in: as the user says, by its first bytes, or, once a byte has
 * told that it is not UTF-8, by all of it. What guesses is loaded only here: few inputs need it.
 */
import { CsvcleanError } from '../base/error.js';
import { collectSample } from '../encoding/collect-sample.js';
import { encodingBySignature, SIGNATURE_BYTES, withByteOrder } from '../encoding/signatures.js';
import { createUtf8Survey, isMostlyUtf8, type Utf8Counts } from '../encoding/survey-utf8.js';
import { type ByteSource, piecesOf, readAhead } from '../engine/byte-source.js';
import type { Span } from '../engine/split/span.js';
import { cutPart, piecesOfPart } from './cut-part.js';
import type { DialectRequest, FoundEncoding, TaskSettings } from './task.js';

export const UTF8 = 'utf-8';

const ROOM_BYTES = 1 << 18;

/** The first bytes, as many as tell an encoding; of a stream those that are there. */
export function readSignature(source: ByteSource): Uint8Array {
  const head = new Uint8Array(Math.min(SIGNATURE_BYTES, source.sizeBytes));
  const { length } = readAhead(source, head, 0);
  return head.subarray(0, length);
}

/** What is known of an input's encoding by its first bytes; null where all of it must be read. */
export function encodingAhead(
  head: Uint8Array,
  { dialect }: Pick<TaskSettings, 'dialect'>,
  isOther: boolean,
): FoundEncoding | null {
  return isOther ? encodingOfMarked(head) : encodingAtFirst(dialect, head);
}

/** What the user says, or a byte order mark; UTF-8 else, until a byte says that it is not. */
export function encodingAtFirst(
  { encoding }: Pick<DialectRequest, 'encoding'>,
  head: Uint8Array,
): FoundEncoding {
  if (encoding !== 'auto') return { encoding: withByteOrder(encoding, head), reason: '--encoding' };
  return { encoding: encodingBySignature(head) ?? UTF8, reason: 'its first bytes' };
}

/** Of an input with bytes that are not UTF-8: null where all of it must be read to guess. */
function encodingOfMarked(head: Uint8Array): FoundEncoding | null {
  if (encodingBySignature(head) !== UTF8) return null;
  return { encoding: UTF8, reason: 'it begins with the byte order mark of UTF-8' };
}

/** How much of a span is UTF-8. Those of all spans, added, are those of the input. */
export function surveySpan(source: ByteSource, span: Span): Utf8Counts {
  const survey = createUtf8Survey();
  const part = cutPart(source, span, UTF8);
  for (const bytes of piecesOfPart(source, part, ROOM_BYTES)) survey.write(bytes);
  return survey.end();
}

/** @param counts of all of the input. */
export async function guessEncodingOf(
  source: ByteSource,
  counts: Utf8Counts,
): Promise<FoundEncoding> {
  if (isMostlyUtf8(counts)) return { encoding: UTF8, reason: 'nearly all of it is UTF-8' };
  const sample = collectSample();
  for (const bytes of piecesOf(source, ROOM_BYTES)) {
    sample.write(bytes);
    if (sample.isFull()) break;
  }
  const { guessEncoding } = await import('../encoding/guess-encoding.js');
  const { encoding, reason } = guessEncoding(sample.sample());
  return { encoding, reason };
}

/**
 * Whether an input is written as UTF-8 before it is read.
 * @param isOther it was taken for UTF-8, and is not all UTF-8.
 * @throws CsvcleanError DIALECT with `--in-place`, where the output would be in another encoding.
 */
export function needsDecoding(
  { encoding }: FoundEncoding,
  { dialect, isInPlace }: Pick<TaskSettings, 'dialect' | 'isInPlace'>,
  isOther: boolean,
): boolean {
  const isKnown = isOther || dialect.encoding !== 'auto';
  const isDecoded = encoding !== UTF8 || (isKnown && dialect.encodingErrors === 'replace');
  if (isDecoded && isInPlace) {
    const message = `cleaned in place it would change from ${encoding} to UTF-8`;
    throw new CsvcleanError('DIALECT', message, {
      remedy: 'Use --out-dir instead of --in-place.',
    });
  }
  return isDecoded;
}
