/**
 * What is to be done with each record when a block is written: the kernel writes it, passes it
 * over, or stops for it to be looked at alone; and the counts of those that were not looked at.
 */

import { LONG, ODD, REQUOTE, SHORT, STRAY, TRIM } from '../../kernel/record-flags.js';
import { PASS, STOP, WRITE } from '../../kernel/scalar/emit-records.js';
import type { RepairCounts } from '../engine.js';
import { missingSamples, type Tally } from '../tally.js';
import { takeBytes } from './array-room.js';
import { BLANK_ROW, type Block, DUPLICATE, FILTERED, KEPT, REJECTED, REPEATED } from './block.js';
import { isRagged } from './reject-listed.js';
import type { Remaining } from './select-rows.js';
import { stopForValues } from './tally-values.js';

/** A record that is only looked at for an example of a repair: see `dropLooks`. */
export const LOOK = 3;

const FLAG_BITS = 8;
const FATES = [KEPT, BLANK_ROW, FILTERED, REJECTED, DUPLICATE, REPEATED];
const knownActs = new Map<number, Uint8Array>();

/**
 * WRITE, PASS, STOP or LOOK for each record. Looked at alone are odd records, those with a value
 * beyond a fence, and the first ones of a rule that still wants examples.
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
  const acts = takeBytes(block.arena.passing, recordCount);
  writeActs(actsByState(lookedAt(block, tally)), fates, flags, acts);
  if (beyond !== null) stopBeyond(beyond, acts);
  stopForExamples(fates, BLANK_ROW, missingSamples(tally, 'blank'), acts);
  stopForExamples(fates, FILTERED, missingSamples(tally, 'where'), acts);
  if (block.values !== null) stopForValues(block, block.values, acts, tally);
  const rows = deriveCount === 0 ? 0 : Math.ceil(missingSamples(tally, 'derive') / deriveCount);
  for (let k = 0; k < Math.min(rows, selection.count); k++) acts[selection.rows[k]!] = STOP;
  return acts;
}

/** Loops stand alone here and elsewhere: a small function is compiled in no time, and once. */
function writeActs(
  actsOf: Uint8Array,
  fates: Uint8Array,
  flags: Uint8Array,
  acts: Uint8Array,
): void {
  for (let record = 0; record < acts.length; record++) {
    acts[record] = actsOf[(fates[record]! << FLAG_BITS) | flags[record]!]!;
  }
}

function stopBeyond(beyond: Uint8Array, acts: Uint8Array): void {
  for (let record = 0; record < acts.length; record++) {
    if (beyond[record] === 1) acts[record] = STOP;
  }
}

/**
 * The act of a record by its fate and flags, as far as they alone decide; with a flag of `looked`
 * it is looked at.
 */
function actsByState(looked: number): Uint8Array {
  let acts = knownActs.get(looked);
  if (acts === undefined) {
    const states = Array.from({ length: FATES.length << FLAG_BITS }, (_, state) => state);
    acts = Uint8Array.from(states, (state) => actOf(state >> FLAG_BITS, state, looked));
    knownActs.set(looked, acts);
  }
  return acts;
}

function actOf(fate: number, flags: number, looked: number): number {
  if (isRagged(fate, flags)) return PASS;
  if (fate === REJECTED || fate === REPEATED || ((flags & ODD) !== 0 && fate !== BLANK_ROW))
    return STOP;
  if ((flags & looked) !== 0) return LOOK;
  return fate === KEPT ? WRITE : PASS;
}

/** Stops at the first `wanted` records with `fate`. */
function stopForExamples(fates: Uint8Array, fate: number, wanted: number, acts: Uint8Array): void {
  let record = -1;
  for (let i = 0; i < wanted; i++) {
    record = fates.indexOf(fate, record + 1);
    if (record < 0) return;
    acts[record] = STOP;
  }
}

/** By flag: the rule that a record with it may be an example of. */
const EXAMPLES = [
  [TRIM, 'trim'],
  [REQUOTE, 'requote'],
  [SHORT, 'pad'],
  [LONG, 'extra_cells'],
  [STRAY, 'stray_quote'],
] as const;

/** The flags of records that are mended, and may be an example that is still wanted. */
function lookedAt({ context }: Block, tally: Tally): number {
  let looked = 0;
  for (const [flag, rule] of EXAMPLES) {
    if (missingSamples(tally, rule) > 0) looked |= flag;
  }
  return context.rules.trim ? looked : looked & ~TRIM;
}

/**
 * Leaves what no longer wants a look to the kernel, from `record` on. Which records give an example
 * shows only as they are looked at, so this is asked at each of them.
 *
 * @returns whether `record` itself was left.
 */
export function dropLooks(block: Block, acts: Uint8Array, record: number, tally: Tally): boolean {
  const looked = lookedAt(block, tally);
  if ((block.flags[record]! & looked) !== 0) return false;
  for (let r = record; r < block.recordCount; r++) {
    if (acts[r] !== LOOK || (block.flags[r]! & looked) !== 0) continue;
    acts[r] = block.fates[r] === KEPT ? WRITE : PASS;
  }
  return true;
}

/** Counts the records that were written or passed over, but for those `reject-listed` counts. */
export function tallyActs(block: Block, acts: Uint8Array, { rows, repairs }: Tally): void {
  const { fates, recordCount } = block;
  if (block.hasRepairs) tallyRepairs(block, acts, repairs);
  let kept = 0;
  let blank = 0;
  let filtered = 0;
  for (let record = 0; record < recordCount; record++) {
    const act = acts[record]!;
    if (act === WRITE) kept++;
    else if (act !== PASS) continue;
    else if (fates[record] === BLANK_ROW) blank++;
    else if (fates[record] === FILTERED) filtered++;
  }
  rows.in += kept + blank + filtered;
  rows.kept += kept;
  rows.blank += blank;
  rows.filtered += filtered;
}

/** Whether a record is one, whatever became of it then. */
function isRow(fate: number): boolean {
  return fate === KEPT || fate === FILTERED || fate === DUPLICATE;
}

/** Counts what is wrong with the structure of rows, filtered ones too. */
function tallyRepairs({ fates, flags }: Block, acts: Uint8Array, repairs: RepairCounts): void {
  let short = 0;
  let long = 0;
  let stray = 0;
  for (let record = 0; record < acts.length; record++) {
    const flag = flags[record]!;
    if (acts[record]! > PASS || !isRow(fates[record]!)) continue;
    if ((flag & SHORT) !== 0) short++;
    if ((flag & LONG) !== 0) long++;
    if ((flag & STRAY) !== 0) stray++;
  }
  repairs.paddedRows += short;
  repairs.shortenedRows += long;
  repairs.strayRows += stray;
}
