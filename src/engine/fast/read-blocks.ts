/**
 * From an input to indexed blocks. An input that fits stays in memory, so that every pass finds its
 * blocks as the one before left them; a larger one is read and indexed anew by each pass.
 */
import { isUtf8 } from 'node:buffer';
import { release } from '../../base/memory-budget.js';
import { lineEndByte } from '../../csv/dialect.js';
import { createScannedRecord, scanRecord } from '../../csv/scan-fields.js';
import { isStream, readFully } from '../byte-source.js';
import { checkEncoding, refuseNotUtf8, refuseSignatures } from '../check-encoding.js';
import { longestQuoted, type RecordPosition, recordTooLong } from '../walk-records.js';
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
    block.number = blocks.length;
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
  const fetch = isStream(source) ? fetchWhatIsThere : fetchFull;
  const bottom = arena.used;
  const roomBottom = markRoom(arena.kept);
  let at = range.start;
  let room = context.blockBytes ?? BLOCK_BYTES;
  let number = 0;
  if (at.offsetBytes === header.dataStart.offsetBytes) refuseOtherLead(reader);
  try {
    for (let isOver = at.offsetBytes >= range.endBytes; !isOver; ) {
      source.release?.(at.offsetBytes);
      const address = allocate(arena, budget, room + PADDING_BYTES, 'read buffers');
      const { block, isEnd } = fetch(reader, address, room, at);
      isOver = isEnd;
      if (block !== null) {
        const bytes = bytesIn(arena, address, block.lengthBytes);
        refuseOtherText(reader, bytes, at.offsetBytes, () => at.line);
        block.number = number++;
        yield block;
        const offsetBytes = at.offsetBytes + block.lengthBytes;
        at = { offsetBytes, line: at.line + countLines(block, 0, block.lengthBytes) };
        isOver ||= offsetBytes >= range.endBytes;
        release(budget, block.heldBytes);
        freeRoom(arena.kept, roomBottom);
      } else if (!isEnd) {
        refuseLongRecord(reader, room, at.offsetBytes, () => at.line);
        room *= 2;
      }
      freeFrom(arena, budget, bottom);
    }
  } finally {
    reader.end = at;
    freeFrom(arena, budget, bottom);
  }
}

/** What was read and indexed at some address; no block where no record was complete. */
interface Fetched {
  readonly block: Block | null;
  /** Nothing comes behind it. */
  readonly isEnd: boolean;
}

/** Fills the room from a file, as far as the range goes. */
function fetchFull(
  reader: BlockReader,
  address: number,
  room: number,
  { offsetBytes, line }: RecordPosition,
): Fetched {
  const wanted = Math.min(room, reader.range.endBytes - offsetBytes);
  const length = readFully(reader.source, bytesIn(reader.arena, address, wanted), offsetBytes);
  if (length === 0) return { block: null, isEnd: true };
  const isLast = length < wanted;
  const block = indexBlock(reader, address, length, isLast, offsetBytes, line, null);
  if (block !== null || wanted === room) return { block, isEnd: false };
  return { block: indexOverhang(reader, address, room, wanted, offsetBytes, line), isEnd: false };
}

/** From a pipe: whatever whole records are there make a block, so that none has to wait. */
function fetchWhatIsThere(
  reader: BlockReader,
  address: number,
  room: number,
  { offsetBytes, line }: RecordPosition,
): Fetched {
  const lineEnd = lineEndByte(reader.context.dialect.recordEnd);
  let block: Block | null = null;
  let isOver = false;
  let length = 0;
  let looked = 0;
  while (block === null && !isOver && length < room) {
    const bytes = bytesIn(reader.arena, address + length, room - length);
    const more = reader.source.read(bytes, offsetBytes + length);
    isOver = more === 0;
    // A long record is not looked at again for each of its pieces.
    const isWorth = isOver || length + more >= 2 * looked || length < LONG_RECORD_BYTES;
    const mayEnd = isOver || length + more === room || bytes.subarray(0, more).includes(lineEnd);
    length += more;
    if (!isWorth || !mayEnd || length === 0) continue;
    looked = length;
    block = indexBlock(reader, address, length, isOver, offsetBytes, line, null);
  }
  return { block, isEnd: isOver && (block === null || block.lengthBytes === length) };
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
  const { dialect } = context;
  const record = createScannedRecord();
  let searched = 0;
  for (let wanted = left + OVERHANG_BYTES; ; wanted *= 4) {
    const bytes = bytesIn(arena, address, Math.min(wanted, room));
    const length = readFully(source, bytes, offset);
    const isLast = length < bytes.length;
    const there = bytes.subarray(0, length);
    // A long record is not scanned again for what cannot end it.
    const mayEnd = isLast || there.includes(lineEndByte(dialect.recordEnd), searched);
    searched = length;
    if (mayEnd && scanRecord(there, 0, dialect, isLast, record, longestQuoted(context))) {
      // The record is whole, so that it reads the same as if nothing came behind it.
      return indexBlock(reader, address, record.nextStart, true, offset, firstLine, null);
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
  if (context.layout.rejectsBadBytes || isUtf8(bytes)) return;
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
