/** Loads what only some rules need. A run and each of its threads wait for it before all else. */
import { loadCompiler } from './expression/load-compiler.js';
import { loadDedup } from './fast/dedup/load-dedup.js';
import { loadGroups } from './fast/groups/load-groups.js';
import type { Rules } from './rules.js';
import { loadSchema } from './schema/load-schema.js';
import { loadValues } from './values/load-values.js';

/** To be awaited once in each thread, before a table is planned by such rules. */
export async function loadForRules(rules: Rules): Promise<void> {
  await Promise.all([
    loadCompiler(rules),
    loadSchema(rules),
    loadValues(rules),
    loadDedup(rules),
    loadGroups(rules),
  ]);
}
