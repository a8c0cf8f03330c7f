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
import { type ArrayRoom, takeDoubles, takeRows } from '../array-room.js';
import { type Block, lineAt } from '../block.js';
import { isChanged } from '../block-values.js';
import { createTextReader } from '../read-cells.js';

/** Of which cells keys are made. */
type KeyCells = Pick<DedupPlan, 'columns' | 'isWhole'>;

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
  of: KeyCells,
  placeFor: (bytes: number) => number | null = () => null,
): BlockKeys {
  const { arena, recordCount } = block;
  const written = writeInto(block, selection, of, placeFor);
  const keys = {
    starts: takeRows(arena.passing, recordCount),
    ends: takeRows(arena.passing, recordCount),
    hashes: takeRows(arena.passing, recordCount),
  };
  keys.ends.set(wordsIn(arena, written.ends, recordCount));
  keys.hashes.set(wordsIn(arena, written.hashes, recordCount));
  if (recordCount > 0) {
    keys.starts.set(keys.ends.subarray(0, recordCount - 1), 1);
    keys.starts[0] = written.first;
  }
  for (const { record, start, end } of written.odd) {
    keys.starts[record] = start;
    keys.ends[record] = end;
  }
  return { ...keys, end: written.end };
}

/** Writes the hashes of the selected records' keys to `hashes`, in their order. */
export function hashBlockKeys(
  block: Block,
  selection: Selection,
  of: KeyCells,
  hashes: Uint32Array,
): void {
  const { arena, recordCount } = block;
  const written = writeInto(block, selection, of, () => null);
  gather(wordsIn(arena, written.hashes, recordCount), selection, hashes);
}

function gather(words: Uint32Array, { rows, count }: Selection, to: Uint32Array): void {
  for (let k = 0; k < count; k++) to[k] = words[rows[k]!]!;
}

/** Where keys and lists were written: the ends of keys, but for odd ones, and their hashes. */
interface Written {
  readonly first: number;
  readonly end: number;
  readonly ends: number;
  readonly hashes: number;
  readonly odd: readonly {
    readonly record: number;
    readonly start: number;
    readonly end: number;
  }[];
}

function writeInto(
  block: Block,
  selection: Selection,
  { columns, isWhole }: KeyCells,
  placeFor: (bytes: number) => number | null,
): Written {
  const { arena, recordCount, context } = block;
  const odd = oddKeys(block, selection, columns);
  const oddBytes = odd.reduce((sum, { key }) => sum + key.length, 0);
  const keyBytes = 2 * block.lengthBytes + oddBytes + OVERSHOOT_BYTES;
  const place = placeFor(keyBytes);
  const first = place ?? arena.used;
  const wanted = place === null ? align(first + keyBytes) : arena.used;
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
    ...([first, ends, hashes] as const),
  );
  const memory = bytesIn(arena, 0, arena.kernel.memory.buffer.byteLength);
  const written = odd.map(({ record, key }) => {
    const start = end;
    memory.set(key, start);
    end += key.length;
    wordsIn(arena, hashes, recordCount)[record] = exports.hashKey(start, key.length);
    return { record, start, end };
  });
  return { first, end, ends, hashes, odd: written };
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

function markWanted(wanted: Uint8Array, { rows, count }: Selection): void {
  wanted.fill(0);
  for (let k = 0; k < count; k++) wanted[rows[k]!] = 1;
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
function addTo(lines: Float64Array, before: Uint32Array, first: number): void {
  for (let i = 0; i < lines.length; i++) lines[i] = first + before[i]!;
}

/**
 * The line of each record, in a room: that of the pass, if none is given. What lies above what is
 * used of the arena is gone.
 */
export function linesOf(block: Block, room: ArrayRoom = block.arena.passing): Float64Array {
  const { arena, recordCount, source, fieldEnds, recordFields } = block;
  const { recordEnd } = block.context.dialect;
  const first = lineAt(block, 0);
  const lines = takeDoubles(room, recordCount);
  ensureRoom(arena, recordCount * 4);
  const before = arena.used;
  arena.kernel.exports.listLines(
    ...([source, recordCount, fieldEnds, recordFields, lineEndByte(recordEnd)] as const),
    ...([recordEnd === 'cr' ? 1 : 0, before] as const),
  );
  addTo(lines, wordsIn(arena, before, recordCount), first);
  return lines;
}
