/**
 * Counts how much of a file is UTF-8, so that a UTF-8 file with a few broken records is told from
 * a file in another encoding. It holds no more than a cut sequence, and repairs nothing.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { CUT_OFF, cutOffLength, sequenceAt } from '../csv/utf8-sequence.js';
import { joinHeld } from './byte-decoder.js';

/** What a survey found; ASCII is counted nowhere. */
export interface Utf8Counts {
  /** Well-formed sequences of two bytes or more. */
  readonly validSequences: number;
  /** Runs of bytes that belong to no well-formed sequence: an overlong form is one run. */
  readonly faults: number;
}

export const NO_COUNTS: Utf8Counts = { validSequences: 0, faults: 0 };

/** Of two parts together, cut after a byte of ASCII. */
export function addCounts(one: Utf8Counts, other: Utf8Counts): Utf8Counts {
  return {
    validSequences: one.validSequences + other.validSequences,
    faults: one.faults + other.faults,
  };
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
const LEAST_VALID_PER_FAULT = 5;

/** A survey of nothing yet. */
export function createUtf8Survey(): Utf8Survey {
  let validSequences = 0;
  let faults = 0;
  let isInFault = false;
  let held = new Uint8Array(0);

  /** @param whole bytes that no sequence reaches into or out of. */
  const survey = (whole: Uint8Array): void => {
    if (isUtf8(whole)) {
      validSequences += countLeads(whole);
      if (whole.length > 0) isInFault = false;
    } else {
      let position = 0;
      while (position < whole.length) {
        if (whole[position]! < 0x80) {
          isInFault = false;
          position++;
          continue;
        }
        const length = sequenceAt(whole, position, whole.length);
        if (length > 1) validSequences += 1;
        if (length <= 0) {
          if (!isInFault) faults += 1;
          position += length === CUT_OFF ? whole.length - position : -length;
        } else position += length;
        isInFault = length <= 0;
      }
    }
  };

  return {
    write(piece) {
      if (held.length === 0 && isAscii(piece)) {
        if (piece.length > 0) isInFault = false;
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
      return { validSequences, faults };
    },
  };
}

/**
 * Whether a file with these counts is UTF-8 whose bad records are to be rejected, and not a file
 * in another encoding: 99.9 % are well-formed, or there are five times as many as faults.
 *
 * Text in another encoding does not come near: its letters must look like one well-formed sequence
 * after another, and what stands between these is a fault each.
 */
export function isMostlyUtf8({ validSequences: valid, faults }: Utf8Counts): boolean {
  if (valid >= (valid + faults) * LEAST_VALID_SHARE) return true;
  return valid >= faults * LEAST_VALID_PER_FAULT;
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
