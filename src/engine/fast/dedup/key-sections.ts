/**
 * Keys that do not stay in memory, as a stream of sections. A section holds the rows of some
 * neighbouring blocks, divided into parts by the hashes of their keys, so that the rows of some
 * neighbouring parts are read at once and without the others: its bytes are what `layOutKeys` of
 * the kernel writes. Lines are counted from the section's first row on.
 */
import type { MemoryBudget } from '../../../base/memory-budget.js';
import type { Selection } from '../../expression/vector/vectors.js';
import type { DedupPlan } from '../../plan-keys.js';
import type { KeyStream } from '../../settled.js';
import type { Spill, SpillReader, SpillWriter } from '../../spill.js';
import type { MergeRequest } from '../../split/span-engine.js';
import { type Arena, allocate, bytesIn, freeFrom, wordsIn } from '../arena.js';
import type { Block } from '../block.js';
import type { BlockReader } from '../block-reader.js';
import { linesOf, writeBlockKeys } from './block-keys.js';
import { KEYS, type RowKeys } from './key-table.js';

/** What stands before each key. */
export const HEAD_BYTES = 12;
const LIST_WORDS = 4;
const WORD_BYTES = 4;
/** What the kernel may write behind the last key. */
const OVERSHOOT_BYTES = 16;

/** The keys of a section: those of a span of the usual size fit. */
const SECTION_BYTES = 1 << 24;
const SECTION_ROWS = 1 << 18;
const MEMORY_SHARE = 1 / 16;

/** How many bytes a row takes. */
export function rowBytes(keyLength: number): number {
  return HEAD_BYTES + ((keyLength + 3) & ~3);
}

/** What was written to a stream. */
export interface WrittenKeys {
  readonly keys: KeyStream;
  /** What each part takes. */
  readonly partBytes: Float64Array;
}

/** A stream while it is written. */
export interface KeyWriter {
  /** Adds the keys of the selected records of the next block. */
  add(block: Block, selection: Selection, of: DedupPlan): void;
  finish(): WrittenKeys;
}

/** Rows whose section is not written yet. */
interface OpenSection {
  /** Of each row: where its key begins, the key's length, its hash, its line from the first. */
  list: Uint32Array;
  count: number;
  /** What they will take. */
  bytes: number;
  firstLine: number;
}

/** Room for keys is taken from the arena, and stays there for whoever gave it. */
export function createKeyWriter(
  { arena, context }: Pick<BlockReader, 'arena' | 'context'>,
  stream: number,
  writer: SpillWriter,
  partCount: number,
): KeyWriter {
  const { budget } = context;
  const fitting = Math.min(SECTION_BYTES, Math.floor(budget.limitBytes * MEMORY_SHARE));
  const roomBytes = context.sectionBytes ?? fitting;
  const room = allocate(arena, budget, roomBytes, KEYS);
  const section: OpenSection = { list: new Uint32Array(0), count: 0, bytes: 0, firstLine: 1 };
  const lines: number[] = [];
  const offsets: number[] = [];
  const partBytes = new Float64Array(partCount);
  let written = 0;
  let used = room;
  const flush = (): void => {
    if (section.count === 0) return;
    lines.push(section.firstLine);
    offsets.push(written);
    written += writeSection(arena, budget, section, writer, partBytes);
    section.count = 0;
    section.bytes = 0;
    used = room;
  };
  return {
    add(block, selection, of) {
      if (selection.count === 0) return;
      if (section.count + selection.count > SECTION_ROWS) flush();
      const lines = linesOf(block);
      let isInRoom = true;
      const keys = writeBlockKeys(block, selection, of, (bytes) => {
        if (used + bytes > room + roomBytes) flush();
        isInRoom = used + bytes <= room + roomBytes;
        return isInRoom ? used : null;
      });
      addRows(section, keys, lines, selection);
      if (isInRoom) {
        used = keys.end;
        return;
      }
      // Above the block, where nothing may stay behind it.
      const bottom = arena.used;
      allocate(arena, budget, keys.end - bottom, KEYS);
      flush();
      freeFrom(arena, budget, bottom);
    },
    finish() {
      flush();
      const keys = { stream, lines: Float64Array.from(lines), offsets: Float64Array.from(offsets) };
      return { keys, partBytes };
    },
  };
}

