/** Which records of a block are rows: only those that are odd or ragged are looked at. */
import { BLANK, LONG, ODD, REQUOTE, SHORT, STRAY, TRIM } from '../../kernel/record-flags.js';
import type { TablePlan } from '../plan-table.js';
import { standingOf } from '../rows/read-row.js';
import { recordTooLong } from '../walk-records.js';
import { bytesIn, ensureRoom } from './arena.js';
import { BLANK_ROW, type Block, KEPT, REJECTED, setFlags, viewsOf, walkedAt } from './block.js';

const REPAIRED = SHORT | LONG | STRAY;

const SPACE = 0x20;
const FIRST_NON_ASCII = 0x80;

/**
 * Fills `block.fates`, and says whether there are odd records, mends and repairs.
 * @throws CsvcleanError RECORD_TOO_LONG or RAGGED with line and byte offset.
 */
export function settleStructure(block: Block, plan: TablePlan): void {
  const { flags, fates } = block;
  const { keepBlank, ragged } = block.context.rules;
  const all = writeFates(block, keepBlank ? KEPT : BLANK_ROW);
  block.hasOdd = (all & ODD) !== 0;
  const looked = all & (ragged === 'pad' ? ODD | LONG : ODD | LONG | SHORT);
  for (let record = 0; looked !== 0 && record < block.recordCount; record++) {
    const flag = flags[record]!;
    if ((flag & looked) === 0 || (flag & BLANK) !== 0) continue;
    fates[record] =
      (flag & ODD) === 0 ? settleRagged(block, record, plan) : fateOf(block, record, plan);
  }
  block.hasMends = (all & (TRIM | REQUOTE | REPAIRED)) !== 0;
  block.hasRepairs = (all & REPAIRED) !== 0;
}

/** Fills `block.fates` by the kernel. @returns all flags that any record has. */
function writeFates({ arena, recordCount, flagsAt, fates }: Block, blank: number): number {
  ensureRoom(arena, recordCount);
  const all = arena.kernel.exports.writeFates(flagsAt, recordCount, blank, arena.used);
  fates.set(bytesIn(arena, arena.used, recordCount));
  return all;
}

/** Of a record whose number of fields is all that may be wrong with it. */
function settleRagged(block: Block, record: number, plan: TablePlan): number {
  const flags = block.flags[record]!;
  const isShort = (flags & SHORT) !== 0;
  const extras = isShort ? 'cells' : extrasOf(block, record, plan.columns.length);
  if (extras === 'empty') return KEPT;
  const mayBeRow = extras === 'unknown' || block.context.rules.ragged === 'error';
  const fate = mayBeRow ? fateOf(block, record, plan) : REJECTED;
  // Blanks and quotes beyond the header are nobody's cells, but must be looked at; what is rejected
  // is not trimmed.
  const settled = fate === KEPT ? flags | ODD : flags & ~TRIM;
  if (settled !== flags) setFlags(block, record, settled);
  block.hasOdd ||= fate === KEPT;
  return fate;
}

/** What stands in the fields beyond the header's, so far as their first bytes tell. */
function extrasOf(block: Block, record: number, width: number): 'empty' | 'cells' | 'unknown' {
  const { bytes, fieldEnds, recordFields } = viewsOf(block);
  const { quote } = block.context.dialect;
  const first = (record === 0 ? 0 : recordFields[record - 1]!) + width;
  const last = recordFields[record]! - 1;
  let areEmpty = true;
  for (let field = first; field <= last; field++) {
    const start = fieldEnds[field - 1]! + 1;
    if (start === fieldEnds[field]) continue;
    areEmpty = false;
    const byte = bytes[start]!;
    if (byte > SPACE && byte < FIRST_NON_ASCII && byte !== quote) return 'cells';
  }
  return areEmpty ? 'empty' : 'unknown';
}

function fateOf(block: Block, record: number, plan: TablePlan): number {
  const { context } = block;
  const walked = walkedAt(block, record);
  if (walked.record.contentEnd - walked.start > context.maxRecordBytes) {
    throw recordTooLong(context.maxRecordBytes, walked.line, walked.offsetBytes);
  }
  const standing = standingOf(walked, context, plan);
  if (standing === 'row') return KEPT;
  return standing === 'blank' ? BLANK_ROW : REJECTED;
}
