/**
 * Holds an output against its input byte for byte as it is made, instead of writing it: what
 * `--check` asks. Finds the first difference and where it stands; refuses to know rules and rows.
 */
import { LF, lineEndByte, type RecordEnd } from '../csv/dialect.js';
import { type ByteSource, readFully } from '../engine/byte-source.js';
import { EMPTY_MARK } from '../store/digest.js';
import type { OutputSink } from './output-sink.js';
import type { Difference, OutputCheck } from './task.js';

/** Takes an output in pieces; each must say where in the output it begins, in bytes. */
export interface Comparer {
  compare(bytes: Uint8Array, offsetBytes: number): void;
  /** The output ends at `sizeBytes`: what the input has behind that would be gone. */
  end(sizeBytes: number): void;
  /** Where the first difference lies, in bytes; null: none so far. */
  differsAt(): number | null;
  /**
   * The first difference in words, or null.
   * @param known a byte of the input whose line is known, near to the difference; else the lines
   *   are counted from the start.
   */
  describe(known?: { readonly offsetBytes: number; readonly line: number }): Difference | null;
  /** Forgets all: the output is made again from where it began. */
  reset(): void;
}

const ROOM_BYTES = 1 << 18;
/** Longer lines are shown as far as this, in bytes. */
const SHOWN_BYTES = 400;
/** So much is still compared behind a difference, for more examples of what would change. */
const LOOKED_ON_BYTES = 1 << 18;

/** @param input the bytes of the input as they come, decompressed. */
export function createComparer(input: ByteSource, recordEnd: RecordEnd): Comparer {
  const room = Buffer.allocUnsafeSlow(ROOM_BYTES);
  let at: number | null = null;
  /** What the output has from the difference on, so far as it is shown. */
  let after = Buffer.alloc(0);
  const collect = (bytes: Uint8Array): void => {
    const wanted = SHOWN_BYTES - after.length;
    if (wanted > 0 && !after.includes(LF)) {
      after = Buffer.concat([after, bytes.subarray(0, wanted)]);
    }
  };
  return {
    compare(bytes, offsetBytes) {
      if (at !== null) return collect(bytes);
      for (let done = 0; done < bytes.length; done += ROOM_BYTES) {
        const piece = bytes.subarray(done, done + ROOM_BYTES);
        const length = readFully(input, room.subarray(0, piece.length), offsetBytes + done);
        const same = room.subarray(0, length);
        if (length === piece.length && same.equals(piece)) continue;
        const differs = firstDifference(same, piece);
        at = offsetBytes + done + differs;
        return collect(bytes.subarray(done + differs));
      }
    },
    end(sizeBytes) {
      if (sizeBytes < input.sizeBytes) at ??= sizeBytes;
    },
    differsAt: () => at,
    describe(known = { offsetBytes: 0, line: 1 }) {
      if (at === null) return null;
      const { start, before } = lineAround(input, at);
      return {
        offsetBytes: at,
        line: lineAt(input, at, known, recordEnd, room),
        before: shown(before),
        after: shown(Buffer.concat([before.subarray(0, at - start), after])),
        isAtEnd: at === input.sizeBytes,
      };
    },
    reset() {
      at = null;
      after = Buffer.alloc(0);
    },
  };
}

/** Of the first byte that is not the same; where one ends is a difference too. */
function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return length;
}

/** The bytes of the line that holds byte `at`, or of what is shown of it, and where they start. */
function lineAround(input: ByteSource, at: number): { start: number; before: Buffer } {
  const from = Math.max(0, at - SHOWN_BYTES);
  const bytes = Buffer.alloc(at - from + SHOWN_BYTES);
  const length = readFully(input, bytes, from);
  const place = at - from;
  const lineStart = place === 0 ? 0 : bytes.lastIndexOf(LF, place - 1) + 1;
  return { start: from + lineStart, before: bytes.subarray(lineStart, length) };
}

/** The first line of it as text, without its line end; a CR stays, since it may be what differs. */
function shown(bytes: Buffer): string {
  const end = bytes.indexOf(LF);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** The line of a byte, 1-based, counted from the byte whose line is known. */
function lineAt(
  input: ByteSource,
  offsetBytes: number,
  known: { readonly offsetBytes: number; readonly line: number },
  recordEnd: RecordEnd,
  room: Buffer,
): number {
  const first = Math.min(offsetBytes, known.offsetBytes);
  const last = Math.max(offsetBytes, known.offsetBytes);
  const lineEnd = lineEndByte(recordEnd);
  let lines = 0;
  for (let offset = first; offset < last; offset += ROOM_BYTES) {
    const wanted = Math.min(ROOM_BYTES, last - offset);
    const piece = room.subarray(0, readFully(input, room.subarray(0, wanted), offset));
    for (let i = piece.indexOf(lineEnd); i >= 0; i = piece.indexOf(lineEnd, i + 1)) lines++;
  }
  return offsetBytes < known.offsetBytes ? known.line - lines : known.line + lines;
}

/** A sink for a whole output that is only compared. */
export interface CheckSink extends OutputSink {
  /** There is a difference, and enough was seen behind it. */
  isEnough(): boolean;
  result(): OutputCheck;
}

export function createCheckSink(input: ByteSource, recordEnd: RecordEnd): CheckSink {
  const comparer = createComparer(input, recordEnd);
  let sizeBytes = 0;
  let wasEnough = false;
  return {
    write(bytes) {
      comparer.compare(bytes, sizeBytes);
      sizeBytes += bytes.length;
    },
    isEnough() {
      const at = comparer.differsAt();
      wasEnough ||= at !== null && sizeBytes - at >= LOOKED_ON_BYTES;
      return wasEnough;
    },
    finish() {
      if (!wasEnough) comparer.end(sizeBytes);
      return { ...EMPTY_MARK, sizeBytes };
    },
    discard() {},
    result: () => ({ difference: comparer.describe(), isWhole: !wasEnough }),
  };
}
