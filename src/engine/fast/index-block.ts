/** From bytes in the kernel's memory to a block: fields and records found, structure judged. */
import { isUtf8 } from 'node:buffer';
import { NO_QUOTE } from '../../csv/dialect.js';
import { ODD } from '../../kernel/record-flags.js';
import type { RecordLead } from '../../kernel/record-lead.js';
import { isComment } from '../layout.js';
import { longestQuoted } from '../walk-records.js';
import { allocate, bytesIn, ensureRoom } from './arena.js';
import { takeBytes } from './array-room.js';
import { type Block, setFlags, startOfRecord, viewsOf } from './block.js';
import type { BlockReader } from './block-reader.js';
import { settleStructure } from './settle-structure.js';

/** The kernel reads whole steps of 64 bytes, so this much room lies behind the bytes. */
export const PADDING_BYTES = 64;
/** Room for the lists of a block, in bytes for each of its bytes: two of u32, one of bytes. */
const LIST_BYTES_PER_BYTE = 9;

/**
 * The complete records among `length` bytes at `address`, indexed and judged by their structure;
 * null when not even one is complete.
 */
export function indexBlock(
  reader: BlockReader,
  address: number,
  length: number,
  isLast: boolean,
  offsetBytes: number,
  firstLine: number | null,
  previous: Block | null,
): Block | null {
  const { arena, context, plan } = reader;
  const { exports } = arena.kernel;
  const index = indexBytes(reader, address, length, isLast);
  const { recordCount } = index;
  if (recordCount === 0) return null;
  const lists = moveLists(reader, index);
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
    ...{ numbers: new Map(), heldBytes: 0, isFiltered: false, groups: null, views: null },
    ...{ twins: [], number: 0, isChecked: false, emptied: new Map() },
    values: null,
    ...{ hasOdd: false, hasMends: false, hasRepairs: false },
  };
  markForLooks(block);
  settleStructure(block, plan);
  return block;
}

/** How many complete records there are, and the addresses of their lists, above what is used. */
interface IndexedBytes {
  readonly recordCount: number;
  readonly fieldEnds: number;
  readonly recordFields: number;
  readonly flagsAt: number;
}

/** The complete records among `length` bytes at `address`, as the kernel finds them. */
export function indexBytes(
  { arena, context, plan, header }: Pick<BlockReader, 'arena' | 'context' | 'plan' | 'header'>,
  address: number,
  length: number,
  isLast: boolean,
): IndexedBytes {
  const { delimiter, quote, recordEnd } = context.dialect;
  ensureRoom(arena, (length + PADDING_BYTES) * LIST_BYTES_PER_BYTE);
  const fieldEnds = arena.used;
  const recordFields = fieldEnds + (length + PADDING_BYTES) * 4;
  const flagsAt = recordFields + (length + PADDING_BYTES) * 4;
  const recordCount = arena.kernel.exports.indexRecords(
    address,
    length,
    isLast ? 1 : 0,
    delimiter,
    quote === NO_QUOTE ? -1 : quote,
    recordEnd === 'cr' ? 1 : 0,
    plan.columns.length,
    Math.min(context.rules.maxFieldBytes, context.maxRecordBytes),
    longestQuoted(context),
    ...wordsOf(header.lead),
    fieldEnds,
    recordFields,
    flagsAt,
  );
  return { recordCount, fieldEnds, recordFields, flagsAt };
}

function wordsOf({ low, high, maskLow, maskHigh }: RecordLead) {
  return [low, high, maskLow, maskHigh] as const;
}

/** Marks what the kernel cannot know: footer, comments, and records with bytes that are no text. */
function markForLooks(block: Block): void {
  const { layout } = block.context;
  const { footerStart, rejectsBadBytes, comment } = layout;
  const { offsetBytes, lengthBytes, recordCount } = block;
  const { bytes } = viewsOf(block);
  const hasFooter = footerStart !== null && offsetBytes + lengthBytes > footerStart;
  const hasBadBytes = rejectsBadBytes && !isUtf8(bytes);
  if (!hasFooter && !hasBadBytes && comment === null) return;
  for (let record = 0; record < recordCount; record++) {
    const start = startOfRecord(block, record);
    const end = record + 1 < recordCount ? startOfRecord(block, record + 1) : lengthBytes;
    const isFooter = hasFooter && offsetBytes + start >= footerStart;
    const isBad = hasBadBytes && !isUtf8(bytes.subarray(start, end));
    if (!isFooter && !isBad && !isComment({ bytes, start }, layout)) continue;
    setFlags(block, record, block.flags[record]! | ODD);
  }
}

/** Closes the gaps between the lists, so that they take no more than they hold. */
function moveLists(
  { arena, context }: BlockReader,
  { fieldEnds, recordFields, flagsAt, recordCount }: IndexedBytes,
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
