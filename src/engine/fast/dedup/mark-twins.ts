/** Marks the records of a block that others make superfluous. */
import { ODD } from '../../../kernel/record-flags.js';
import type { DedupPlan } from '../../plan-keys.js';
import { takeRepeated } from '../../rows/schema-row.js';
import { type Block, DUPLICATE, REPEATED, setFlags } from '../block.js';
import { hasTwin } from '../reject-listed.js';
import { rowAt, silentTally } from '../select-rows.js';
import type { Table } from '../table.js';

/** What a record becomes that shares the key of one that stays. */
export function fateOf({ unique }: DedupPlan): number {
  return unique === null ? DUPLICATE : REPEATED;
}

/**
 * Lists the `count` records that have got the fate.
 * @throws CsvcleanError SCHEMA where a repeated value fails the file.
 */
export function listTwins(
  table: Table,
  block: Block,
  of: DedupPlan,
  count: number,
  twinLineOf: (record: number) => number,
): void {
  const twins = { of, records: new Uint32Array(count), lines: new Float64Array(count) };
  const fate = fateOf(of);
  let found = 0;
  for (let record = 0; found < count; record++) {
    if (block.fates[record] !== fate || hasTwin(block, record)) continue;
    twins.records[found] = record;
    twins.lines[found++] = twinLineOf(record);
    if (of.unique === null) continue;
    setFlags(block, record, block.flags[record]! | ODD);
    block.hasOdd = true;
    if (of.unique.onInvalid !== 'fail') continue;
    const row = rowAt(table, block, record);
    takeRepeated(row, of.unique, twinLineOf(record), silentTally());
  }
  block.twins.push(twins);
}
