/**
 * Writes an input in another encoding as UTF-8 to a temporary file, in spans that several threads
 * may work on at once. What decodes is loaded only here: few inputs need it.
 */
import { CsvcleanError } from '../base/error.js';
import { createMemoryBudget } from '../base/memory-budget.js';
import type { ByteSource } from '../engine/byte-source.js';
import { type Span, WHOLE_SPAN } from '../engine/split/span.js';
import { createEmpty, finishOutput, openPart, writeOutput } from '../store/output-file.js';
import { cutPart, piecesOfPart } from './cut-part.js';
import { bytesHeld, clearHeld, createHeld, hold } from './held-bytes.js';
import {
  awaitPlace,
  createLedger,
  knownPlace,
  publishPlace,
  type SpanLedger,
  type SpanPlace,
  viewLedger,
} from './span-ledger.js';
import type { EncodingErrors } from './task.js';

/** From which encoding, and what becomes of bytes that stand for nothing in it. */
export interface Decoding {
  /** A canonical name, with its byte order. */
  readonly encoding: string;
  readonly errors: EncodingErrors;
}

const ROOM_BYTES = 1 << 18;
/** More than this is not held until its place is known: then its thread waits. */
const MOST_HELD_BYTES = 1 << 24;
const START: SpanPlace = { offsetBytes: 0, line: 1, outputBytes: 0, rejectsBytes: 0 };

/** What this thread holds of a span. */
const held = createHeld();

/** Creates what the spans are written to. @returns their ledger. */
export function beginDecoding(path: string, spanCount: number): SharedArrayBuffer {
  createEmpty(path);
  return createLedger(spanCount, START);
}

/** All of `source` on this thread. @throws CsvcleanError BAD_ENCODING: see `decodeSpan`. */
export async function decodeInput(
  source: ByteSource,
  decoding: Decoding,
  path: string,
): Promise<void> {
  const ledger = beginDecoding(path, 1);
  await decodeSpan(source, decoding, WHOLE_SPAN, path, ledger);
}

/**
 * Decodes the characters that begin in a span, to their place; ends without them when a span
 * before it has failed.
 * @throws CsvcleanError BAD_ENCODING with line and byte offset, where `errors` is `strict`.
 */
export async function decodeSpan(
  source: ByteSource,
  { encoding, errors }: Decoding,
  span: Span,
  path: string,
  buffer: SharedArrayBuffer,
): Promise<void> {
  const { createTranscoder } = await import('../encoding/transcode.js');
  const ledger = viewLedger(buffer);
  const part = cutPart(source, span, encoding);
  const transcoder = createTranscoder(
    encoding,
    errors === 'reject' ? 'mark' : errors,
    part.startBytes,
  );
  const output = createPlaced(path, ledger, span.index);
  try {
    for (const bytes of piecesOfPart(source, part, ROOM_BYTES)) {
      if (!output.write(transcoder.write(bytes))) return;
    }
    if (!output.write(transcoder.end())) return;
    output.finish({ offsetBytes: part.endBytes, lineEnds: transcoder.counts.lineEnds });
  } catch (error) {
    throw countFromPlace(error, ledger, span.index);
  } finally {
    output.close();
  }
}

/** The line of an error in a span counts from where the span begins. */
function countFromPlace(error: unknown, ledger: SpanLedger, index: number): unknown {
  if (!(error instanceof CsvcleanError) || error.code !== 'BAD_ENCODING') return error;
  const { line } = awaitPlace(ledger, index) ?? START;
  const { message, place, remedy } = error;
  const more = { ...place, line: line + place.line! - 1 };
  return new CsvcleanError(
    'BAD_ENCODING',
    message,
    remedy === undefined ? more : { ...more, remedy },
  );
}

/** Writes to the place of a span: what comes before that is known is held. */
function createPlaced(path: string, ledger: SpanLedger, index: number) {
  const file = openPart(path);
  const budget = createMemoryBudget(2 * MOST_HELD_BYTES);
  clearHeld(held);
  let place: SpanPlace | null = null;
  const append = (bytes: Uint8Array): void => {
    writeOutput(file, bytes, place!.outputBytes + file.mark.sizeBytes);
  };
  /** @returns whether it is known, and what was held is written. */
  const settle = (known: SpanPlace | null): boolean => {
    if (known === null) return false;
    place = known;
    append(bytesHeld(held));
    held.length = 0;
    return true;
  };
  return {
    /** @returns whether there is a place to write to. */
    write(bytes: Uint8Array): boolean {
      const fits = held.length + bytes.length <= MOST_HELD_BYTES;
      const look = fits ? knownPlace : awaitPlace;
      if (place !== null || settle(look(ledger, index))) append(bytes);
      else if (fits) hold(held, bytes, budget);
      else return false;
      return true;
    },
    /** Tells the next span its place, then writes what is held. */
    finish({ offsetBytes, lineEnds }: { offsetBytes: number; lineEnds: number }): void {
      const own = place ?? awaitPlace(ledger, index);
      if (own === null) return;
      const outputBytes = own.outputBytes + file.mark.sizeBytes + held.length;
      const line = own.line + lineEnds;
      publishPlace(ledger, index + 1, { offsetBytes, line, outputBytes, rejectsBytes: 0 });
      settle(own);
    },
    close: (): void => finishOutput(file, false),
  };
}
