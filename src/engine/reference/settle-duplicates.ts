/**
 * Finds the rows that another one makes superfluous, by a map from all keys to the row that stays.
 * It holds every different key in memory, and refuses what the budget does not hold.
 */
import { reserve } from '../../base/memory-budget.js';
import { type Pass, type Twin, walkFiltered } from './walk-pass.js';

/** What an entry of either map takes beside the letters of its key, in bytes. */
const ENTRY_BYTES = 160;

/** Fills `pass.twins`: by the byte offset of each superfluous row, the one that stays. */
export function settleDuplicates(pass: Pass): void {
  const { dedup } = pass.plan;
  if (dedup === null) return;
  const known = new Map<string, Twin>();
  for (const row of walkFiltered(pass)) {
    const key = JSON.stringify(dedup.columns.map(({ index }) => row.cells[index]));
    const { offsetBytes, line } = row.walked;
    const twin = known.get(key);
    const newBytes = twin === undefined ? 2 * key.length : 0;
    reserve(pass.context.budget, newBytes + ENTRY_BYTES, 'the keys of --dedup');
    if (twin === undefined) {
      known.set(key, { offsetBytes, line });
    } else if (dedup.keep === 'first') {
      pass.twins.set(offsetBytes, twin);
    } else {
      pass.twins.set(twin.offsetBytes, twin);
      Object.assign(twin, { offsetBytes, line });
    }
  }
}
