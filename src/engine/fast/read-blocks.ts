/**
 * From an input to indexed blocks. An input that fits stays in memory, so that every pass finds its
 * blocks as the one before left them; a larger one is read and indexed anew by each pass.
 */
import { isUtf8 } from 'node:buffer';
import { release } from '../../base/memory-budget.js';
import { CR, LF } from '../../csv/dialect.js';
import { createScannedRecord, scanRecord } from '../../csv/scan-fields.js';
import { isStream, readFully } from '../byte-source.js';
import { checkEncoding, refuseNotUtf8, refuseSignatures } from '../check-encoding.js';
import { recordTooLong } from '../walk-records.js';
import { allocate, bytesIn, freeFrom } from './arena.js';
import { freeRoom, markRoom } from './array-room.js';
import { type Block, countLines, lineAt } from './block.js';
import type { BlockReader } from './block-reader.js';
import { indexBlock, PADDING_BYTES } from './index-block.js';

/** Small enough that a block, its lists and its output stay in a core's cache. */
const BLOCK_BYTES = 1 << 19;
/** What is read first behind a span, to find the end of its last record. */
const OVERHANG_BYTES = 1 << 12;
/** Shorter pieces of a stream are looked at for whole records however often they come. */
const LONG_RECORD_BYTES = 1 << 20;

/** All blocks in order. One of an input that does not stay is valid until the next. */
export function* readBlocks(reader: BlockReader): Generator<Block> {
  if (reader.resident !== null) {
    yield* reader.resident;
  } else if (reader.staysInMemory) {
    yield* loadWhole(reader);
  } else if (isStream(reader.source)) {
    yield* loadAsItComes(reader);
  } else {
    yield* loadInTurn(reader);
  }
}

/**
 * Reads one block behind the other, and keeps them: what is indexed and first looked at is still in
 * a core's cache.
 */
function* loadWhole(reader: BlockReader): Generator<Block> {
  const { arena, source, context } = reader;
  const blocks: Block[] = [];
  let size = source.sizeBytes;
  const address = allocate(arena, context.budget, size + PADDING_BYTES, 'read buffers');
  const check = (from: number, to: number): void =>
    refuseOtherText(reader, bytesIn(arena, address + from, to - from), from, () => 1);
  let room = context.blockBytes ?? BLOCK_BYTES;
  let offset = reader.header.dataStart.offsetBytes;
  let filled = 0;
  let checked = 0;
  for (;;) {
    const wanted = Math.min(Math.max(filled, offset + room), size);
    filled += readFully(source, bytesIn(arena, address + filled, wanted - filled), filled);
    if (filled < wanted) size = filled;
    if (offset >= filled) break;
    const previous = blocks.at(-1) ?? null;
    const length = filled - offset;
    // Counted only when someone asks for a later one.
    const firstLine = previous === null ? reader.header.dataStart.line : null;
    const isLast = filled === size;
    const at = address + offset;
    const block = indexBlock(reader, at, length, isLast, offset, firstLine, previous);
    if (block === null) {
      refuseLongRecord(
        reader,
        length,
        offset,
        () => firstLine ?? lineAt(previous!, previous!.lengthBytes),
      );
      room *= 2;
      continue;
    }
    offset += block.lengthBytes;
    check(checked, offset);
    checked = offset;
    blocks.push(block);
    yield block;
  }
  // Where there is no block: what stands before the first record.
  check(checked, filled);
  reader.resident = blocks;
}

/** Reads a block at a time to the same place, up to the last record that starts in the range. */
function* loadInTurn(reader: BlockReader): Generator<Block> {
  const { arena, source, context, header, range } = reader;
  const { budget } = context;
  const bottom = arena.used;
  const roomBottom = markRoom(arena.kept);
  let { offsetBytes: offset, line: firstLine } = range.start;
  let room = context.blockBytes ?? BLOCK_BYTES;
  if (offset === header.dataStart.offsetBytes) refuseOtherLead(reader);
  try {
    while (offset < range.endBytes) {
      const address = allocate(arena, budget, room + PADDING_BYTES, 'read buffers');
      const wanted = Math.min(room, range.endBytes - offset);
      const length = readFully(source, bytesIn(arena, address, wanted), offset);
      if (length === 0) break;
      const isLast = length < wanted;
      let block = indexBlock(reader, address, length, isLast, offset, firstLine, null);
      if (block === null && wanted < room) {
        block = indexOverhang(reader, address, room, wanted, offset, firstLine);
      }
      if (block === null) {
        refuseLongRecord(reader, room, offset, () => firstLine);
        room *= 2;
      } else {
        refuseOtherText(
          reader,
          bytesIn(arena, address, block.lengthBytes),
          offset,
          () => firstLine,
        );
        yield block;
        offset += block.lengthBytes;
        firstLine += countLines(block, 0, block.lengthBytes);
        release(budget, block.heldBytes);
        freeRoom(arena.kept, roomBottom);
      }
      freeFrom(arena, budget, bottom);
    }
  } finally {
    reader.end = { offsetBytes: offset, line: firstLine };
    freeFrom(arena, budget, bottom);
  }
}

