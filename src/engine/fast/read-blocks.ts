/**
 * From an input to indexed blocks. An input that fits stays in memory, so that every pass finds its
 * blocks as the one before left them; a larger one is read and indexed anew by each pass.
 */
import { isUtf8 } from 'node:buffer';
import { release } from '../../base/memory-budget.js';
import { NO_QUOTE } from '../../csv/dialect.js';
import { type ByteSource, readFully } from '../byte-source.js';
import { checkEncoding, refuseSignatures } from '../check-encoding.js';
import type { TablePlan } from '../plan-table.js';
import type { Header, WalkContext } from '../read-header.js';
import { recordTooLong } from '../walk-records.js';
import { type Arena, allocate, bytesIn, ensureRoom, freeFrom } from './arena.js';
import { freeRoom, markRoom, takeBytes } from './array-room.js';
import { type Block, countLines, lineAt } from './block.js';
import { settleStructure } from './settle-structure.js';

export interface BlockReader {
  readonly arena: Arena;
  readonly source: ByteSource;
  readonly context: FastContext;
  readonly header: Header;
  readonly plan: TablePlan;
  /** All blocks once read, when the input stays in memory. */
  resident: readonly Block[] | null;
  readonly staysInMemory: boolean;
}

/** Sizes may be set by tests, which must see no difference. */
export interface FastContext extends WalkContext {
  readonly blockBytes?: number;
  readonly residentBytes?: number;
  readonly outputBytes?: number;
}

/** Small enough that a block, its lists and its output stay in a core's cache. */
const BLOCK_BYTES = 1 << 19;
/** Inputs up to this size stay in memory, if the budget holds them with lists and columns. */
const RESIDENT_BYTES = 1 << 26;
const BYTES_HELD_PER_BYTE = 8;
/** The kernel reads whole steps of 64 bytes. */
const PADDING_BYTES = 64;
/** Room for the lists of a block, in bytes for each of its bytes: two of u32, one of bytes. */
const LIST_BYTES_PER_BYTE = 9;

export function createBlockReader(
  arena: Arena,
  source: ByteSource,
  header: Header,
  plan: TablePlan,
  context: FastContext,
): BlockReader {
  const limit = context.residentBytes ?? RESIDENT_BYTES;
  const holds = source.sizeBytes * BYTES_HELD_PER_BYTE <= context.budget.limitBytes;
  const staysInMemory = source.sizeBytes <= limit && holds;
  return { arena, source, context, header, plan, resident: null, staysInMemory };
}

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
    refuseOtherText(reader, bytesIn(arena, address + from, to - from), from);
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

/** Reads a block at a time to the same place. */
function* loadInTurn(reader: BlockReader): Generator<Block> {
  const { arena, source, context } = reader;
  const { budget } = context;
  const bottom = arena.used;
  const roomBottom = markRoom(arena.kept);
  let offset = reader.header.dataStart.offsetBytes;
  let firstLine = reader.header.dataStart.line;
  let room = context.blockBytes ?? BLOCK_BYTES;
  try {
    for (;;) {
      const address = allocate(arena, budget, room + PADDING_BYTES, 'read buffers');
      const length = readFully(source, bytesIn(arena, address, room), offset);
      if (length === 0) return;
      const isLast = length < room;
      const block = indexBlock(reader, address, length, isLast, offset, firstLine, null);
      if (block === null) {
        refuseLongRecord(reader, length, offset, () => firstLine);
        room *= 2;
      } else {
        refuseOtherText(reader, bytesIn(arena, address, block.lengthBytes), offset);
        yield block;
        offset += block.lengthBytes;
        firstLine += countLines(block, 0, block.lengthBytes);
        release(budget, block.heldBytes);
        freeRoom(arena.kept, roomBottom);
      }
      freeFrom(arena, budget, bottom);
    }
  } finally {
    freeFrom(arena, budget, bottom);
  }
}

/** Bytes that begin with a record are no text: the slow check says where and why. */
function refuseOtherText(reader: BlockReader, bytes: Uint8Array, offset: number): void {
  if (offset === 0) refuseSignatures(bytes);
  if (!isUtf8(bytes)) checkEncoding(reader.source, reader.context.dialect.recordEnd);
}

/**
 * The complete records among `length` bytes at `address`, indexed and judged by their structure;
 * null when not even one is complete.
 */
function indexBlock(
  reader: BlockReader,
  address: number,
  length: number,
  isLast: boolean,
  offsetBytes: number,
  firstLine: number | null,
  previous: Block | null,
): Block | null {
  const { arena, context, plan } = reader;
  const { delimiter, quote, recordEnd } = context.dialect;
  const { exports } = arena.kernel;
  ensureRoom(arena, (length + PADDING_BYTES) * LIST_BYTES_PER_BYTE);
  const fieldEnds = arena.used;
  const recordFields = fieldEnds + (length + PADDING_BYTES) * 4;
  const flagsAt = recordFields + (length + PADDING_BYTES) * 4;
  const recordCount = exports.indexRecords(
    address,
    length,
    isLast ? 1 : 0,
    delimiter,
    quote === NO_QUOTE ? -1 : quote,
    recordEnd === 'cr' ? 1 : 0,
    plan.columns.length,
    Math.min(context.rules.maxFieldBytes, context.maxRecordBytes),
    fieldEnds,
    recordFields,
    flagsAt,
  );
  if (recordCount === 0) return null;
  const lists = moveLists(reader, fieldEnds, recordFields, flagsAt, recordCount);
  const flags = takeBytes(arena.kept, recordCount);
  flags.set(bytesIn(arena, lists.flagsAt, recordCount));
  const block: Block = {
    arena,
    context,
    previous,
    firstLine,
    cursor: { position: 0, line: null },
    source: address,
    lengthBytes: exports.consumedBytes.value,
    offsetBytes,
    recordCount,
    ...lists,
    flags,
    fates: takeBytes(arena.kept, recordCount),
    numbers: new Map(),
    heldBytes: 0,
    hasOdd: false,
    hasMends: false,
    isFiltered: false,
    groups: null,
  };
  settleStructure(block, plan);
  return block;
}

/** Closes the gaps between the lists, so that they take no more than they hold. */
function moveLists(
  { arena, context }: BlockReader,
  fieldEnds: number,
  recordFields: number,
  flagsAt: number,
  recordCount: number,
) {
  const fieldBytes = arena.kernel.exports.fieldCount.value * 4;
  const size = fieldBytes + recordCount * 5;
  const at = allocate(arena, context.budget, size, 'the index of a block');
  const all = bytesIn(arena, 0, flagsAt + recordCount);
  all.copyWithin(at + fieldBytes, recordFields, recordFields + recordCount * 4);
  all.copyWithin(at + fieldBytes + recordCount * 4, flagsAt, flagsAt + recordCount);
  return {
    fieldEnds,
    recordFields: at + fieldBytes,
    flagsAt: at + fieldBytes + recordCount * 4,
  };
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
