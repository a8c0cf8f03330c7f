/**
 * The whole process is killed or told to stop while a large input is worked on in spans, with
 * threads that wait for each other; then the next run completes.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectNextRunCompletes, expectSafe } from '../support/check-outputs-safe.js';
import { referenceOutputs } from '../support/reference-outputs.js';
import { runCommand } from '../support/run-command.js';
import { runInline } from '../support/run-inline.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps } from '../support/tree.js';

const TABLES = { 'large.csv': tableOf(1200, true), 'small.csv': tableOf(20, true) };
const LATER_TABLES = { 'large.csv': tableOf(1300, true), 'small.csv': tableOf(22, false) };
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

let before: Readonly<Record<string, string>> = {};
let after: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  before = await referenceOutputs(TABLES);
  after = await referenceOutputs(LATER_TABLES);
});

/** A run over later inputs, with outputs of an earlier one, that meets `signal` at a point. */
async function runSignalled(signal: NodeJS.Signals, point: string, step: string) {
  const folder = tempFolder();
  const [input, out] = [writeTables(folder, TABLES), join(folder, 'out')];
  await runInline({ inputs: [input], outDir: out });
  writeTables(folder, LATER_TABLES);
  const once = join(folder, 'once');
  const args = [input, '--out-dir', out, '--workers', '3', '--span-size', '1KB', '-q'];
  const rule = { point, at: `large.csv ${step}`, action: 'signal', signal, once } as const;
  const ending = await runCommand(args, { points: [rule] });
  return { ...ending, folder, elapsedMs: Date.now() - statSync(once).mtimeMs };
}

const POINTS = [
  ['span-start', 'count 2'],
  ['span-end', 'measure 3'],
  ['span-start', 'clean 1'],
  ['span-end', 'clean 6'],
] as const;

test.each(POINTS)('SIGKILL at %s of %s: nothing is half-written', async (...point) => {
  const { signal, folder } = await runSignalled('SIGKILL', ...point);
  expect(signal).toBe('SIGKILL');
  expectSafe(folder, before, after, 'killed');
  await expectNextRunCompletes(folder, after);
});

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  // Both take the same path once they have arrived.
  const points = signal === 'SIGINT' ? POINTS : POINTS.slice(2, 3);
  test.each(points)('at %s of %s ends the run in order and soon', async (...point) => {
    const run = await runSignalled(signal, ...point);
    const { folder } = run;
    expect([run.code, run.signal]).toEqual([EXIT_CODES[signal], null]);
    expect(run.elapsedMs).toBeLessThan(2000);
    expect(listTemps(folder)).toEqual([]);
    expect(existsSync(join(folder, 'out/.csvclean/lock'))).toBe(false);
    expectSafe(folder, before, after, signal);
    await expectNextRunCompletes(folder, after);
  });
});
