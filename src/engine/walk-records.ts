/**
 * Walks an input record by record through a window that moves over it. The window grows to hold the
 * longest record, never the whole input. Positions are the input's own.
 */
import { CsvcleanError } from '../base/error.js';
import { type MemoryBudget, release, reserve } from '../base/memory-budget.js';
import { byteOrderMarkLength } from '../csv/byte-order-mark.js';
import { countLineEnds } from '../csv/count-lines.js';
import type { Dialect } from '../csv/dialect.js';
import { createScannedRecord, type ScannedRecord, scanRecord } from '../csv/scan-fields.js';
import { type ByteSource, readAhead } from './byte-source.js';
import type { Rules } from './rules.js';

/** Where a record starts: 0-based byte offset, 1-based line. */
export interface RecordPosition {
  readonly offsetBytes: number;
  readonly line: number;
}

export const START: RecordPosition = { offsetBytes: 0, line: 1 };

/** A record in the window. `bytes` and `record` are valid until the walk goes on. */
export interface WalkedRecord extends RecordPosition {
  readonly bytes: Uint8Array;
  readonly record: ScannedRecord;
  /** Index of the record's first byte in `bytes`. */
  readonly start: number;
  readonly next: RecordPosition;
}

export interface WalkLimits {
  readonly dialect: Dialect;
  readonly budget: MemoryBudget;
  readonly maxRecordBytes: number;
  readonly rules: Pick<Rules, 'maxFieldBytes'>;
  /**
   * The window's first size, 3 or more: a byte order mark must fit. For tests, which must see no
   * difference.
   */
  readonly windowBytes?: number;
}

const WINDOW_BYTES = 1 << 18;
/** Where a quote is not closed within so many bytes, it is none, however long fields may be. */
const RUNAWAY_BYTES = 1 << 24;

/** How many bytes may stand between the quotes of a field with line ends in it. */
export function longestQuoted({
  rules,
  maxRecordBytes,
}: Pick<WalkLimits, 'rules' | 'maxRecordBytes'>): number {
  const longest = Math.max(RUNAWAY_BYTES, rules.maxFieldBytes);
  return Math.max(1, Math.min(longest, Math.floor(maxRecordBytes / 2)));
}

/**
 * Every record from `from` to the end, in order. A byte order mark at the very start is passed
 * over.
 * @throws CsvcleanError RECORD_TOO_LONG with the record's line and offset.
 */
export function* walkRecords(
  source: ByteSource,
  limits: WalkLimits,
  from: RecordPosition,
): Generator<WalkedRecord> {
  const { dialect } = limits;
  const record = createScannedRecord();
  const longest = longestQuoted(limits);
  let window = openWindow(source, limits, from.offsetBytes);
  let start = from.offsetBytes === 0 ? byteOrderMarkLength(window.bytes) : 0;
  let line = from.line;
  try {
    for (;;) {
      if (start === window.bytes.length && window.isLast) return;
      if (
        start === window.bytes.length ||
        !scanRecord(window.bytes, start, dialect, window.isLast, record, longest)
      ) {
        window = moveWindow(source, limits, window, start, line);
        start = 0;
        continue;
      }
      const offsetBytes = window.offsetBytes + start;
      const nextLine =
        line + countLineEnds(window.bytes, start, record.nextStart, dialect.recordEnd);
      const next = { offsetBytes: window.offsetBytes + record.nextStart, line: nextLine };
      if (record.contentEnd - start > limits.maxRecordBytes) {
        throw recordTooLong(limits.maxRecordBytes, line, offsetBytes);
      }
      yield { bytes: window.bytes, record, start, line, offsetBytes, next };
      start = record.nextStart;
      line = nextLine;
    }
  } finally {
    release(limits.budget, window.room.length);
  }
}

/** Part of the input in memory; `bytes` is the filled part of `room`. */
interface Window {
  readonly room: Uint8Array;
  readonly bytes: Uint8Array;
  readonly offsetBytes: number;
  readonly isLast: boolean;
}

function openWindow(source: ByteSource, limits: WalkLimits, offsetBytes: number): Window {
  const roomBytes = limits.windowBytes ?? WINDOW_BYTES;
  reserve(limits.budget, roomBytes, 'read buffers');
  return fillWindow(source, new Uint8Array(roomBytes), 0, offsetBytes);
}

/**
 * Drops what lies before `start` and reads on, into twice the room when one record fills half of
 * it.
 */
function moveWindow(
  source: ByteSource,
  limits: WalkLimits,
  window: Window,
  start: number,
  line: number,
): Window {
  const rest = window.bytes.subarray(start);
  const offsetBytes = window.offsetBytes + start;
  // Two bytes more than the limit: a record's line end may be two bytes long.
  if (rest.length > limits.maxRecordBytes + 2) {
    throw recordTooLong(limits.maxRecordBytes, line, offsetBytes);
  }
  let room = window.room;
  if (rest.length > room.length / 2) {
    reserve(limits.budget, room.length * 2, 'read buffers');
    room = new Uint8Array(room.length * 2);
    release(limits.budget, window.room.length);
  }
  room.set(rest);
  return fillWindow(source, room, rest.length, offsetBytes);
}

function fillWindow(
  source: ByteSource,
  room: Uint8Array,
  filledBytes: number,
  offsetBytes: number,
): Window {
  const rest = room.subarray(filledBytes);
  const { length, isEnd } = readAhead(source, rest, offsetBytes + filledBytes);
  return { room, bytes: room.subarray(0, filledBytes + length), offsetBytes, isLast: isEnd };
}

/** The error for a record beyond the limit. */
export function recordTooLong(limitBytes: number, line: number, byteOffset: number): CsvcleanError {
  return new CsvcleanError('RECORD_TOO_LONG', `a record is longer than ${limitBytes} bytes`, {
    line,
    byteOffset,
    remedy:
      'A quote is probably never closed from this record on: close it, or set --quote none. ' +
      'Raise --max-memory for records that are really so long.',
  });
}