/** Reads from a pipe: whatever whole records are there make a block, so that none has to wait. */
function* loadAsItComes(reader: BlockReader): Generator<Block> {
  const { arena, source, context, range } = reader;
  const { budget, dialect } = context;
  const lineEnd = dialect.recordEnd === 'cr' ? CR : LF;
  const bottom = arena.used;
  const roomBottom = markRoom(arena.kept);
  let { offsetBytes: offset, line: firstLine } = range.start;
  let room = context.blockBytes ?? BLOCK_BYTES;
  refuseOtherLead(reader);
  try {
    for (let isOver = false; !isOver; ) {
      source.release!(offset);
      const address = allocate(arena, budget, room + PADDING_BYTES, 'read buffers');
      let block: Block | null = null;
      let length = 0;
      let looked = 0;
      while (block === null && !isOver && length < room) {
        const bytes = bytesIn(arena, address + length, room - length);
        const more = source.read(bytes, offset + length);
        isOver = more === 0;
        // A long record is not looked at again for each of its pieces.
        const isWorth = isOver || length + more >= 2 * looked || length < LONG_RECORD_BYTES;
        const mayEnd =
          isOver || length + more === room || bytes.subarray(0, more).includes(lineEnd);
        length += more;
        if (!isWorth || !mayEnd || length === 0) continue;
        looked = length;
        block = indexBlock(reader, address, length, isOver, offset, firstLine, null);
      }
      if (block !== null) {
        refuseOtherText(
          reader,
          bytesIn(arena, address, block.lengthBytes),
          offset,
          () => firstLine,
        );
        yield block;
        offset += block.lengthBytes;
        firstLine += countLines(block, 0, block.lengthBytes);
        isOver &&= block.lengthBytes === length;
        release(budget, block.heldBytes);
        freeRoom(arena.kept, roomBottom);
      } else if (!isOver) {
        refuseLongRecord(reader, room, offset, () => firstLine);
        room *= 2;
      }
      freeFrom(arena, budget, bottom);
    }
  } finally {
    freeFrom(arena, budget, bottom);
  }
}

/**
 * The one record at `offset` that starts `left` bytes before the end of the range and ends behind
 * it; null when `room` does not hold it.
 */
function indexOverhang(
  reader: BlockReader,
  address: number,
  room: number,
  left: number,
  offset: number,
  firstLine: number,
): Block | null {
  const { arena, source, context } = reader;
  const record = createScannedRecord();
  for (let wanted = left + OVERHANG_BYTES; ; wanted *= 4) {
    const bytes = bytesIn(arena, address, Math.min(wanted, room));
    const length = readFully(source, bytes, offset);
    const isLast = length < bytes.length;
    if (scanRecord(bytes.subarray(0, length), 0, context.dialect, isLast, record)) {
      const { nextStart } = record;
      const isEnd = isLast && nextStart === length;
      return indexBlock(reader, address, nextStart, isEnd, offset, firstLine, null);
    }
    if (wanted >= room) return null;
  }
}

/** Checks what stands before the first data record: no block holds it. */
function refuseOtherLead(reader: BlockReader): void {
  const { source, header } = reader;
  const lead = Buffer.alloc(header.dataStart.offsetBytes);
  readFully(source, lead, 0);
  if (lead.length > 0) refuseOtherText(reader, lead, 0, () => 1);
}

/**
 * Refuses bytes of whole records that are no text. The slow check says where and why, and what of
 * a file stands before it; a stream has no before.
 */
function refuseOtherText(
  { source, context, range }: BlockReader,
  bytes: Uint8Array,
  offset: number,
  lineOf: () => number,
): void {
  const { recordEnd } = context.dialect;
  if (range.isKnownText) return;
  if (offset === 0) refuseSignatures(bytes);
  if (isUtf8(bytes)) return;
  if (isStream(source)) refuseNotUtf8(bytes, { offsetBytes: offset, line: lineOf() }, recordEnd);
  else checkEncoding(source, recordEnd);
}

/**
 * @param lineOf gives the line of the record that fills `length` bytes.
 * @throws CsvcleanError RECORD_TOO_LONG when it is too long.
 */
function refuseLongRecord(
  reader: BlockReader,
  length: number,
  offsetBytes: number,
  lineOf: () => number,
): void {
  const { maxRecordBytes } = reader.context;
  // Two bytes more than the limit: a record's line end may be two bytes long.
  if (length <= maxRecordBytes + 2) return;
  throw recordTooLong(maxRecordBytes, lineOf(), offsetBytes);
}
