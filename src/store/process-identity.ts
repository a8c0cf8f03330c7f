/**
 * Which process a lock or a temporary file belongs to, and whether it still runs. A pid alone does
 * not tell: it is used again after a reboot, and in containers every run is pid 1. Start time and
 * boot id settle it on Linux; elsewhere only the pid is known.
 */
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

export interface ProcessIdentity {
  readonly pid: number;
  /** Eight hexadecimal digits over start time and boot id; zeros where the system has none. */
  readonly tag: string;
}

const NO_TAG = '00000000';

/** The identity of a running process, or null when there is no such process. */
export function identityOfProcess(pid: number): ProcessIdentity | null {
  try {
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      return isGone(stat) ? null : { pid, tag: tagOf(bootId, startTime(stat)) };
    } catch {
      return null;
    }
  } catch {
    return isPidRunning(pid) ? { pid, tag: NO_TAG } : null;
  }
}

/** Field 22 of /proc/PID/stat, in clock ticks. */
export function startTime(stat: string): string {
  return fieldsAfterName(stat)[19] ?? '';
}

/** Fields 3 … of /proc/PID/stat; the name before them may hold spaces and parentheses. */
function fieldsAfterName(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** A zombie runs no more; only its parent has not asked yet. */
function isGone(stat: string): boolean {
  const state = fieldsAfterName(stat)[0];
  return state === 'Z' || state === 'X';
}

function tagOf(bootId: string, started: string): string {
  return crc32(`${bootId} ${started}`).toString(16).padStart(8, '0');
}

function isPidRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process that left this identity is still running. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identityOfProcess(identity.pid)?.tag === identity.tag;
}

let own: ProcessIdentity | null = null;

/** This process; looked up once. */
export function ownIdentity(): ProcessIdentity {
  own ??= identityOfProcess(process.pid) ?? { pid: process.pid, tag: NO_TAG };
  return own;
}
