/** The cells of an input column of which some are changed, as bytes for the kernel. */
import { NO_QUOTE } from '../../csv/dialect.js';
import { TRIM } from '../../kernel/record-flags.js';
import { CHANGES } from '../values/value-counts.js';
import { bytesIn, ensureRoom, wordsIn } from './arena.js';
import type { Block } from './block.js';
import type { ConvertedColumn } from './block-values.js';
import type { MadeCells } from './made-cells.js';

/** The kernel copies sixteen bytes at a time. */
const OVERSHOOT_BYTES = 16;

/**
 * Writes the cells of the records with the act 0 above what is used of the arena; all others are
 * empty. Unchanged ones are as the kernel would write them.
 *
 * @param at a free address, with everything behind it free.
 * @param acts address of the acts of `emitRecords`.
 */
export function patchCells(
  block: Block,
  at: number,
  { converter, steps, bytes, ends }: ConvertedColumn,
  acts: number,
): MadeCells & { readonly end: number; readonly requotedFields: number } {
  const { arena, recordCount, source, fieldEnds, recordFields, flagsAt, lengthBytes } = block;
  const { quote, recordEnd } = block.context.dialect;
  const cellEnds = Math.ceil(at / 16) * 16;
  const madeEnds = cellEnds + recordCount * 4;
  const changed = madeEnds + (recordCount + 1) * 4;
  const cells = changed + recordCount;
  const to = cells + bytes.length + OVERSHOOT_BYTES;
  const most = 2 * (bytes.length + lengthBytes) + 3 * recordCount + OVERSHOOT_BYTES;
  ensureRoom(arena, to + most - arena.used);
  wordsIn(arena, cellEnds, recordCount).set(ends.subarray(0, recordCount));
  bytesIn(arena, cells, bytes.length).set(bytes);
  markChanged(steps, bytesIn(arena, changed, recordCount));
  const { exports } = arena.kernel;
  const end = exports.patchColumn(
    ...([source, recordCount, fieldEnds, recordFields, flagsAt] as const),
    ...([block.context.rules.trim ? TRIM : 0, quote === NO_QUOTE ? -1 : quote] as const),
    recordEnd === 'cr' ? 1 : 0,
    converter.valueColumn.column.index,
    ...([acts, changed, cells, cellEnds, to, madeEnds] as const),
  );
  const requotedFields = Number(exports.patchRequoted.value);
  return { bytes: to, ends: madeEnds, end: end + OVERSHOOT_BYTES, requotedFields };
}

function markChanged(steps: Uint32Array, marks: Uint8Array): void {
  for (let record = 0; record < marks.length; record++) {
    marks[record] = (steps[record]! & CHANGES) === 0 ? 0 : 1;
  }
}
