/** How long this thread has been on a CPU, as far as the system tells. */
import { readFileSync } from 'node:fs';

/**
 * CPU time of the calling thread in milliseconds, or null where there is no schedstat (Linux only).
 */
export function threadCpuMs(): number | null {
  try {
    const [onCpuNs] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
    return Number(onCpuNs) / 1e6;
  } catch {
    return null;
  }
}
