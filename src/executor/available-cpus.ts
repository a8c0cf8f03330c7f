/**
 * How many CPUs this process may use: affinity, and the quota of its control group. A container
 * with two of sixty-four CPUs gets two workers.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Reads a small file of the system, or null. */
export type ReadText = (path: string) => string | null;

/** At least 1. */
export function availableCpus(): number {
  const limit = cgroupCpuLimit(readText);
  const allowed = availableParallelism();
  return limit === null ? allowed : Math.max(1, Math.min(allowed, Math.floor(limit)));
}

/**
 * The tightest CPU quota on the way from this process's control group to the root, in CPUs (may be
 * a fraction), or null without one. Version 2: `cpu.max`; version 1: `cpu.cfs_quota_us` over
 * `cpu.cfs_period_us`.
 */
export function cgroupCpuLimit(read: ReadText): number | null {
  const limits: number[] = [];
  for (const line of (read('/proc/self/cgroup') ?? '').split('\n')) {
    const [id, controllers, path] = splitFirstTwo(line);
    if (path === undefined) continue;
    for (const folder of upwards(path)) {
      if (id === '0') {
        const limit = parseCpuMax(read(`/sys/fs/cgroup${folder}/cpu.max`));
        if (limit !== null) limits.push(limit);
      } else if (controllers!.split(',').includes('cpu')) {
        const base = `/sys/fs/cgroup/${controllers}${folder}`;
        const quota = Number(read(`${base}/cpu.cfs_quota_us`) ?? -1);
        const period = Number(read(`${base}/cpu.cfs_period_us`) ?? 0);
        if (quota > 0 && period > 0) limits.push(quota / period);
      }
    }
  }
  return limits.length === 0 ? null : Math.min(...limits);
}

/** `cpu.max` holds "max 100000" or "150000 100000": quota and period in microseconds. */
export function parseCpuMax(text: string | null): number | null {
  const [quota, period] = (text ?? '').trim().split(/\s+/).map(Number);
  if (quota === undefined || period === undefined) return null;
  return quota > 0 && period > 0 ? quota / period : null;
}

function splitFirstTwo(line: string): (string | undefined)[] {
  const first = line.indexOf(':');
  const second = line.indexOf(':', first + 1);
  if (first < 0 || second < 0) return [];
  return [line.slice(0, first), line.slice(first + 1, second), line.slice(second + 1)];
}

/** `/a/b` → `/a/b`, `/a`, ``. */
function upwards(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..');
  return [...parts.map((_, i) => `/${parts.slice(0, parts.length - i).join('/')}`), ''];
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