function addRows(
  section: OpenSection,
  { starts, ends, hashes }: RowKeys,
  lines: Float64Array,
  { rows, count }: Selection,
): void {
  if (section.count === 0) section.firstLine = lines[rows[0]!]!;
  const words = (section.count + count) * LIST_WORDS;
  if (section.list.length < words) {
    const longer = new Uint32Array(Math.max(words, 2 * section.list.length));
    longer.set(section.list);
    section.list = longer;
  }
  section.bytes += listRows(section, starts, ends, hashes, lines, rows, count);
  section.count += count;
}

/** @returns what they will take. */
function listRows(
  { list, count: before, firstLine }: OpenSection,
  starts: Uint32Array,
  ends: Uint32Array,
  hashes: Uint32Array,
  lines: Float64Array,
  rows: Uint32Array,
  count: number,
): number {
  let bytes = 0;
  let at = before * LIST_WORDS;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const start = starts[row]!;
    const length = ends[row]! - start;
    list[at] = start;
    list[at + 1] = length;
    list[at + 2] = hashes[row]!;
    list[at + 3] = lines[row]! - firstLine;
    at += LIST_WORDS;
    bytes += rowBytes(length);
  }
  return bytes;
}

/** @returns how many bytes it takes in the stream. */
function writeSection(
  arena: Arena,
  budget: MemoryBudget,
  { list, count, bytes }: OpenSection,
  writer: SpillWriter,
  partBytes: Float64Array,
): number {
  const bottom = arena.used;
  const partCount = partBytes.length;
  const size = (partCount + 1) * WORD_BYTES + bytes;
  const words = count * LIST_WORDS;
  const rows = allocate(arena, budget, words * WORD_BYTES, KEYS);
  const to = allocate(arena, budget, size + OVERSHOOT_BYTES, KEYS);
  wordsIn(arena, rows, words).set(list.subarray(0, words));
  arena.kernel.exports.layOutKeys(rows, count, partCount, to);
  const offsets = wordsIn(arena, to, partCount + 1);
  for (let part = 0; part < partCount; part++) {
    partBytes[part]! += offsets[part + 1]! - offsets[part]!;
  }
  writer.append(bytesIn(arena, to, size));
  freeFrom(arena, budget, bottom);
  return size;
}

/** The rows of the wanted parts in one section, in the kernel's memory. */
export interface SectionRows {
  readonly firstLine: number;
  readonly address: number;
  readonly lengthBytes: number;
}

/**
 * Loads the rows of one section after the other on top of what is used. Whoever takes them may
 * leave keys at their beginning: what is used of the arena says how much.
 */
export function* eachSection(
  arena: Arena,
  budget: MemoryBudget,
  spill: Spill,
  { streams, first, end }: MergeRequest,
): Generator<SectionRows> {
  const offsets = new Uint32Array(end - first + 1);
  for (const { stream, lines, offsets: sections } of streams) {
    if (sections.length === 0) continue;
    const reader = spill.open(stream);
    try {
      for (let i = 0; i < sections.length; i++) {
        const section = sections[i]!;
        reader.read(new Uint8Array(offsets.buffer), section + first * WORD_BYTES);
        const from = offsets[0]!;
        const lengthBytes = offsets[end - first]! - from;
        yield { firstLine: lines[i]!, ...load(arena, budget, reader, section + from, lengthBytes) };
      }
    } finally {
      reader.close();
    }
  }
}

function load(
  arena: Arena,
  budget: MemoryBudget,
  reader: SpillReader,
  offsetBytes: number,
  lengthBytes: number,
) {
  const address = allocate(arena, budget, lengthBytes, KEYS);
  if (lengthBytes > 0) reader.read(bytesIn(arena, address, lengthBytes), offsetBytes);
  return { address, lengthBytes };
}
