/**
 * A block: whole records of an input in the kernel's memory, with the lists that find their fields,
 * and what the steps have found out about them so far. A record is a number from 0; nothing is made
 * for it until someone looks at it alone.
 */
import { LF, lineEndByte } from '../../csv/dialect.js';
import { createScannedRecord, scanRecord } from '../../csv/scan-fields.js';
import type { Numbers } from '../expression/vector/vectors.js';
import type { DedupPlan } from '../plan-keys.js';
import type { WalkContext } from '../read-header.js';
import { longestQuoted, type WalkedRecord } from '../walk-records.js';
import { type Arena, bytesIn, wordsIn } from './arena.js';
import type { BlockValues } from './block-values.js';

/**
 * What becomes of a record, as far as structure, schema, filter and `--dedup` say. The kernel
 * selects what is 0.
 */
export const KEPT = 0;
export const BLANK_ROW = 1;
export const FILTERED = 2;
export const REJECTED = 3;
export const DUPLICATE = 4;
/** A value of it stands in an earlier record, where no value may come twice. */
export const REPEATED = 5;

/** The records that others make superfluous, in order, and the lines of those that stay. */
export interface Twins {
  /** Whose keys they share. */
  readonly of: DedupPlan;
  readonly records: Uint32Array;
  readonly lines: Float64Array;
}

export interface Block {
  readonly arena: Arena;
  readonly context: WalkContext;
  /** The block before it in memory, where line numbers are counted on from. */
  readonly previous: Block | null;
  /** Line of the first record, 1-based; null until someone asks. */
  firstLine: number | null;
  /** How far lines were counted, since records are mostly asked for in order. */
  readonly cursor: { position: number; line: number | null };
  /** Address of the first byte. */
  readonly source: number;
  readonly lengthBytes: number;
  /** Where it lies in the input. */
  readonly offsetBytes: number;
  readonly recordCount: number;
  /** Addresses of the lists of `indexRecords`. */
  readonly fieldEnds: number;
  readonly recordFields: number;
  readonly flagsAt: number;
  /** The kernel's flags of each record. */
  readonly flags: Uint8Array;
  /** KEPT … REPEATED of each record. */
  readonly fates: Uint8Array;
  /** Columns read as numbers so far. */
  readonly numbers: Map<number, Numbers>;
  /** What `numbers` took from the budget. */
  heldBytes: number;
  /** Whether a record is odd. */
  hasOdd: boolean;
  /** Whether a record that is not odd is not written as it stands. */
  hasMends: boolean;
  /** Whether a record that is not odd is SHORT, LONG or STRAY. */
  hasRepairs: boolean;
  isFiltered: boolean;
  /** Of its duplicates and repeated values, by each plan of keys that finds some. */
  readonly twins: Twins[];
  /** Held against the schema. */
  isChecked: boolean;
  /** Records of which the schema has emptied a cell, by column. All are odd. */
  readonly emptied: Map<number, Set<number>>;
  /** Its place among the blocks of its range, from 0. */
  number: number;
  /** Group of each kept record, once they are numbered. */
  groups: Int32Array | null;
  /** Made on demand, and anew when the memory has grown. */
  views: BlockViews | null;
  /** Cells whose values rules have changed, once they are; null where there are no such rules. */
  values: BlockValues | null;
}

/** A block's bytes and lists as arrays over the kernel's memory. */
interface BlockViews {
  readonly bytes: Buffer;
  /** Where each field ends. */
  readonly fieldEnds: Uint32Array;
  /** How many there are up to and with each record. */
  readonly recordFields: Uint32Array;
}

/** Not to be kept: they move when the memory grows. */
export function viewsOf(block: Block): BlockViews {
  const { arena, recordCount, views } = block;
  if (views !== null && !areMoved(block, views)) return views;
  const recordFields = wordsIn(arena, block.recordFields, recordCount);
  const fieldCount = recordCount === 0 ? 0 : recordFields[recordCount - 1]!;
  block.views = {
    bytes: bytesIn(arena, block.source, block.lengthBytes),
    fieldEnds: wordsIn(arena, block.fieldEnds, fieldCount),
    recordFields,
  };
  return block.views;
}

/** Memory that grows leaves its views behind without a byte: to ask that costs no call. */
export function areMoved({ lengthBytes }: Block, { bytes }: BlockViews): boolean {
  return bytes.length !== lengthBytes;
}

/** Changes what the kernel says of a record. */
export function setFlags(block: Block, record: number, flags: number): void {
  block.flags[record] = flags;
  bytesIn(block.arena, block.flagsAt, block.recordCount)[record] = flags;
}

/** Where record `record` starts in the block. */
export function startOfRecord(block: Block, record: number): number {
  if (record === 0) return 0;
  const { recordFields, fieldEnds, bytes } = viewsOf(block);
  const end = fieldEnds[recordFields[record - 1]! - 1]!;
  const isOneByte = block.context.dialect.recordEnd === 'cr' || bytes[end] === LF;
  return end + (isOneByte ? 1 : 2);
}

/** The record looked at alone, as the scalar scanner finds it. */
export function walkedAt(block: Block, record: number): WalkedRecord {
  const { dialect } = block.context;
  const { bytes } = viewsOf(block);
  const start = startOfRecord(block, record);
  const scanned = createScannedRecord();
  scanRecord(bytes, start, dialect, true, scanned, longestQuoted(block.context));
  const line = lineAt(block, start);
  return {
    bytes,
    record: scanned,
    start,
    line,
    offsetBytes: block.offsetBytes + start,
    next: {
      offsetBytes: block.offsetBytes + scanned.nextStart,
      line: line + countLines(block, start, scanned.nextStart),
    },
  };
}

/** The 1-based line of the byte at `position` in the block. */
export function lineAt(block: Block, position: number): number {
  const { cursor } = block;
  if (cursor.line === null || position < cursor.position) {
    cursor.position = 0;
    cursor.line = firstLineOf(block);
  }
  cursor.line += countLines(block, cursor.position, position);
  cursor.position = position;
  return cursor.line;
}

/** Counts on from the last block whose line is known. */
function firstLineOf(block: Block): number {
  const unknown: Block[] = [];
  let known = block;
  while (known.firstLine === null) {
    unknown.push(known);
    known = known.previous!;
  }
  for (const next of unknown.reverse()) {
    next.firstLine = known.firstLine! + countLines(known, 0, known.lengthBytes);
    known = next;
  }
  return block.firstLine!;
}

/** Line ends between two positions of the block. */
export function countLines(block: Block, start: number, end: number): number {
  const lineEnd = lineEndByte(block.context.dialect.recordEnd);
  const { exports } = block.arena.kernel;
  return exports.countBytes(block.source + start, end - start, lineEnd);
}
