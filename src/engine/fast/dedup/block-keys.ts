/**
 * The keys of a block's records: by the kernel, and of odd ones as the scalar scanner finds their
 * cells.
 */
import { lineEndByte, NO_QUOTE } from '../../../csv/dialect.js';
import { ODD, TRIM } from '../../../kernel/record-flags.js';
import { keyOf } from '../../../kernel/scalar/write-keys.js';
import type { Selection } from '../../expression/vector/vectors.js';
import type { DedupPlan } from '../../plan-keys.js';
import { bytesIn, ensureRoom, wordsIn } from '../arena.js';
import { takeDoubles, takeRows } from '../array-room.js';
import { type Block, lineAt, startOfRecord, viewsOf } from '../block.js';
import { isChanged } from '../block-values.js';
import { createTextReader } from '../read-cells.js';

/** Keys in the kernel's memory, up to `end`; of records that were not asked for, anything. */
export interface BlockKeys {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly hashes: Uint32Array;
  readonly end: number;
}

/** What the kernel writes beyond the keys. */
const OVERSHOOT_BYTES = 16;
const ALIGNMENT = 16;

/**
 * Writes the keys of the selected records, above what is used of the arena where no other place is
 * given. There they hold until something else is put there: who keeps them allocates them.
 *
 * @param placeFor gives the address of so many bytes; null: it has none.
 */
export function writeBlockKeys(
  block: Block,
  selection: Selection,
  { columns, isWhole }: Pick<DedupPlan, 'columns' | 'isWhole'>,
  placeFor: (bytes: number) => number | null = () => null,
): BlockKeys {
  const { arena, recordCount, context } = block;
  const odd = oddKeys(block, selection, columns);
  const oddBytes = odd.reduce((sum, { key }) => sum + key.length, 0);
  const keyBytes = 2 * block.lengthBytes + oddBytes + OVERSHOOT_BYTES;
  const place = placeFor(keyBytes);
  const to = place ?? arena.used;
  const wanted = place === null ? align(to + keyBytes) : arena.used;
  const ends = align(wanted + recordCount);
  const hashes = ends + recordCount * 4;
  const places = hashes + recordCount * 4;
  ensureRoom(arena, places + columns.length * 4 - arena.used);
  markWanted(bytesIn(arena, wanted, recordCount), selection);
  wordsIn(arena, places, columns.length).set(columns.map(({ index }) => index));
  const { quote, delimiter, recordEnd } = context.dialect;
  const { exports } = arena.kernel;
  let end = exports.writeKeys(
    ...([block.source, recordCount, block.fieldEnds, block.recordFields, block.flagsAt] as const),
    ...([wanted, context.rules.trim ? TRIM : 0, quote === NO_QUOTE ? -1 : quote] as const),
    ...([delimiter, recordEnd === 'cr' ? 1 : 0, isWhole ? 0 : places, columns.length] as const),
    ...([to, ends, hashes] as const),
  );
  const keys = copyLists(block, to, ends, hashes);
  const memory = bytesIn(arena, 0, arena.kernel.memory.buffer.byteLength);
  for (const { record, key } of odd) {
    memory.set(key, end);
    keys.starts[record] = end;
    end += key.length;
    keys.ends[record] = end;
    keys.hashes[record] = exports.hashKey(end - key.length, key.length);
  }
  return { ...keys, end };
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

function markWanted(wanted: Uint8Array, { rows, count }: Selection): void {
  wanted.fill(0);
  for (let k = 0; k < count; k++) wanted[rows[k]!] = 1;
}

/** The lists outside the kernel's memory, which may grow. */
function copyLists({ arena, recordCount }: Block, first: number, ends: number, hashes: number) {
  const lists = {
    starts: takeRows(arena.passing, recordCount),
    ends: takeRows(arena.passing, recordCount),
    hashes: takeRows(arena.passing, recordCount),
  };
  lists.ends.set(wordsIn(arena, ends, recordCount));
  lists.hashes.set(wordsIn(arena, hashes, recordCount));
  if (recordCount > 0) {
    lists.starts.set(lists.ends.subarray(0, recordCount - 1), 1);
    lists.starts[0] = first;
  }
  return lists;
}

/** The keys of selected records that the kernel leaves out, or has of cells that are changed. */
function oddKeys(block: Block, { rows, count }: Selection, columns: DedupPlan['columns']) {
  const keys: { readonly record: number; readonly key: Buffer }[] = [];
  const changed = columns.flatMap(({ index }) => block.values?.columns.get(index) ?? []);
  if (!block.hasOdd && changed.length === 0) return keys;
  const readers = columns.map(({ index }) => createTextReader(block, index));
  for (let k = 0; k < count; k++) {
    const record = rows[k]!;
    const isOdd = (block.flags[record]! & ODD) !== 0;
    if (!isOdd && !changed.some((column) => isChanged(column, record))) continue;
    const texts = readers.map((read) => read(record));
    keys.push({ record, key: keyOf(texts, block.context.dialect.delimiter) });
  }
  return keys;
}

/** A loop of its own: a small function is compiled in no time. */
function countOn(lines: Float64Array, first: number): void {
  for (let i = 0; i < lines.length; i++) lines[i] = first + i;
}

/** The line of each record, in the room of the pass. */
export function linesOf(block: Block): Float64Array {
  const first = lineAt(block, 0);
  const { recordCount, lengthBytes } = block;
  // Mostly each record has one line end, at its end.
  const isEnded =
    viewsOf(block).bytes[lengthBytes - 1] === lineEndByte(block.context.dialect.recordEnd);
  const isOneEach = isEnded && lineAt(block, lengthBytes) === first + recordCount;
  const lines = takeDoubles(block.arena.passing, recordCount);
  if (isOneEach) countOn(lines, first);
  else for (let i = 0; i < recordCount; i++) lines[i] = lineAt(block, startOfRecord(block, i));
  return lines;
}
