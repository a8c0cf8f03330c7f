/** Counts the cells that rules changed, in the records of a block that were not looked at alone. */
import { looksNa } from '../../csv/missing.js';
import { TOKEN } from '../../kernel/record-flags.js';
import { PASS, STOP, WRITE } from '../../kernel/scalar/emit-records.js';
import { missingSamples, type Tally } from '../tally.js';
import { ruleOfBit } from '../values/report-values.js';
import {
  CHANGE_BITS,
  countSteps,
  countsAt,
  MISFIT,
  noteMisfit,
  STEP_BITS,
  type ValueCounts,
} from '../values/value-counts.js';
import { BLANK_ROW, type Block, lineAt, REJECTED, startOfRecord } from './block.js';
import { type BlockValues, type ConvertedColumn, changedText, isChanged } from './block-values.js';
import { createRawReader } from './read-cells.js';

export function tallyValues(
  block: Block,
  { columns }: BlockValues,
  acts: Uint8Array,
  tally: Tally,
): void {
  for (const [index, column] of columns) {
    const counts = countsAt(tally.values, column.converter.place);
    const firstMisfit = countColumn(block, column, acts, counts);
    if (firstMisfit >= 0) {
      const line = lineAt(block, startOfRecord(block, firstMisfit));
      noteMisfit(counts, line, createRawReader(block, index)(firstMisfit));
    }
    if (column.changedCount > 0) tallyTokens(block, index, column, acts, tally);
  }
}

/** @returns the first record with a misfit, or −1. */
function countColumn(
  { fates }: Block,
  { steps }: ConvertedColumn,
  acts: Uint8Array,
  counts: ValueCounts,
): number {
  const times = new Uint32Array(1 << STEP_BITS);
  let firstMisfit = -1;
  for (let record = acts.length - 1; record >= 0; record--) {
    const bits = steps[record]!;
    if (bits === 0 || acts[record]! > PASS) continue;
    if (fates[record] === BLANK_ROW || fates[record] === REJECTED) continue;
    times[bits]!++;
    if ((bits & MISFIT) !== 0) firstMisfit = record;
  }
  times.forEach((count, bits) => {
    if (count > 0) countSteps(counts, bits, count);
  });
  return firstMisfit;
}

/** The kernel counted tokens as they stand in the input; here is what changed of that. */
function tallyTokens(
  block: Block,
  index: number,
  column: ConvertedColumn,
  acts: Uint8Array,
  tally: Tally,
): void {
  if (!column.touchesTokens) return;
  const read = createRawReader(block, index);
  for (let record = 0; record < block.recordCount; record++) {
    if (acts[record] !== WRITE || !isChanged(column, record)) continue;
    if ((block.flags[record]! & TOKEN) !== 0 && looksNa(read(record))) tally.naCells--;
    if (looksNa(changedText(column, record))) tally.naCells++;
  }
}

/** Stops at the first records that give an example of a rule that still wants some. */
export function stopForValues(
  { fates }: Block,
  { columns }: BlockValues,
  acts: Uint8Array,
  tally: Tally,
): void {
  if (!tally.wantsSamples) return;
  for (const { converter, steps } of columns.values()) {
    for (let bit = 0; bit < CHANGE_BITS; bit++) {
      const isThere = steps.some((one) => (one & (1 << bit)) !== 0);
      if (!isThere) continue;
      let wanted = missingSamples(tally, ruleOfBit(bit, converter.kind));
      for (let record = 0; record < acts.length && wanted > 0; record++) {
        if ((steps[record]! & (1 << bit)) === 0) continue;
        if (fates[record] === BLANK_ROW || fates[record] === REJECTED) continue;
        acts[record] = STOP;
        wanted--;
      }
    }
  }
}
