/** What compares rows with each other, loaded where rules ask for it: most do not. */
import { assert } from '../../../base/assert.js';
import { hasKeys } from '../../plan-keys.js';
import type { Rules } from '../../rules.js';
import type { leaveSettled, mergeKeys, settleDuplicates, spillKeys } from './settle-duplicates.js';

interface DedupTools {
  readonly settleDuplicates: typeof settleDuplicates;
  readonly leaveSettled: typeof leaveSettled;
  readonly spillKeys: typeof spillKeys;
  readonly mergeKeys: typeof mergeKeys;
}

let tools: DedupTools | null = null;

/** To be awaited once in each thread, before a table is cleaned by such rules. */
export async function loadDedup(rules: Pick<Rules, 'dedup' | 'columns'>): Promise<void> {
  if (tools === null && hasKeys(rules)) tools = await import('./settle-duplicates.js');
}

export function dedupTools(): DedupTools {
  assert(tools !== null, 'what finds duplicates is loaded');
  return tools;
}
