/** What profiles tables, loaded where that is asked for: a run that cleans has no use for it. */
import { assert } from '../../base/assert.js';
import type { Table } from '../fast/table.js';
import type { TableState } from './column-state.js';
import type { heldBuffers } from './held-buffers.js';
import type { ProfileLimits } from './limits.js';
import type { mergeTables } from './merge-states.js';
import type { ProfileMemory } from './profile-memory.js';

interface Profiler {
  profileTable(table: Table, limits: ProfileLimits): TableState;
  readonly mergeTables: typeof mergeTables;
  readonly heldBuffers: typeof heldBuffers;
}

let loaded: Profiler | null = null;

/**
 * To be awaited once in each thread, before its first request for a profile.
 * @param readKernel the profiling kernel as it is shipped; asked when a table is to be profiled.
 */
export async function loadProfiler(readKernel: () => Uint8Array): Promise<void> {
  const [table, memories, states, buffers] = await Promise.all([
    import('../fast/profile-table.js'),
    import('./profile-memory.js'),
    import('./merge-states.js'),
    import('./held-buffers.js'),
  ]);
  let memory: ProfileMemory | null = null;
  loaded = {
    profileTable: (one, limits) => {
      memory ??= memories.createProfileMemory(new WebAssembly.Module(readKernel()));
      return table.profileTable(one, limits, memory);
    },
    mergeTables: states.mergeTables,
    heldBuffers: buffers.heldBuffers,
  };
}

export function profiler(): Profiler {
  assert(loaded !== null, 'the profiler is loaded');
  return loaded;
}
