/** How long work on this thread takes, and how much of that on a CPU where the system tells. */
import { openSync, readSync } from 'node:fs';

/** Long enough for three numbers of 64 bits. */
const room = Buffer.alloc(64);
/** What tells of the thread that opened it, kept open; null before it is. */
let schedstat: number | null = null;

/**
 * CPU time of the calling thread in milliseconds, or null where there is no schedstat (Linux only).
 */
function threadCpuMs(): number | null {
  try {
    schedstat ??= openSync('/proc/thread-self/schedstat', 'r');
    const length = readSync(schedstat, room, 0, room.length, 0);
    const [onCpuNs] = room.toString('latin1', 0, length).split(' ');
    return Number(onCpuNs) / 1e6;
  } catch {
    return null;
  }
}

export interface Timing {
  readonly worker: string;
  readonly wallMs: number;
  readonly cpuMs: number | null;
}

/** Starts to measure; the function gives the times since then. */
export function startTiming(worker: string): () => Timing {
  const startMs = performance.now();
  const startCpuMs = threadCpuMs();
  return () => ({
    worker,
    wallMs: performance.now() - startMs,
    cpuMs: startCpuMs === null ? null : (threadCpuMs() ?? startCpuMs) - startCpuMs,
  });
}
