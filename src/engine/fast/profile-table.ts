/** One pass over the records of a table, for its profile. */
import { decodeField } from '../../csv/decode-field.js';
import { LONG } from '../../kernel/record-flags.js';
import type { RejectedCount, TableState } from '../profile/column-state.js';
import { finishColumn, type GrowingColumn, growColumn } from '../profile/grow-column.js';
import { createHeldRoom } from '../profile/grow-numbers.js';
import type { ProfileLimits } from '../profile/limits.js';
import { mergeRejected } from '../profile/merge-states.js';
import { freeAll, type ProfileMemory } from '../profile/profile-memory.js';
import { readRow } from '../rows/read-row.js';
import { createTally } from '../tally.js';
import { BLANK_ROW, type Block, KEPT, REJECTED, walkedAt } from './block.js';
import { copyBlock, createBlockPlace } from './profile-block.js';
import { ALONE, lineOf, profileCells, profileRow } from './profile-cells.js';
import { isRagged } from './reject-listed.js';
import type { Table } from './table.js';
import { walkBlocks } from './walk-blocks.js';

/** @param memory of this thread, for this table alone: what was taken before is given back. */
export function profileTable(
  table: Table,
  limits: ProfileLimits,
  memory: ProfileMemory,
): TableState {
  freeAll(memory);
  const room = createHeldRoom(limits);
  const columns = table.plan.columns.map(() => growColumn(room, memory));
  const place = createBlockPlace();
  const counts = { rows: 0, blank: 0 };
  let rejected: readonly RejectedCount[] = [];
  for (const block of walkBlocks(table)) {
    counts.rows += block.recordCount;
    rejected = mergeRejected(rejected, countOthers(table, block, counts));
    copyBlock(memory, place, block);
    columns.forEach((column, index) => {
      profileCells(column, block, index, place);
    });
    profileAlone(table, block, columns);
  }
  return { ...counts, rejected, columns: columns.map(finishColumn) };
}

/** The rows that the columns left out. */
function profileAlone({ context }: Table, block: Block, columns: readonly GrowingColumn[]): void {
  const { flags, fates, recordCount, hasOdd, hasRepairs } = block;
  if (!hasOdd && !hasRepairs) return;
  for (let row = 0; row < recordCount; row++) {
    if ((flags[row]! & ALONE) === 0 || fates[row] !== KEPT) continue;
    const { bytes, record } = walkedAt(block, row);
    profileRow(columns, block, row, (index) =>
      index < record.fieldCount ? decodeField(bytes, record, index, context.dialect) : '',
    );
  }
}

/** Counts records that are no rows. */
function countOthers(
  { context, plan }: Table,
  block: Block,
  counts: { blank: number },
): readonly RejectedCount[] {
  const { flags, fates, recordCount } = block;
  const found = new Map<string, RejectedCount>();
  const reject = (rule: string, record: number): void => {
    const known = found.get(rule);
    if (known === undefined) found.set(rule, { rule, count: 1, line: lineOf(block, record) });
    else found.set(rule, { ...known, count: known.count + 1 });
  };
  for (const record of othersOf(fates, recordCount)) {
    const fate = fates[record]!;
    if (fate === BLANK_ROW) counts.blank++;
    if (fate !== REJECTED) continue;
    if (isRagged(fate, flags[record]!)) reject(raggedRule(block, record), record);
    else {
      const tally = createTally(({ rule }) => reject(rule, record), false);
      readRow(walkedAt(block, record), context, plan, tally);
    }
  }
  return [...found.values()];
}

/** Records that are not kept. This loop stands alone: see the fast engine. */
function othersOf(fates: Uint8Array, recordCount: number): readonly number[] {
  const others: number[] = [];
  for (let record = 0; record < recordCount; record++) {
    if (fates[record] !== KEPT) others.push(record);
  }
  return others;
}

function raggedRule(block: Block, record: number): string {
  return (block.flags[record]! & LONG) === 0 ? 'too_few_fields' : 'too_many_fields';
}
