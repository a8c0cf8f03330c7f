/** Which records of a block are rows: only those that the kernel calls odd are looked at. */
import { BLANK, ODD, REQUOTE, TRIM } from '../../kernel/scalar/index-records.js';
import type { TablePlan } from '../plan-table.js';
import { standingOf } from '../rows/read-row.js';
import { recordTooLong } from '../walk-records.js';
import { BLANK_ROW, type Block, KEPT, REJECTED, walkedAt } from './block.js';

/**
 * Fills `block.fates`, and says whether there are odd records and mends.
 * @throws CsvcleanError RECORD_TOO_LONG or RAGGED with line and byte offset.
 */
export function settleStructure(block: Block, plan: TablePlan): void {
  const { flags, fates } = block;
  const all = writeFates(flags, fates, block.context.rules.keepBlank ? KEPT : BLANK_ROW);
  block.hasOdd = (all & ODD) !== 0;
  for (let record = 0; block.hasOdd && record < block.recordCount; record++) {
    if ((flags[record]! & (BLANK | ODD)) === ODD) fates[record] = fateOf(block, record, plan);
  }
  block.hasMends = (all & (TRIM | REQUOTE)) !== 0;
}

/** @returns all flags that any record has. */
function writeFates(flags: Uint8Array, fates: Uint8Array, blank: number): number {
  let all = 0;
  for (let record = 0; record < flags.length; record++) {
    const flag = flags[record]!;
    all |= flag;
    fates[record] = (flag & BLANK) === 0 ? KEPT : blank;
  }
  return all;
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
