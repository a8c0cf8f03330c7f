/** How long work on this thread takes, and how much of that on a CPU where the system tells. */
import { readFileSync } from 'node:fs';

/**
 * CPU time of the calling thread in milliseconds, or null where there is no schedstat (Linux only).
 */
function threadCpuMs(): number | null {
  try {
    const [onCpuNs] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
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
