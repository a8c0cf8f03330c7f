/**
 * What Linux tells about processes and the machine in /proc: CPU time, resident memory, children.
 * A process that ends while it is looked at is simply not there.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = systemNumber('CLK_TCK');
const PAGE_BYTES = systemNumber('PAGESIZE');

/** Places in /proc/PID/stat, counted from the field behind the name in brackets. */
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;
const CHILDREN_USER_TICKS = 13;
const CHILDREN_SYSTEM_TICKS = 14;
const RESIDENT_PAGES = 21;

/** Places in the first line of /proc/stat. */
const IDLE = 3;
const WAITING = 4;
const STOLEN = 7;

/**
 * CPU seconds, user and system, of all processes that this one has started and waited for, and of
 * those that they waited for. Exact but for its steps of 10 ms.
 */
export function waitedCpuSeconds() {
  const fields = statFields('self');
  return (fields[CHILDREN_USER_TICKS] + fields[CHILDREN_SYSTEM_TICKS]) / TICKS_PER_SECOND;
}

/** Seconds that all cores together were not idle, stolen ones included. */
export function machineBusySeconds() {
  const [line] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
  const ticks = line.split(/ +/).slice(1).map(Number);
  const busy = ticks.filter((_, i) => i <= STOLEN && i !== IDLE && i !== WAITING);
  return busy.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND;
}

/**
 * The processes below `rootPid`, itself included: their resident memory together, and the CPU
 * seconds of each by its pid. Pages that processes share count in each of them.
 */
export function readTree(rootPid) {
  const cpuSeconds = new Map();
  let residentBytes = 0;
  const waiting = [rootPid];
  while (waiting.length > 0) {
    const pid = waiting.pop();
    try {
      const fields = statFields(pid);
      residentBytes += fields[RESIDENT_PAGES] * PAGE_BYTES;
      cpuSeconds.set(pid, (fields[USER_TICKS] + fields[SYSTEM_TICKS]) / TICKS_PER_SECOND);
      waiting.push(...childrenOf(pid));
    } catch {
      // It ended in between.
    }
  }
  return { residentBytes, cpuSeconds };
}

/** The most memory that the process itself has ever had resident, or 0 when it has ended. */
export function highWaterBytes(pid) {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return found === null ? 0 : Number(found[1]) * 1024;
  } catch {
    return 0;
  }
}

/** Children hang below the thread that started them. */
function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')
      .split(' ')
      .filter((text) => text !== '')
      .map(Number),
  );
}

/** The name in brackets may hold spaces and brackets: the fields begin behind the last one. */
function statFields(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

function systemNumber(name) {
  return Number(spawnSync('getconf', [name], { encoding: 'latin1' }).stdout);
}
