/**
 * Finds the rows that another one makes superfluous, by a map from all keys to the row that stays.
 * It holds every different key in memory, and refuses what the budget does not hold.
 */
import { reserve } from '../../base/memory-budget.js';
import { isMissing } from '../../csv/missing.js';
import { type DedupPlan, keyPlans } from '../plan-keys.js';
import { takeRepeated } from '../rows/schema-row.js';
import { createTally } from '../tally.js';
import { type Pass, type Twin, walkPass } from './walk-pass.js';

/** What an entry of either map takes beside the letters of its key, in bytes. */
const ENTRY_BYTES = 160;

/** Fills `pass.twins`: by the byte offset of each superfluous row, the one that stays. */
export function settleDuplicates(pass: Pass): void {
  for (const plan of keyPlans(pass.plan)) {
    for (const [offsetBytes, twin] of findTwins(pass, plan)) pass.twins.set(offsetBytes, twin);
  }
}

function findTwins(pass: Pass, of: DedupPlan): ReadonlyMap<number, Twin> {
  const known = new Map<string, Twin>();
  const twins = new Map<number, Twin>();
  for (const row of walkPass(pass)) {
    const texts = of.columns.map(({ index }) => row.cells[index] as string);
    if (of.unique !== null && isMissing(texts[0]!)) continue;
    const key = JSON.stringify(texts);
    const { offsetBytes, line } = row.walked;
    const twin = known.get(key);
    const newBytes = twin === undefined ? 2 * key.length : 0;
    reserve(pass.context.budget, newBytes + ENTRY_BYTES, 'the keys of --dedup');
    if (twin === undefined) {
      known.set(key, { offsetBytes, line, of });
    } else if (of.keep === 'first') {
      twins.set(offsetBytes, twin);
      if (of.unique?.onInvalid === 'fail') takeRepeated(row, of.unique, twin.line, silent());
    } else {
      twins.set(twin.offsetBytes, twin);
      Object.assign(twin, { offsetBytes, line });
    }
  }
  return twins;
}

function silent() {
  return createTally(() => {}, false);
}
