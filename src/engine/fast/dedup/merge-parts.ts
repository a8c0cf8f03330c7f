/**
 * Finds the duplicates among the keys of some neighbouring parts of the hashes, in all streams of
 * an input, and writes them to a stream of results: section for section a pair of f64 for each, its
 * line and that of the row that stays; behind them an f64 for each section and the end, its offset.
 */
import { type MemoryBudget, release } from '../../../base/memory-budget.js';
import type { DedupKeep } from '../../rules.js';
import type { Spill, SpillWriter } from '../../spill.js';
import type { MergeRequest } from '../../split/span-engine.js';
import { type Arena, freeFrom, wordsIn } from '../arena.js';
import { eachSection, HEAD_BYTES, rowBytes, type SectionRows } from './key-sections.js';
import { clearKeys, ensureKeys, enterKey, type KeyTable } from './key-table.js';

export const RESULT_BYTES = 16;

/**
 * @returns how many duplicates there are.
 * @throws CsvcleanError OUT_OF_MEMORY when the different keys of the parts do not fit.
 */
export function mergeParts(
  arena: Arena,
  budget: MemoryBudget,
  table: KeyTable,
  spill: Spill,
  request: MergeRequest,
): number {
  const { keep, resultStream } = request;
  const bottom = arena.used;
  const before = budget.reservedBytes;
  clearKeys(table, budget, true);
  const writer = spill.create(resultStream);
  try {
    const merge: Merge = { arena, budget, table, keep, results: createResults(writer) };
    for (const rows of eachSection(arena, budget, spill, request)) enterSection(merge, rows);
    if (keep === 'last') {
      for (const rows of eachSection(arena, budget, spill, request)) findSuperfluous(merge, rows);
    }
    return merge.results.finish();
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
  readonly results: Results;
}

/** Enters the rows of a section; of their keys only those that are new stay in memory. */
function enterSection(merge: Merge, { address, lengthBytes, firstLine }: SectionRows): void {
  const { arena, budget, table, keep, results } = merge;
  ensureKeys(table, budget, Math.floor(lengthBytes / HEAD_BYTES));
  const memory = new Uint8Array(arena.kernel.memory.buffer);
  const words = wordsIn(arena, address, lengthBytes >> 2);
  const known = table.count;
  let newBytes = 0;
  for (let at = 0; at < lengthBytes; ) {
    const word = at >> 2;
    const length = words[word + 1]!;
    const line = firstLine + words[word + 2]!;
    const before = table.count;
    const entry = enterKey(table, memory, words[word]!, address + at + HEAD_BYTES, length);
    if (entry === before) {
      table.ids[entry] = line;
      newBytes += length;
    } else if (keep === 'last') {
      table.ids[entry] = line;
    } else {
      results.add(line, table.ids[entry]!);
    }
    at += rowBytes(length);
  }
  if (keep === 'first') results.endSection();
  // Where little of it is new, it moves together.
  if (newBytes < lengthBytes * WORTH_MOVING) shrink(merge, moveKeys(table, known, memory, address));
}

/** Below this share of new bytes, keys are moved. */
const WORTH_MOVING = 0.5;

/** Moves the keys of new entries to `address`. @returns the end. */
function moveKeys(table: KeyTable, known: number, memory: Uint8Array, address: number): number {
  let to = address;
  for (let entry = known; entry < table.count; entry++) {
    const start = table.starts[entry]!;
    const length = table.lengths[entry]!;
    memory.copyWithin(to, start, start + length);
    table.starts[entry] = to;
    to += length;
  }
  return to;
}

/** Tells the rows of a section that are not the ones that stay. */
function findSuperfluous(merge: Merge, { address, lengthBytes, firstLine }: SectionRows): void {
  const { arena, table, results } = merge;
  const memory = new Uint8Array(arena.kernel.memory.buffer);
  const words = wordsIn(arena, address, lengthBytes >> 2);
  for (let at = 0; at < lengthBytes; ) {
    const word = at >> 2;
    const length = words[word + 1]!;
    const line = firstLine + words[word + 2]!;
    const entry = enterKey(table, memory, words[word]!, address + at + HEAD_BYTES, length);
    const twinLine = table.ids[entry]!;
    if (twinLine !== line) results.add(line, twinLine);
    at += rowBytes(length);
  }
  results.endSection();
  shrink(merge, address);
}

const ALIGNMENT = 16;

/** Gives back what lies behind the kept keys. */
function shrink({ arena, budget }: Merge, kept: number): void {
  freeFrom(arena, budget, Math.ceil(kept / ALIGNMENT) * ALIGNMENT);
}

/** Gathers results, and writes them a piece at a time. */
interface Results {
  add(line: number, twinLine: number): void;
  endSection(): void;
  /** @returns how many there are. */
  finish(): number;
}

const ROOM_RESULTS = 1 << 12;

function createResults(writer: SpillWriter): Results {
  const room = new Float64Array(ROOM_RESULTS * 2);
  const ends: number[] = [0];
  let count = 0;
  let written = 0;
  const flush = (): void => {
    writer.append(asBytes(room.subarray(0, count * 2)));
    written += count;
    count = 0;
  };
  return {
    add(line, twinLine) {
      if (count === ROOM_RESULTS) flush();
      room[count * 2] = line;
      room[count * 2 + 1] = twinLine;
      count++;
    },
    endSection: () => void ends.push((written + count) * RESULT_BYTES),
    finish() {
      flush();
      writer.append(asBytes(Float64Array.from(ends)));
      return written;
    },
  };
}

/** The same memory as bytes. */
export function asBytes(doubles: Float64Array): Uint8Array {
  return new Uint8Array(doubles.buffer, doubles.byteOffset, doubles.byteLength);
}
