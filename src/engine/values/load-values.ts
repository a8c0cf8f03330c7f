/** What judges and converts values, loaded where rules ask for it: most jobs have none. */
import { assert } from '../../base/assert.js';
import type { Rules } from '../rules.js';
import { asksForAny } from './plan-values.js';
import type { valueTools } from './value-tools.js';

type ValueTools = typeof valueTools;

let tools: ValueTools | null = null;

/** To be awaited once in each thread, before its first table by such rules. */
export async function loadValues({ values, columns }: Pick<Rules, 'values' | 'columns'>) {
  if (tools === null && asksForAny(values, columns)) {
    tools = (await import('./value-tools.js')).valueTools;
  }
}

export function loadedValueTools(): ValueTools {
  assert(tools !== null, 'what converts values is loaded');
  return tools;
}
