/**
 * Runs killed at random moments, one after the other in the same folder: leftovers of one are met
 * by the next.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { expectNextRunCompletes, expectSafe } from '../support/check-outputs-safe.js';
import { outputsIn, referenceOutputs } from '../support/reference-outputs.js';
import { type CommandResult, runCommand } from '../support/run-command.js';
import { runInline } from '../support/run-inline.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { withFolder } from '../support/temp-folder.js';
import { listTemps } from '../support/tree.js';

/**
 * Twelve inputs: some in spans, some packed, some with rejects; all differ by version.
 */
function tablesOf(version: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [
      `t${i}.csv`,
      tableOf((i % 3 === 0 ? 900 : 20) + i + version * 7, (i + version) % 3 !== 1),
    ]),
  );
}

/** How often a run was hit before its end, by what it had done. */
export interface KillCounts {
  readonly runs: number;
  readonly killed: number;
  /** Killed after the first and before the last output had its name. */
  readonly midway: number;
  readonly leftTemps: number;
}

/**
 * Kills `runs` runs: three in four with SIGKILL, the others with SIGTERM; one in ten before it has
 * begun, the others at a random moment of their work. How long that takes is learnt from run to
 * run, since machines differ.
 */
export async function killAtRandom(runs: number, seed: number): Promise<KillCounts> {
  const versions = [tablesOf(0), tablesOf(1)];
  const outputs = await Promise.all(versions.map((tables) => referenceOutputs(tables)));
  const random = randomFrom(seed);
  const counts = { runs, killed: 0, midway: 0, leftTemps: 0 };
  let workMs = 150;
  await withFolder(async (folder) => {
    await runInline({ inputs: [writeTables(folder, versions[0])], outDir: join(folder, 'out') });
    for (let i = 1; i <= runs; i++) {
      const [before, after] = [outputs[(i - 1) % 2]!, outputs[i % 2]!];
      writeTables(folder, versions[i % 2]!);
      const signal = random() < 0.75 ? 'SIGKILL' : 'SIGTERM';
      const isEarly = random() < 0.1;
      const delayMs = random() * workMs;
      const what = `seed ${seed}, run ${i}, ${signal} after ${delayMs.toFixed(1)} ms`;
      const ending = await runKilled(folder, signal, delayMs, isEarly);
      expectSafe(folder, before, after, what);
      const temps = listTemps(folder);
      // Before it listens, SIGTERM ends a run at once too: then it has not begun.
      if (ending.signal !== 'SIGKILL') expect(temps, what).toEqual([]);
      expect([0, 143, null], what).toContain(ending.code);
      const now = outputsIn(folder);
      const names = Object.keys(versions[0]!);
      const done = names.filter((name) => now[name] === after[name]).length;
      if (done > 0 && done < names.length) counts.midway++;
      if (temps.length > 0) counts.leftTemps++;
      if (ending.code === 0) workMs *= 0.8;
      else counts.killed++;
      if (ending.code !== 0 && !isEarly) workMs *= 1.1;
      await expectNextRunCompletes(folder, after, what);
    }
  });
  return counts;
}

async function runKilled(
  folder: string,
  signal: 'SIGKILL' | 'SIGTERM',
  delayMs: number,
  isEarly: boolean,
): Promise<CommandResult> {
  const lock = join(folder, 'out/.csvclean/lock');
  const args = [join(folder, 'in'), '--out-dir', join(folder, 'out'), '--workers', '2', '-q'];
  // The larger ones are cut, the others packed.
  args.push('--span-size', '1KB');
  return runCommand(args, {
    onStart(child) {
      const startMs = performance.now();
      const timer = setInterval(() => {
        const isOver = child.exitCode !== null || child.signalCode !== null;
        // A run that was too quick to be seen is left alone.
        if (isOver) clearInterval(timer);
        const hasBegun = isEarly ? performance.now() - startMs > delayMs / 4 : existsSync(lock);
        if (isOver || !hasBegun) return;
        clearInterval(timer);
        setTimeout(() => child.kill(signal), isEarly ? 0 : delayMs);
      }, 1);
    },
  });
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
