/** What profiles tables, loaded where that is asked for: a run that cleans has no use for it. */
import { assert } from '../../base/assert.js';
import type { profileTable } from '../fast/profile-table.js';
import type { mergeTables } from './merge-states.js';

interface Profiler {
  readonly profileTable: typeof profileTable;
  readonly mergeTables: typeof mergeTables;
}

let loaded: Profiler | null = null;

/** To be awaited once in each thread, before its first request for a profile. */
export async function loadProfiler(): Promise<void> {
  const [table, states] = await Promise.all([
    import('../fast/profile-table.js'),
    import('./merge-states.js'),
  ]);
  loaded = { profileTable: table.profileTable, mergeTables: states.mergeTables };
}

export function profiler(): Profiler {
  assert(loaded !== null, 'the profiler is loaded');
  return loaded;
}
