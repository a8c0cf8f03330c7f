/**
 * The writing pass: the kernel writes what is untouched, and stops before each record that must be
 * looked at alone.
 */
import { COMMA } from '../../csv/dialect.js';
import { TRIM } from '../../kernel/record-flags.js';
import { PASS, STOP } from '../../kernel/scalar/emit-records.js';
import { isStream } from '../byte-source.js';
import { FALSE, type Vector } from '../expression/vector/vectors.js';
import { writeHeader } from '../rows/write-row.js';
import type { Tally } from '../tally.js';
import { bytesIn, ensureRoom, wordsIn } from './arena.js';
import type { Block } from './block.js';
import type { ConvertedColumn } from './block-values.js';
import { decideActs, dropLooks, LOOK, tallyActs } from './decide-acts.js';
import { type MadeCells, makeCells } from './made-cells.js';
import { deriveRows } from './measure-table.js';
import type { OutputRoom } from './output-room.js';
import { patchCells } from './patch-cells.js';
import { createLister } from './reject-listed.js';
import { createRowPath } from './row-path.js';
import { applyOutliers, filterBlock } from './select-rows.js';
import type { Table } from './table.js';
import { tallyValues } from './tally-values.js';
import { walkBlocks } from './walk-blocks.js';

/** In place of a first column: the piece is a made column. */
const MADE = 0xffffffff;

/**
 * @param isFirst the output begins with these records, and so with the header.
 * @param isEnough asked after each block: no more is wanted.
 * @returns whether all blocks were written.
 */
export function writeTable(
  table: Table,
  tally: Tally,
  out: OutputRoom,
  isFirst: boolean,
  isEnough: () => boolean = () => false,
): boolean {
  if (isFirst && table.plan.rules.hasHeader) writeHeader(out.writer, table.plan.output);
  const pieces = planPieces(table, NONE);
  const isWaitedFor = isStream(table.reader.source);
  let isWhole = true;
  for (const block of walkBlocks(table)) {
    const changed = changedColumns(block);
    const own = changed.size === 0 ? pieces : planPieces(table, changed);
    writeBlock(table, block, own, tally, out);
    if (isWaitedFor) out.writer.flush();
    if (isEnough()) {
      isWhole = false;
      break;
    }
  }
  out.writer.flush();
  return isWhole;
}

const NONE: ReadonlySet<number> = new Set();

function changedColumns({ values }: Block): ReadonlySet<number> {
  if (values === null) return NONE;
  const columns = [...values.columns].filter(([, { changedCount }]) => changedCount > 0);
  return new Set(columns.map(([index]) => index));
}

/** The output columns as the kernel takes them. */
interface Pieces {
  /** Pairs: first and last of neighbouring input columns, or `MADE` and a place in `slots`. */
  readonly words: readonly number[];
  /** The slots of made columns. */
  readonly slots: readonly number[];
  /** The output is the input's records as they stand. */
  readonly isWhole: boolean;
}

/** @param changed the columns of which a block has other cells than the input. */
function planPieces({ plan, context }: Table, changed: ReadonlySet<number>): Pieces {
  const width = plan.columns.length;
  const words: number[] = [];
  const slots: number[] = [];
  for (const { slot } of plan.output) {
    const [first, last] = words.slice(-2);
    if (slot >= width || changed.has(slot)) words.push(MADE, slots.push(slot) - 1);
    else if (first !== MADE && last === slot - 1) words[words.length - 1] = slot;
    else words.push(slot, slot);
  }
  const { delimiter, recordEnd } = context.dialect;
  const isPlain = width > 1 && delimiter === COMMA && recordEnd === 'lf';
  const isWhole = isPlain && words.length === 2 && words[0] === 0 && words[1] === width - 1;
  return { words, slots, isWhole };
}

function writeBlock(
  table: Table,
  block: Block,
  pieces: Pieces,
  tally: Tally,
  out: OutputRoom,
): void {
  const remaining = applyOutliers(table, block, filterBlock(table, block, table.whereCounts));
  const { selection, edits } = remaining;
  const level = Number.MAX_SAFE_INTEGER;
  const { vectors } = deriveRows(table, block, selection, edits, level, table.deriveCounts);
  const acts = decideActs(block, remaining, vectors.length, tally);
  const width = table.plan.columns.length;
  const made = pieces.slots.map((slot) =>
    slot < width
      ? block.values!.columns.get(slot)!
      : (vectors[slot - width] ?? neverFlagged(block.recordCount)),
  );
  let area = placeForKernel(block, pieces, made, acts);
  const writeRow = createRowPath(table, block, vectors, tally, out.writer);
  const handOn = createLister(table, block, acts, tally);
  let record = 0;
  for (;;) {
    const before = record;
    record = emit(table, block, pieces, area, record, out, tally);
    if (record === block.recordCount) break;
    const act = acts[record]!;
    if (act === LOOK && dropLooks(block, acts, record, tally)) {
      // Made cells were left out for those that were to be looked at.
      area = placeForKernel(block, pieces, made, acts);
    } else if (act > PASS) {
      handOn(record);
      writeRow(record++);
    } else if (record > before || !out.isEmpty()) {
      out.writer.flush();
    } else {
      // Longer than the whole room.
      acts[record] = STOP;
      area = placeForKernel(block, pieces, made, acts);
    }
  }
  handOn(record);
  tallyActs(block, acts, tally);
  countCells(block, area, tally);
  tally.repairs.requotedFields += area.requotedFields;
  if (block.values !== null) tallyValues(block, block.values, acts, tally);
}

