/**
 * Counts how much of a file is UTF-8, so that a UTF-8 file with a few broken records is told from
 * a file in another encoding. It holds no more than a cut sequence, and repairs nothing.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { CUT_OFF, cutOffLength, joinHeld, sequenceAt } from './utf8-sequence.js';

/** What a survey found; ASCII is counted nowhere. */
export interface Utf8Counts {
  /** Well-formed sequences of two bytes or more. */
  readonly validSequences: number;
  /** Bytes that belong to no well-formed sequence. */
  readonly invalidBytes: number;
  /** Where the first of them stands, in bytes from the start of the file, or null. */
  readonly firstInvalid: number | null;
}

/** Fed with a file's bytes in order; the pieces may be cut anywhere. */
export interface Utf8Survey {
  /** `piece` may be used again after the call. */
  write(piece: Uint8Array): void;
  /** After the last piece: a sequence that the file's end cuts off is invalid. */
  end(): Utf8Counts;
}

/** Small enough that ASCII beside few other letters is skipped, large enough to be worth a call. */
const STEP_BYTES = 4096;

const LEAST_VALID_SHARE = 0.999;
const FEW_INVALID = 5;
const VALID_PER_INVALID = 20;

/** A survey of nothing yet. */
export function createUtf8Survey(): Utf8Survey {
  let validSequences = 0;
  let invalidBytes = 0;
  let firstInvalid: number | null = null;
  let surveyedBytes = 0;
  let held = new Uint8Array(0);

  /** @param whole bytes that no sequence reaches into or out of. */
  const survey = (whole: Uint8Array): void => {
    if (isUtf8(whole)) {
      validSequences += countLeads(whole);
    } else {
      let position = 0;
      while (position < whole.length) {
        const length = sequenceAt(whole, position, whole.length);
        if (length > 1) validSequences += 1;
        if (length <= 0) {
          firstInvalid ??= surveyedBytes + position;
          const bad = length === CUT_OFF ? whole.length - position : -length;
          invalidBytes += bad;
          position += bad;
        } else position += length;
      }
    }
    surveyedBytes += whole.length;
  };

  return {
    write(piece) {
      if (held.length === 0 && isAscii(piece)) {
        surveyedBytes += piece.length;
        return;
      }
      const joined = joinHeld(held, piece);
      const wholeLength = joined.length - cutOffLength(joined);
      survey(joined.subarray(0, wholeLength));
      held = joined.slice(wholeLength);
    },
    end() {
      survey(held);
      held = new Uint8Array(0);
      return { validSequences, invalidBytes, firstInvalid };
    },
  };
}

/**
 * Whether a file with these counts is UTF-8 whose bad records are to be rejected, and not a file
 * in another encoding: at least 99.9 % of its non-ASCII sequences are well-formed, or at most 5
 * bytes are not and there are 20 times as many well-formed sequences. Each invalid byte counts as
 * one sequence. A file without any invalid byte is UTF-8.
 *
 * Text in another encoding hardly ever comes near: two of its letters side by side must look like
 * one well-formed sequence.
 */
export function isMostlyUtf8(counts: Utf8Counts): boolean {
  const { validSequences: valid, invalidBytes: invalid } = counts;
  if (invalid === 0) return true;
  if (valid >= (valid + invalid) * LEAST_VALID_SHARE) return true;
  return invalid <= FEW_INVALID && valid >= invalid * VALID_PER_INVALID;
}

/** How many sequences of two bytes or more stand in valid UTF-8: each has one byte from 0xC0. */
function countLeads(bytes: Uint8Array): number {
  let count = 0;
  for (let from = 0; from < bytes.length; from += STEP_BYTES) {
    const step = bytes.subarray(from, from + STEP_BYTES);
    if (isAscii(step)) continue;
    for (let i = 0; i < step.length; i++) if (step[i]! >= 0xc0) count += 1;
  }
  return count;
}
