/**
 * Hands on records whose lists say all that is to be told, since they may be many: those that have
 * another number of fields than the header, and no other fault; and duplicates.
 */
import { assert } from '../../base/assert.js';
import { ODD } from '../../kernel/record-flags.js';
import { PASS } from '../../kernel/scalar/emit-records.js';
import type { DedupPlan } from '../plan-keys.js';
import { duplicateTeller, soleKey } from '../rows/duplicate-row.js';
import { describeWidth } from '../rows/read-row.js';
import { firstIndex } from '../statistics/first-index.js';
import { type Tally, tallyDuplicate, tallyRejected } from '../tally.js';
import {
  type Block,
  DUPLICATE,
  lineAt,
  REJECTED,
  startOfRecord,
  type Twins,
  viewsOf,
} from './block.js';
import { createTextReader } from './read-cells.js';
import type { Table } from './table.js';

/** Whether a record is rejected for its width alone, by its fate and the kernel's flags. */
export function isRagged(fate: number, flags: number): boolean {
  return fate === REJECTED && (flags & ODD) === 0;
}

/**
 * A function that hands on those among the records from where it ended last to `until` − 1.
 *
 * @param acts of each record: duplicates that are looked at alone are left out.
 */
export function createLister(
  { plan }: Table,
  block: Block,
  acts: Uint8Array,
  tally: Tally,
): (until: number) => void {
  const twins = block.twins.find(({ of }) => of.unique === null) ?? null;
  if (!block.hasRepairs && twins === null) return () => {};
  const makeTakers = () => ({
    views: viewsOf(block),
    rejectRagged: raggedRejecter(block, plan.columns.length, tally),
    takeDuplicate: twins === null ? null : duplicateTaker(block, twins, tally),
  });
  const { fates, flags } = block;
  let takers = makeTakers();
  let record = 0;
  return (until) => {
    // What they read by moves with the memory.
    if (takers.views !== viewsOf(block)) takers = makeTakers();
    const { rejectRagged, takeDuplicate } = takers;
    for (; record < until; record++) {
      if (isRagged(fates[record]!, flags[record]!)) rejectRagged(record);
      else if (fates[record] === DUPLICATE && acts[record] === PASS) takeDuplicate!(record);
    }
  };
}

function raggedRejecter(block: Block, width: number, tally: Tally): (record: number) => void {
  const messages = new Map<number, string>();
  const messageOf = (fieldCount: number): string => {
    const known = messages.get(fieldCount) ?? describeWidth(fieldCount, width);
    messages.set(fieldCount, known);
    return known;
  };
  const { recordFields } = viewsOf(block);
  return (record) => {
    const fieldCount = recordFields[record]! - (record === 0 ? 0 : recordFields[record - 1]!);
    const start = startOfRecord(block, record);
    tally.rows.in++;
    // Each property by itself: an object spread here takes twice as long as all else.
    tallyRejected(tally, {
      line: lineAt(block, start),
      byteOffset: block.offsetBytes + start,
      rule: fieldCount < width ? 'too_few_fields' : 'too_many_fields',
      column: '',
      value: '',
      message: messageOf(fieldCount),
      record: textOf(block, record, start),
    });
  };
}

function duplicateTaker(block: Block, twins: Twins, tally: Tally): (record: number) => void {
  const key = soleKey(twins.of);
  const cellOf = key === null ? () => '' : createTextReader(block, key.index);
  const tell = duplicateTeller(twins.of);
  let next = 0;
  return (record) => {
    while (twins.records[next]! < record) next++;
    const start = startOfRecord(block, record);
    const line = lineAt(block, start);
    const text = textOf(block, record, start);
    tally.rows.in++;
    const stays = twins.lines[next]!;
    tallyDuplicate(tally, tell(line, block.offsetBytes + start, text, cellOf(record), stays));
  };
}

function textOf(block: Block, record: number, start: number): string {
  const { bytes, fieldEnds, recordFields } = viewsOf(block);
  return bytes.toString('utf8', start, fieldEnds[recordFields[record]! - 1]);
}

/** The row that stays for a record, and whose key they share; null where none is known. */
function findTwin({ twins }: Block, record: number): { of: DedupPlan; line: number } | null {
  for (const { of, records, lines } of twins) {
    const at = firstIndex(0, records.length, (i) => records[i]! >= record);
    if (records[at] === record) return { of, line: lines[at]! };
  }
  return null;
}

/** Whether the record was taken out for another one. */
export function hasTwin(block: Block, record: number): boolean {
  return findTwin(block, record) !== null;
}

/** The row that stays for a record that was taken out. */
export function twinOf(block: Block, record: number): { of: DedupPlan; line: number } {
  const twin = findTwin(block, record);
  assert(twin !== null, 'who takes a record out says for which one');
  return twin;
}
