/**
 * Writes an input in another encoding as UTF-8 to a temporary file, and finds out which encoding
 * that is when nobody said. What does the work is loaded only here: few inputs need it.
 */
import { collectSample } from '../encoding/collect-sample.js';
import { encodingBySignature, SIGNATURE_BYTES } from '../encoding/signatures.js';
import { createUtf8Survey, isMostlyUtf8 } from '../encoding/survey-utf8.js';
import { type ByteSource, piecesOf, readAhead } from '../engine/byte-source.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';
import type { DialectRequest, EncodingErrors } from './task.js';

export const UTF8 = 'utf-8';

/** What an input is written in, and why. */
export interface FoundEncoding {
  readonly encoding: string;
  readonly reason: string;
}

const ROOM_BYTES = 1 << 18;

/** What the user says, or a byte order mark; UTF-8 else, until a byte says that it is not. */
export function encodingAtFirst(request: DialectRequest, head: Uint8Array): FoundEncoding {
  if (request.encoding !== 'auto') return { encoding: request.encoding, reason: '--encoding' };
  const signed = encodingBySignature(head);
  return { encoding: signed ?? UTF8, reason: 'its first bytes' };
}

/** The first bytes, as many as tell an encoding; of a stream those that are there. */
export function readSignature(source: ByteSource): Uint8Array {
  const head = new Uint8Array(Math.min(SIGNATURE_BYTES, source.sizeBytes));
  const { length } = readAhead(source, head, 0);
  return head.subarray(0, length);
}

/** Of an input with bytes that are not UTF-8. */
export async function guessEncodingOf(source: ByteSource): Promise<FoundEncoding> {
  if (encodingBySignature(readSignature(source)) === UTF8) {
    return { encoding: UTF8, reason: 'it begins with the byte order mark of UTF-8' };
  }
  const survey = createUtf8Survey();
  const sample = collectSample();
  for (const bytes of piecesOf(source, ROOM_BYTES)) {
    survey.write(bytes);
    sample.write(bytes);
  }
  const counts = survey.end();
  if (isMostlyUtf8(counts)) return { encoding: UTF8, reason: 'nearly all of it is UTF-8' };
  const { guessEncoding } = await import('../encoding/guess-encoding.js');
  const { encoding, reason } = guessEncoding(sample.sample());
  return { encoding, reason };
}

/**
 * Writes `source` as UTF-8 to `path`.
 * @returns how many characters could not be read.
 * @throws CsvcleanError BAD_ENCODING for these, where `errors` is `strict`.
 */
export async function decodeInput(
  source: ByteSource,
  encoding: string,
  errors: EncodingErrors,
  path: string,
): Promise<number> {
  const { createTranscoder } = await import('../encoding/transcode.js');
  const transcoder = createTranscoder(encoding, errors === 'reject' ? 'mark' : errors);
  const output = createOutput(path);
  try {
    for (const bytes of piecesOf(source, ROOM_BYTES)) writeOutput(output, transcoder.write(bytes));
    writeOutput(output, transcoder.end());
    finishOutput(output, false);
  } catch (error) {
    discardOutput(output);
    throw error;
  }
  return transcoder.counts.undecodable;
}
