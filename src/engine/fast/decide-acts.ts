/**
 * What is to be done with each record when a block is written: the kernel writes it, passes it
 * over, or stops for it to be looked at alone; and the counts of those that were not looked at.
 */

import { PASS, STOP, WRITE } from '../../kernel/scalar/emit-records.js';
import { ODD, REQUOTE, TRIM } from '../../kernel/scalar/index-records.js';
import { missingSamples, type Tally } from '../tally.js';
import { BLANK_ROW, type Block, FILTERED, KEPT, REJECTED } from './block.js';
import type { Remaining } from './select-rows.js';

/**
 * WRITE, PASS, STOP or LOOK for each record. Looked at alone are odd records, those with a value
 * beyond a fence, rejected ones, and the first ones of a rule that still wants examples.
 *
 * @param deriveCount how many examples a written row gives.
 */
export function decideActs(
  block: Block,
  { selection, beyond }: Remaining,
  deriveCount: number,
  tally: Tally,
): Uint8Array {
  const { flags, fates, recordCount } = block;
  const acts = new Uint8Array(recordCount);
  const examples = new Map([
    [BLANK_ROW, missingSamples(tally, 'blank')],
    [FILTERED, missingSamples(tally, 'where')],
  ]);
  for (let record = 0; record < recordCount; record++) {
    const fate = fates[record]!;
    const isOdd = (flags[record]! & ODD) !== 0;
    if (fate === KEPT) {
      acts[record] = isOdd || beyond?.[record] === 1 ? STOP : WRITE;
      if (acts[record] === WRITE && wantsLook(flags[record]!, tally)) acts[record] = LOOK;
    } else if (fate === REJECTED) {
      acts[record] = STOP;
    } else {
      const wanted = examples.get(fate)!;
      examples.set(fate, wanted - 1);
      acts[record] = wanted > 0 || (isOdd && fate === FILTERED) ? STOP : PASS;
      if (acts[record] === PASS && wantsLook(flags[record]!, tally)) acts[record] = LOOK;
    }
  }
  const rows = deriveCount === 0 ? 0 : Math.ceil(missingSamples(tally, 'derive') / deriveCount);
  for (let k = 0; k < Math.min(rows, selection.count); k++) acts[selection.rows[k]!] = STOP;
  return acts;
}

/** A record that is only looked at for an example of trimming or quoting: see `dropLooks`. */
export const LOOK = 3;

/** Whether a record that is mended may be an example that is still wanted. */
function wantsLook(flags: number, tally: Tally): boolean {
  return (
    ((flags & TRIM) !== 0 && missingSamples(tally, 'trim') > 0) ||
    ((flags & REQUOTE) !== 0 && missingSamples(tally, 'requote') > 0)
  );
}

/**
 * Leaves what no longer wants a look to the kernel, from `record` on. Which records give an example
 * shows only as they are looked at, so this is asked at each of them.
 *
 * @returns whether `record` itself was left.
 */
export function dropLooks(block: Block, acts: Uint8Array, record: number, tally: Tally): boolean {
  if (wantsLook(block.flags[record]!, tally)) return false;
  for (let r = record; r < block.recordCount; r++) {
    if (acts[r] !== LOOK || wantsLook(block.flags[r]!, tally)) continue;
    acts[r] = block.fates[r] === KEPT ? WRITE : PASS;
  }
  return true;
}

/** Counts the records that were written or passed over. */
export function tallyActs(block: Block, acts: Uint8Array, { rows }: Tally): void {
  for (let record = 0; record < block.recordCount; record++) {
    const act = acts[record]!;
    if (act > PASS) continue;
    rows.in++;
    if (act === WRITE) rows.kept++;
    else if (block.fates[record] === BLANK_ROW) rows.blank++;
    else rows.filtered++;
  }
}
