/**
 * Measures one command in a fresh process: wall time, CPU time and memory of everything it starts,
 * and how busy the rest of the machine was. Linux only, by what /proc tells.
 */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { highWaterBytes, machineBusySeconds, readTree, waitedCpuSeconds } from './process-tree.mjs';
import { BUSY_CORES } from './statistics.mjs';

const SAMPLE_MS = 20;
/** How long the machine is watched to see whether it is calm. */
const WATCH_MS = 300;
const KEPT_STDERR = 2000;

/**
 * Runs `[program, ...args]` and tells
 *   wallSeconds   from before the process was made until it had ended, by the monotonic clock
 *   cpuSeconds    user and system time of it and all below it that was waited for
 *   peakBytes     the most resident memory of all of them together, seen every 20 ms, or of the
 *                 first process alone by the system's own high-water mark, whichever is more
 *   otherSeconds  CPU time that the rest of the machine used meanwhile
 *   failure       null, or how it failed
 */
export async function measure([program, ...args], { cwd, env, timeoutSeconds }) {
  const busyBefore = machineBusySeconds();
  const waitedBefore = waitedCpuSeconds();
  const ownBefore = ownCpuSeconds();
  const startedAt = performance.now();
  const child = spawn(program, args, {
    ...{ cwd, env, detached: true },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const watch = watchTree(child.pid);
  const ended = await waitForEnd(child, timeoutSeconds);
  watch.stop();
  const wallSeconds = (ended.at - startedAt) / 1000;
  // Time of processes that nobody waited for is missing in the first, but was seen passing by.
  const cpuSeconds = Math.max(waitedCpuSeconds() - waitedBefore, watch.seenCpuSeconds());
  const ownSeconds = ownCpuSeconds() - ownBefore;
  const busySeconds = machineBusySeconds() - busyBefore;
  const otherSeconds = Math.max(0, busySeconds - cpuSeconds - ownSeconds);
  return {
    wallSeconds: rounded(wallSeconds, 1e4),
    cpuSeconds: rounded(cpuSeconds, 1e2),
    otherSeconds: rounded(otherSeconds, 1e2),
    peakBytes: watch.peakBytes(),
    failure: ended.failure,
  };
}

/** To as many digits as the clock behind a figure has. */
function rounded(number, steps) {
  return Math.round(number * steps) / steps;
}

/**
 * Lets written pages reach the disk, then waits for the rest of the machine to calm down, but no
 * longer than `patienceSeconds`.
 */
export async function settle(patienceSeconds) {
  spawnSync('sync');
  const end = performance.now() + patienceSeconds * 1000;
  while (performance.now() < end) {
    const [busyBefore, since] = [machineBusySeconds(), performance.now()];
    await sleep(WATCH_MS);
    const seconds = (performance.now() - since) / 1000;
    if ((machineBusySeconds() - busyBefore) / seconds <= BUSY_CORES) return;
  }
}

function watchTree(rootPid) {
  let peakBytes = 0;
  const cpuSeconds = new Map();
  const look = () => {
    const tree = readTree(rootPid);
    peakBytes = Math.max(peakBytes, tree.residentBytes, highWaterBytes(rootPid));
    for (const [pid, seconds] of tree.cpuSeconds) cpuSeconds.set(pid, seconds);
  };
  const timer = rootPid === undefined ? null : setInterval(look, SAMPLE_MS);
  return {
    stop: () => clearInterval(timer),
    peakBytes: () => peakBytes,
    seenCpuSeconds: () => [...cpuSeconds.values()].reduce((sum, one) => sum + one, 0),
  };
}

/** When and how the process ended. It and all it started are ended when it takes too long. */
async function waitForEnd(child, timeoutSeconds) {
  let said = '';
  let isLate = false;
  child.stderr?.on('data', (data) => {
    said = (said + data).slice(-KEPT_STDERR);
  });
  // It leads a process group of its own, which an interrupt at the keyboard does not reach.
  const end = () => process.kill(-child.pid, 'SIGKILL');
  const interrupt = () => {
    end();
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, timeoutSeconds * 1000);
  const ended = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ at: performance.now(), error }));
    child.once('exit', (code, signal) => resolve({ at: performance.now(), code, signal }));
  });
  clearTimeout(timer);
  process.removeListener('SIGINT', interrupt);
  // What it said last may still be in the pipe.
  if (ended.code !== 0 && ended.error === undefined) await closed(child);
  return { at: ended.at, failure: failureOf(ended, isLate && `${timeoutSeconds} s`, said) };
}

function closed(child) {
  if (child.stderr.destroyed) return;
  return Promise.race([new Promise((resolve) => child.once('close', resolve)), sleep(1000)]);
}

function failureOf({ error, code, signal }, lateAfter, said) {
  if (error !== undefined) return error.message;
  if (lateAfter) return `not done after ${lateAfter}`;
  if (code === 0) return null;
  const lastLines = said
    .trim()
    .split(/\s*\n\s*/)
    .slice(-2);
  return `${signal ?? `exit ${code}`}: ${lastLines.join(' / ')}`;
}

function ownCpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
