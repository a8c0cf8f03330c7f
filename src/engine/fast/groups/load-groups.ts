/** What numbers groups of rows, loaded where an expression may ask for it: most do not. */
import { assert } from '../../../base/assert.js';
import type { Rules } from '../../rules.js';
import type { groupingOf } from './grouping.js';
import type { numberRows } from './number-rows.js';

interface GroupTools {
  readonly groupingOf: typeof groupingOf;
  readonly numberRows: typeof numberRows;
}

let tools: GroupTools | null = null;

/** To be awaited once in each thread, before a table is cleaned by such rules. */
export async function loadGroups({
  where,
  derive,
}: Pick<Rules, 'where' | 'derive'>): Promise<void> {
  const mayGroup = [where ?? '', ...derive].some((text) => /\bby\b/.test(text));
  if (tools !== null || !mayGroup) return;
  const [grouping, rows] = await Promise.all([import('./grouping.js'), import('./number-rows.js')]);
  tools = { ...grouping, ...rows };
}

export function groupTools(): GroupTools {
  assert(tools !== null, 'what numbers groups is loaded');
  return tools;
}
