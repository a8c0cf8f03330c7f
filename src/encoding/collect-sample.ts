/**
 * Gathers the lines of a file that hold bytes beyond ASCII: what an encoding is guessed by. A
 * sample of the head alone would often hold nothing but ASCII. It judges nothing.
 */
import { isAscii } from 'node:buffer';
import { CR, LF } from '../csv/dialect.js';
import { joinHeld } from './byte-decoder.js';
import { LOWEST_TRAIL } from './cut-rule.js';

/** Fed with a file's bytes in order; the pieces may be cut anywhere. */
export interface SampleCollector {
  /** `piece` may be used again after the call. Does nothing once `isFull()`. */
  write(piece: Uint8Array): void;
  /** Whether more bytes would change nothing. */
  isFull(): boolean;
  /** What was gathered, in the file's order, at most `limitBytes` long. */
  sample(): Uint8Array;
}

/** A sample larger than this teaches a detector nothing more. */
export const SAMPLE_BYTES = 64 * 1024;
/** Of the ASCII before a line's first other byte, no more is kept. */
const LEAD_BYTES = 512;
const STEP_BYTES = 4096;
const HIGHEST_ASCII = 0x7f;

/**
 * A collector of whole lines, ended by LF or CR, that hold a byte above 0x7F. Of a long line the
 * ASCII before that byte is cut to 512 bytes; the last line of a full sample is cut after an ASCII
 * byte that ends a word.
 */
export function collectSample(limitBytes: number = SAMPLE_BYTES): SampleCollector {
  const gathered = new Uint8Array(limitBytes);
  let gatheredBytes = 0;
  /** The ASCII that a line cut by a piece's end began with. */
  let lead = new Uint8Array(0);
  let isInLine = false;
  let isOver = false;

  const add = (bytes: Uint8Array): void => {
    const room = bytes.subarray(0, limitBytes - gatheredBytes);
    gathered.set(room, gatheredBytes);
    gatheredBytes += room.length;
    if (room.length < bytes.length) isOver = true;
  };

  return {
    write(piece) {
      let position = 0;
      while (position < piece.length && !isOver) {
        if (isInLine) {
          const lineEnd = nextLineEnd(piece, position);
          isInLine = lineEnd < 0;
          const next = isInLine ? piece.length : lineEnd + 1;
          add(piece.subarray(position, next));
          position = next;
          continue;
        }
        const found = nextNonAscii(piece, position);
        const until = found < 0 ? piece.length : found;
        const start = lineStart(piece, position, until);
        const ascii = piece.subarray(start, until);
        const isSameLine = start === position;
        lead = isSameLine ? lastOf(joinHeld(lead, ascii)) : lastOf(ascii);
        if (found >= 0) {
          add(lead);
          lead = new Uint8Array(0);
          isInLine = true;
        }
        position = until;
      }
    },
    isFull: () => isOver,
    sample() {
      let length = gatheredBytes;
      if (isOver) {
        while (length > 0 && gathered[length - 1]! >= LOWEST_TRAIL) length -= 1;
        if (length === 0) length = gatheredBytes;
      }
      return gathered.slice(0, length);
    },
  };
}

function nextNonAscii(bytes: Uint8Array, from: number): number {
  for (let start = from; start < bytes.length; start += STEP_BYTES) {
    const end = Math.min(start + STEP_BYTES, bytes.length);
    if (isAscii(bytes.subarray(start, end))) continue;
    for (let i = start; i < end; i++) if (bytes[i]! > HIGHEST_ASCII) return i;
  }
  return -1;
}

function nextLineEnd(bytes: Uint8Array, from: number): number {
  for (let i = from; i < bytes.length; i++) {
    if (bytes[i] === LF || bytes[i] === CR) return i;
  }
  return -1;
}

/** Where the line begins that `until` stands in: `from`, or after a line end that follows it. */
function lineStart(bytes: Uint8Array, from: number, until: number): number {
  const lowest = Math.max(from, until - LEAD_BYTES);
  for (let i = until - 1; i >= lowest; i--) {
    if (bytes[i] === LF || bytes[i] === CR) return i + 1;
  }
  return lowest;
}

function lastOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.slice(Math.max(0, bytes.length - LEAD_BYTES));
}
