/** How long work on this thread takes, and how much of that on a CPU where the system tells. */
import { openSync, readSync } from 'node:fs';

/** Long enough for three numbers of 64 bits. */
const room = Buffer.alloc(64);
/** What tells of the thread that opened it, kept open; undefined before it is asked for. */
let schedstat: number | null | undefined;

function openSchedstat(): number | null {
  try {
    return openSync('/proc/thread-self/schedstat', 'r');
  } catch {
    return null;
  }
}

/** CPU time of the calling thread in milliseconds, or null where there is no such file (Linux). */
function threadCpuMs(): number | null {
  if (schedstat === undefined) schedstat = openSchedstat();
  if (schedstat === null) return null;
  const length = readSync(schedstat, room, 0, room.length, 0);
  const [onCpuNs] = room.toString('latin1', 0, length).split(' ');
  return Number(onCpuNs) / 1e6;
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
