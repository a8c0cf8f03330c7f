/**
 * Finds the duplicates among the keys of one part of the hashes, in all streams of an input, and
 * writes them to a stream of results: block for block, u32 record, u32 nothing, f64 the line of the
 * row that stays; behind them an f64 for each block and the end, its offset.
 */
import { type MemoryBudget, release } from '../../../base/memory-budget.js';
import type { DedupKeep } from '../../rules.js';
import type { KeyStream } from '../../settled.js';
import type { Spill, SpillWriter } from '../../spill.js';
import { type Arena, allocate, bytesIn, freeFrom, wordsIn } from '../arena.js';
import { asBytes, type KeyRange, ROW_BYTES, rangesOf, rowBytes } from './key-stream.js';
import { clearKeys, ensureKeys, enterKey, KEYS, type KeyTable } from './key-table.js';

export const RESULT_BYTES = 16;

/** What is merged. */
export interface PartRequest {
  /** In the order of the input. */
  readonly streams: readonly KeyStream[];
  readonly part: number;
  readonly keep: DedupKeep;
  readonly resultStream: number;
}

/** @throws CsvcleanError OUT_OF_MEMORY when the different keys of the part do not fit. */
export function mergePart(
  arena: Arena,
  budget: MemoryBudget,
  table: KeyTable,
  spill: Spill,
  request: PartRequest,
): void {
  const { keep, resultStream } = request;
  const bottom = arena.used;
  const before = budget.reservedBytes;
  clearKeys(table, budget);
  const writer = spill.create(resultStream);
  try {
    const results = createResults(writer);
    const seen = { arena, budget, table, keep, results: keep === 'first' ? results : null };
    for (const range of eachRange(seen, spill, request)) enterRange(seen, range);
    if (keep === 'last') {
      for (const range of eachRange(seen, spill, request)) findSuperfluous(seen, range, results);
    }
    results.finish();
  } finally {
    writer.end();
    freeFrom(arena, budget, bottom);
    release(budget, budget.reservedBytes - before);
  }
}

interface Merge {
  readonly arena: Arena;
  readonly budget: MemoryBudget;
  readonly table: KeyTable;
  readonly keep: DedupKeep;
  /** Where rows that come behind one of the same key are told; null: they are told later. */
  readonly results: Results | null;
}

/** A range in the kernel's memory, on top of what is used. */
interface LoadedRange extends KeyRange {
  readonly address: number;
}

/**
 * Loads one range after the other. Whoever takes it may leave keys at its beginning: what is used
 * of the arena says how much.
 */
function* eachRange(
  { arena, budget }: Merge,
  spill: Spill,
  { streams, part }: PartRequest,
): Generator<LoadedRange> {
  for (const { stream, blockCount } of streams) {
    const reader = spill.open(stream);
    try {
      for (const range of rangesOf(reader, blockCount, part)) {
        const address = allocate(arena, budget, range.lengthBytes, KEYS);
        reader.read(bytesIn(arena, address, range.lengthBytes), range.offsetBytes);
        yield { ...range, address };
      }
    } finally {
      reader.close();
    }
  }
}

/** Enters the rows of a range, and moves the keys that are new to its beginning. */
function enterRange(merge: Merge, { address, lengthBytes, firstLine }: LoadedRange): void {
  const { arena, budget, table, keep, results } = merge;
  ensureKeys(table, budget, Math.floor(lengthBytes / ROW_BYTES));
  const memory = new Uint8Array(arena.kernel.memory.buffer);
  const words = wordsIn(arena, address, lengthBytes >> 2);
  let kept = address;
  for (let at = 0; at < lengthBytes; ) {
    const word = at >> 2;
    const length = words[word + 2]!;
    const line = firstLine + words[word + 3]!;
    const record = words[word]!;
    const before = table.count;
    const start = address + at + ROW_BYTES;
    const entry = enterKey(table, memory, words[word + 1]!, start, length);
    if (entry === before) {
      // What lay before it was read, and is longer by the head of a row.
      memory.copyWithin(kept, start, start + length);
      table.starts[entry] = kept;
      table.lines[entry] = line;
      kept += length;
    } else if (keep === 'last') {
      table.lines[entry] = line;
    } else {
      results!.add(record, table.lines[entry]!);
    }
    at += rowBytes(length);
  }
  results?.endBlock();
  shrink(merge, kept);
}

/** Tells the rows of a range that are not the ones that stay. */
function findSuperfluous(
  merge: Merge,
  { address, lengthBytes, firstLine }: LoadedRange,
  results: Results,
): void {
  const { arena, table } = merge;
  const memory = new Uint8Array(arena.kernel.memory.buffer);
  const words = wordsIn(arena, address, lengthBytes >> 2);
  for (let at = 0; at < lengthBytes; ) {
    const word = at >> 2;
    const length = words[word + 2]!;
    const start = address + at + ROW_BYTES;
    const entry = enterKey(table, memory, words[word + 1]!, start, length);
    const twinLine = table.lines[entry]!;
    if (twinLine !== firstLine + words[word + 3]!) results.add(words[word]!, twinLine);
    at += rowBytes(length);
  }
  results.endBlock();
  shrink(merge, address);
}

const ALIGNMENT = 16;

/** Gives back what lies behind the kept keys. */
function shrink({ arena, budget }: Merge, kept: number): void {
  freeFrom(arena, budget, Math.ceil(kept / ALIGNMENT) * ALIGNMENT);
}

/** Gathers results, and writes them a piece at a time. */
interface Results {
  add(record: number, twinLine: number): void;
  endBlock(): void;
  finish(): void;
}

const ROOM_RESULTS = 1 << 12;

function createResults(writer: SpillWriter): Results {
  const room = new Float64Array(ROOM_RESULTS * 2);
  const words = new Uint32Array(room.buffer);
  const ends: number[] = [0];
  let count = 0;
  let written = 0;
  const flush = (): void => {
    writer.append(asBytes(room.subarray(0, count * 2)));
    written += count * RESULT_BYTES;
    count = 0;
  };
  return {
    add(record, twinLine) {
      if (count === ROOM_RESULTS) flush();
      words[count * 4] = record;
      room[count * 2 + 1] = twinLine;
      count++;
    },
    endBlock() {
      ends.push(written + count * RESULT_BYTES);
    },
    finish() {
      flush();
      writer.append(asBytes(Float64Array.from(ends)));
    },
  };
}
