/** What blocks are read from: an input whole, or the records of one span of it. */
import type { ByteSource } from '../byte-source.js';
import { keyPlans } from '../plan-keys.js';
import type { TablePlan } from '../plan-table.js';
import type { Header, WalkContext } from '../read-header.js';
import type { RecordRange } from '../split/span.js';
import type { RecordPosition } from '../walk-records.js';
import type { Arena } from './arena.js';
import type { Block } from './block.js';

export interface BlockReader {
  readonly arena: Arena;
  readonly source: ByteSource;
  readonly context: FastContext;
  readonly header: Header;
  readonly plan: TablePlan;
  /** Which records are read. */
  readonly range: RecordRange;
  /** All blocks once read, when the input stays in memory. */
  resident: readonly Block[] | null;
  readonly staysInMemory: boolean;
  /** The first record that was not read, once a pass that reads in turn is over. */
  end: RecordPosition;
}

/** Sizes may be set by tests, which must see no difference. */
export interface FastContext extends WalkContext {
  readonly blockBytes?: number;
  readonly residentBytes?: number;
  readonly outputBytes?: number;
  /** Room for keys that do not stay in memory. */
  readonly sectionBytes?: number;
}

/** Inputs up to this size stay in memory, if the budget holds them with lists and columns. */
const RESIDENT_BYTES = 1 << 26;
const BYTES_HELD_PER_BYTE = 8;
/** With keys and the table that finds equal ones. */
const BYTES_HELD_WITH_KEYS = 16;

/** Reads all records behind the header. */
export function createBlockReader(
  arena: Arena,
  source: ByteSource,
  header: Header,
  plan: TablePlan,
  context: FastContext,
): BlockReader {
  const limit = context.residentBytes ?? RESIDENT_BYTES;
  const heldPerByte = keyPlans(plan).length === 0 ? BYTES_HELD_PER_BYTE : BYTES_HELD_WITH_KEYS;
  const holds = source.sizeBytes * heldPerByte <= context.budget.limitBytes;
  const range = { start: header.dataStart, endBytes: Number.POSITIVE_INFINITY, isKnownText: false };
  const staysInMemory = source.sizeBytes <= limit && holds;
  return { ...createRangeReader(arena, source, header, plan, context, range), staysInMemory };
}

/** Reads the records that start in `range`, anew with each pass. */
export function createRangeReader(
  arena: Arena,
  source: ByteSource,
  header: Header,
  plan: TablePlan,
  context: FastContext,
  range: RecordRange,
): BlockReader {
  return {
    ...{ arena, source, context, header, plan, range },
    resident: null,
    staysInMemory: false,
    end: range.start,
  };
}
