/**
 * Rejects records that have another number of fields than the header, and no other fault: they may
 * be many, and their lists say all that is to be told.
 */
import { ODD } from '../../kernel/record-flags.js';
import { describeWidth } from '../rows/read-row.js';
import { type Tally, tallyRejected } from '../tally.js';
import { type Block, lineAt, REJECTED, startOfRecord, viewsOf } from './block.js';

/** Whether a record is one of them, by its fate and the kernel's flags. */
export function isRagged(fate: number, flags: number): boolean {
  return fate === REJECTED && (flags & ODD) === 0;
}

/** Rejects those among the records `from` … `until` − 1. */
export function rejectRagged(
  block: Block,
  from: number,
  until: number,
  width: number,
  tally: Tally,
): void {
  if (!block.hasRepairs) return;
  const messages = new Map<number, string>();
  const messageOf = (fieldCount: number): string => {
    const known = messages.get(fieldCount) ?? describeWidth(fieldCount, width);
    messages.set(fieldCount, known);
    return known;
  };
  const { fates, flags, offsetBytes } = block;
  const { bytes, fieldEnds, recordFields } = viewsOf(block);
  for (let record = from; record < until; record++) {
    if (!isRagged(fates[record]!, flags[record]!)) continue;
    const start = startOfRecord(block, record);
    const fieldsEnd = recordFields[record]!;
    const fieldCount = fieldsEnd - (record === 0 ? 0 : recordFields[record - 1]!);
    tally.rows.in++;
    tallyRejected(tally, {
      line: lineAt(block, start),
      byteOffset: offsetBytes + start,
      rule: fieldCount < width ? 'too_few_fields' : 'too_many_fields',
      column: '',
      value: '',
      message: messageOf(fieldCount),
      record: bytes.toString('utf8', start, fieldEnds[fieldsEnd - 1]),
    });
  }
}