/** The flag column of records without a finding; all others are written by row. */
function neverFlagged(recordCount: number): Vector {
  return { type: 'boolean', truths: new Uint8Array(recordCount).fill(FALSE) };
}

/** Addresses of what the kernel needs for one block. */
interface KernelArea {
  readonly acts: number;
  readonly pieces: number;
  readonly made: number;
  /** Of the columns with changed cells: fields in quotes that were not changed. */
  readonly requotedFields: number;
}

/** What the kernel puts between input columns. */
type Made = Vector | ConvertedColumn;

/** Lays out acts, pieces and made cells above what is used of the arena. */
function placeForKernel(
  block: Block,
  { words }: Pieces,
  made: readonly Made[],
  acts: Uint8Array,
): KernelArea {
  const { arena, recordCount } = block;
  const area = {
    acts: arena.used,
    pieces: Math.ceil((arena.used + recordCount) / 16) * 16,
    made: 0,
    requotedFields: 0,
  };
  area.made = area.pieces + words.length * 4;
  let free = area.made + made.length * 8;
  ensureRoom(arena, free - arena.used);
  bytesIn(arena, area.acts, recordCount).set(acts);
  wordsIn(arena, area.pieces, words.length).set(words);
  made.forEach((one, i) => {
    let cells: MadeCells & { readonly end: number };
    if ('steps' in one) {
      const patched = patchCells(block, free, one, area.acts);
      area.requotedFields += patched.requotedFields;
      cells = patched;
    } else {
      cells = makeCells(arena, free, one, recordCount, area.acts, acts);
    }
    wordsIn(arena, area.made + i * 8, 2).set([cells.bytes, cells.ends]);
    free = cells.end;
  });
  return area;
}

/** Lets the kernel write from `record` on; returns where it stopped. */
function emit(
  { plan, context }: Table,
  block: Block,
  pieces: Pieces,
  area: KernelArea,
  record: number,
  out: OutputRoom,
  tally: Tally,
): number {
  const { exports } = block.arena.kernel;
  const { source, lengthBytes, fieldEnds, recordFields, flagsAt, recordCount } = block;
  const { delimiter, quote, recordEnd } = context.dialect;
  const isWhole = pieces.isWhole && !block.hasMends;
  const crOnly = recordEnd === 'cr' ? 1 : 0;
  const isOneColumn = plan.output.length === 1 ? 1 : 0;
  const range = [record, recordCount, area.acts] as const;
  const room = [out.at(), out.limit()] as const;
  const next = isWhole
    ? exports.emitWhole(source, lengthBytes, fieldEnds, recordFields, ...range, ...room)
    : exports.emitRecords(
        ...([source, fieldEnds, recordFields, flagsAt, trimFlag(block)] as const),
        ...([crOnly, delimiter, quote, ...range] as const),
        ...([area.pieces, pieces.words.length / 2, area.made, isOneColumn] as const),
        ...room,
      );
  out.moveTo(exports.emittedEnd.value);
  if (!isWhole) tally.repairs.requotedFields += exports.requotedFields.value;
  return next;
}

function trimFlag(block: Block): number {
  return block.context.rules.trim ? TRIM : 0;
}

/** Counts cells of records that were not looked at: trimmed ones, and tokens in written ones. */
function countCells(block: Block, area: KernelArea, tally: Tally): void {
  const { arena, recordCount, source, fieldEnds, recordFields, flagsAt } = block;
  const { exports } = arena.kernel;
  const { quote, recordEnd } = block.context.dialect;
  const crOnly = recordEnd === 'cr' ? 1 : 0;
  const lists = [source, recordCount, fieldEnds, recordFields, flagsAt, area.acts] as const;
  const { tokens, tokenCount } = arena;
  const trim = trimFlag(block);
  tally.naCells += exports.countTokens(...lists, trim, quote, crOnly, tokens, tokenCount);
  if (trim !== 0 && block.hasMends) {
    tally.repairs.trimmedCells += exports.countTrims(...lists, quote, crOnly);
  }
}
