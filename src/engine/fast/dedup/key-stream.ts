/**
 * How keys that do not stay in memory are laid out in a stream, so that all keys of one part of the
 * hashes are read without the others: block for block, in each block part for part.
 *
 * A block: f64 its first line, then for each part and the end an f64, the offset in the stream;
 * then the rows, part by part, each with four u32 (record, hash, key's length, lines from the first
 * one) and its key, filled up to a multiple of four bytes. Behind the last block: an f64 for each,
 * its offset.
 */
import type { Selection } from '../../expression/vector/vectors.js';
import type { SpillReader, SpillWriter } from '../../spill.js';
import type { RowKeys } from './key-table.js';

export const ROW_BYTES = 16;
const DOUBLE_BYTES = 8;
const TWO_TO_32 = 2 ** 32;

/** How many bytes a row takes. */
export function rowBytes(keyLength: number): number {
  return ROW_BYTES + ((keyLength + 3) & ~3);
}

/** The part that a hash belongs to, by its highest bits: the lowest ones find it in a table. */
export function partOf(hash: number, partCount: number): number {
  return Math.floor((hash * partCount) / TWO_TO_32);
}

function headBytes(partCount: number): number {
  return (partCount + 2) * DOUBLE_BYTES;
}

/** A stream while it is written. */
export interface KeyWriter {
  add(memory: Uint8Array, keys: RowKeys, selection: Selection): void;
  /** @returns how many blocks there are. */
  finish(): number;
}

export function createKeyWriter(writer: SpillWriter, partCount: number): KeyWriter {
  const blockStarts: number[] = [];
  const cursors = new Float64Array(partCount + 1);
  let room = new ArrayBuffer(0);
  let written = 0;
  return {
    add(memory, keys, selection) {
      const size = headBytes(partCount) + layOut(keys, selection, partCount, cursors);
      if (room.byteLength < size) room = new ArrayBuffer(Math.ceil(size / 4096) * 4096);
      const firstLine = selection.count === 0 ? 1 : keys.lines[selection.rows[0]!]!;
      const head = new Float64Array(room, 0, partCount + 2);
      head[0] = firstLine;
      for (let part = 0; part <= partCount; part++) head[part + 1] = written + cursors[part]!;
      writeRows(room, memory, keys, selection, firstLine, partCount, cursors);
      blockStarts.push(written);
      writer.append(new Uint8Array(room, 0, size));
      written += size;
    },
    finish() {
      writer.append(new Uint8Array(Float64Array.from(blockStarts).buffer));
      return blockStarts.length;
    },
  };
}

/** Where each part begins in the block, behind its head; the end behind them. @returns the size. */
function layOut(
  { starts, ends, hashes }: RowKeys,
  { rows, count }: Selection,
  partCount: number,
  cursors: Float64Array,
): number {
  cursors.fill(0);
  for (let k = 0; k < count; k++) {
    const record = rows[k]!;
    const part = partOf(hashes[record]!, partCount);
    cursors[part]! += rowBytes(ends[record]! - starts[record]!);
  }
  let at = headBytes(partCount);
  for (let part = 0; part <= partCount; part++) {
    const size = cursors[part]!;
    cursors[part] = at;
    at += size;
  }
  return at - headBytes(partCount);
}

function writeRows(
  room: ArrayBuffer,
  memory: Uint8Array,
  { starts, ends, hashes, lines }: RowKeys,
  { rows, count }: Selection,
  firstLine: number,
  partCount: number,
  cursors: Float64Array,
): void {
  const words = new Uint32Array(room);
  const bytes = new Uint8Array(room);
  for (let k = 0; k < count; k++) {
    const record = rows[k]!;
    const start = starts[record]!;
    const length = ends[record]! - start;
    const hash = hashes[record]!;
    const part = partOf(hash, partCount);
    const at = cursors[part]!;
    cursors[part] = at + rowBytes(length);
    const word = at >> 2;
    words[word] = record;
    words[word + 1] = hash;
    words[word + 2] = length;
    words[word + 3] = lines[record]! - firstLine;
    const to = at + ROW_BYTES;
    for (let i = 0; i < length; i++) bytes[to + i] = memory[start + i]!;
  }
}

/** The rows of one part in one block. */
export interface KeyRange {
  readonly firstLine: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** The ranges of one part, one for each block of the stream. */
export function* rangesOf(
  reader: SpillReader,
  blockCount: number,
  part: number,
): Generator<KeyRange> {
  const blockStarts = new Float64Array(blockCount);
  reader.read(asBytes(blockStarts), reader.sizeBytes - blockCount * DOUBLE_BYTES);
  const line = new Float64Array(1);
  const bounds = new Float64Array(2);
  for (const start of blockStarts) {
    reader.read(asBytes(line), start);
    reader.read(asBytes(bounds), start + (part + 1) * DOUBLE_BYTES);
    const [from, to] = [bounds[0]!, bounds[1]!];
    yield { firstLine: line[0]!, offsetBytes: from, lengthBytes: to - from };
  }
}

/** The same memory as bytes. */
export function asBytes(doubles: Float64Array): Uint8Array {
  return new Uint8Array(doubles.buffer, doubles.byteOffset, doubles.byteLength);
}
