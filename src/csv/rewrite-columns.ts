/**
 * Gives the records of a table other columns: some in another order, some empty, some the same in
 * every record. Reads what csvclean itself wrote: RFC 4180, every record as wide as the header.
 */
import { COMMA, DOUBLE_QUOTE, LF } from './dialect.js';

/** What stands in a new column: a field of the old records, by its place, or these bytes. */
export type FieldSource = number | Uint8Array;

/** Takes records in any pieces; hands on what they become. `sink` must not keep what it gets. */
export interface ColumnRewriter {
  write(bytes: Uint8Array): void;
  /** To be called behind the last record. */
  flush(): void;
}

const ROOM_BYTES = 1 << 18;

/** @param width fields of an old record. */
export function rewriteColumns(
  sources: readonly FieldSource[],
  width: number,
  sink: (bytes: Uint8Array) => void,
): ColumnRewriter {
  const starts = new Int32Array(width);
  const ends = new Int32Array(width);
  /** What is not worked off yet: the record at hand, as far as it came. */
  let held: Buffer = Buffer.alloc(0);
  let room: Buffer = Buffer.allocUnsafeSlow(ROOM_BYTES);
  let used = 0;
  const flush = (): void => {
    if (used > 0) sink(room.subarray(0, used));
    used = 0;
  };
  const runs = runsOf(sources);
  const append = (bytes: Buffer, start: number, end: number): void => {
    const length = end - start;
    if (used + length + 1 > room.length) flush();
    if (length + 1 > room.length) room = Buffer.allocUnsafeSlow(2 * length + 1);
    bytes.copy(room, used, start, end);
    used += length;
  };
  const emit = (bytes: Buffer): void => {
    for (let i = 0; i < runs.length; i++) {
      if (i > 0) room[used++] = COMMA;
      const { first, last, same } = runs[i]!;
      if (same !== null) append(same, 0, same.length);
      else {
        const start = starts[first]!;
        const end = ends[last]!;
        append(bytes, start, isEmptyAlone(bytes, start, end, width) ? start : end);
      }
    }
    // Each run leaves room for the byte behind it.
    room[used++] = LF;
  };
  return {
    write(bytes) {
      const { buffer, byteOffset, length } = bytes;
      const given = Buffer.from(buffer, byteOffset, length);
      const all = held.length === 0 ? given : Buffer.concat([held, given]);
      const done = walk(all, starts, ends, emit);
      held = Buffer.from(all.subarray(done));
    },
    flush,
  };
}

/** Neighbouring fields, which are copied as one with the commas between, or the same bytes. */
interface FieldRun {
  readonly first: number;
  last: number;
  readonly same: Buffer | null;
}

function runsOf(sources: readonly FieldSource[]): readonly FieldRun[] {
  const runs: FieldRun[] = [];
  for (const source of sources) {
    const before = runs.at(-1);
    if (typeof source !== 'number') runs.push({ first: -1, last: -1, same: Buffer.from(source) });
    else if (before !== undefined && before.same === null && before.last === source - 1) {
      before.last = source;
    } else runs.push({ first: source, last: source, same: null });
  }
  return runs;
}

/** In a table of one column an empty cell stands in quotes, so that its record is no blank line. */
function isEmptyAlone(bytes: Uint8Array, start: number, end: number, width: number): boolean {
  return width === 1 && end - start === 2 && bytes[start] === DOUBLE_QUOTE;
}

/** @returns where the first record begins that does not end here. */
function walk(
  bytes: Buffer,
  starts: Int32Array,
  ends: Int32Array,
  emit: (bytes: Buffer) => void,
): number {
  let recordStart = 0;
  let fieldStart = 0;
  let field = 0;
  let isQuoted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === DOUBLE_QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted && (byte === COMMA || byte === LF)) {
      starts[field] = fieldStart;
      ends[field] = i;
      field++;
      fieldStart = i + 1;
      if (byte === LF) {
        emit(bytes);
        field = 0;
        recordStart = i + 1;
      }
    }
  }
  return recordStart;
}
