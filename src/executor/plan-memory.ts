/** Divides what one worker may hold between V8's heap and our own buffers, by arithmetic. */

export interface MemoryPlan {
  /** V8's limit for objects and strings, in MiB. */
  readonly heapMiB: number;
  /** Buffers and typed arrays, which V8 does not count, in bytes. */
  readonly arenaBytes: number;
}

const MIB = 2 ** 20;
/** What Node itself needs before the first byte is read. */
const BASE_HEAP_MIB = 32;

export const DEFAULT_MAX_MEMORY_BYTES = 2048 * MIB;
export const MIN_MAX_MEMORY_BYTES = 128 * MIB;

/** Half for the heap, half for the arena. */
export function planMemory(maxMemoryBytes: number): MemoryPlan {
  const arenaBytes = Math.floor(maxMemoryBytes / 2);
  const heapMiB = Math.max(BASE_HEAP_MIB, Math.floor((maxMemoryBytes - arenaBytes) / MIB));
  return { heapMiB, arenaBytes };
}
