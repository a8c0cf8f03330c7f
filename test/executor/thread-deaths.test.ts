/**
 * What becomes of a run whose worker threads die, hang, throw or exhaust their heap. The real
 * binary, real threads; a listener does the damage at named points.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { referenceOutputs } from '../support/reference-outputs.js';
import type { PointRule } from '../support/run-command.js';
import { outputsWithout, runDisturbed } from '../support/run-disturbed.js';
import { tableOf } from '../support/small-tables.js';

/** Two alone in their tasks, and five that share one. */
const TABLES: Readonly<Record<string, string>> = {
  'alone.csv': tableOf(1200, true),
  'other.csv': tableOf(1000, true),
  ...Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`p${i}.csv`, tableOf(20 + i, i % 2 === 0)])),
};
const NAMES = Object.keys(TABLES).sort();

let reference: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  reference = await referenceOutputs(TABLES);
});

/** Cleans the tables on two threads with `rule` at work. */
function runWith(rule: PointRule, isOnce: boolean, args: readonly string[] = []) {
  return runDisturbed(TABLES, [rule], isOnce, ['--workers', '2', ...args]);
}

describe('a thread that exits', () => {
  test.each([
    ['input-start', 'alone.csv'],
    ['input-end', 'alone.csv'],
    ['input-start', 'p3.csv'],
    ['input-end', 'p1.csv'],
  ])('once, at %s of %s: the input is tried again and nothing is missing', async (point, at) => {
    const run = await runWith({ point, at, action: 'exit' }, true);
    expect(run).toMatchObject({ code: 0, names: NAMES, failed: [], temps: [] });
    expect(run.outputs).toEqual(reference);
  });

  test.each(['alone.csv', 'p3.csv'])('each time at %s: only this input fails', async (at) => {
    const run = await runWith({ point: 'input-end', at, action: 'exit' }, false);
    expect(run).toMatchObject({ code: 1, names: NAMES, failed: [[at, 'WORKER_DIED']], temps: [] });
    expect(run.messages).toEqual(['the worker thread ended twice (exit code 7) while cleaning it']);
    expect(run.outputs).toEqual(outputsWithout(reference, at));
  });

  test('at every input: each fails, and the run ends', async () => {
    const run = await runWith({ point: 'input-start', action: 'exit' }, false);
    expect(run).toMatchObject({ code: 1, names: NAMES, outputs: {}, temps: [] });
    expect(run.failed).toEqual(NAMES.map((name) => [name, 'WORKER_DIED']));
  });
});

describe('a thread that fails at its input', () => {
  test.each(['alone.csv', 'p2.csv'])('exhausts its heap at %s: not tried again', async (at) => {
    // Damage done once only: a second try would succeed.
    const args = ['--max-memory', '128MB'];
    const run = await runWith({ point: 'input-start', at, action: 'heap' }, true, args);
    expect(run).toMatchObject({
      code: 1,
      names: NAMES,
      failed: [[at, 'OUT_OF_MEMORY']],
      temps: [],
    });
    expect(run.outputs).toEqual(outputsWithout(reference, at));
  });

  test.each(['alone.csv', 'p2.csv'])('never ends at %s: --timeout does', async (at) => {
    const rule: PointRule = { point: 'input-end', at, action: 'loop' };
    const run = await runWith(rule, true, ['--timeout', '1']);
    expect(run).toMatchObject({ code: 1, names: NAMES, failed: [[at, 'TIMEOUT']], temps: [] });
    expect(run.messages).toEqual(['not done after 1 s']);
    expect(run.outputs).toEqual(outputsWithout(reference, at));
  });

  test('throws: not tried again, a fault of ours', async () => {
    const run = await runWith({ point: 'input-end', at: 'p4.csv', action: 'throw' }, true);
    expect(run).toMatchObject({ code: 3, names: NAMES, failed: [['p4.csv', 'FAULT']], temps: [] });
    expect(run.messages[0]).toMatch(/^a fault of csvclean: Error: thrown by the test/);
    expect(run.outputs).toEqual(outputsWithout(reference, 'p4.csv'));
  });

  test('throws where nobody catches, while it streams: not tried again', async () => {
    const rule: PointRule = { point: 'input-start', at: 'p4.csv', action: 'reject' };
    const run = await runWith(rule, true, ['--compress', 'gz']);
    expect(run).toMatchObject({ code: 3, names: NAMES, failed: [['p4.csv', 'FAULT']], temps: [] });
    expect(run.messages[0]).toMatch(/^a fault of csvclean: Error: uncaught, by the test/);
  });

  test('throws after its last input: the next task is not to blame', async () => {
    const rule: PointRule = { point: 'input-end', at: 'alone.csv', action: 'reject' };
    const run = await runWith(rule, false, ['--workers', '1']);
    expect(run).toMatchObject({ code: 0, names: NAMES, failed: [], temps: [] });
    expect(run.outputs).toEqual(reference);
  });
});

describe('tasks that finish in another order', () => {
  const seed = Number(process.env.SEED ?? 1);
  console.log(`SEED=${seed}`);
  test.each([seed, seed + 1, seed + 2])('give the same bytes (seed %i)', async (used) => {
    const rule: PointRule = { point: 'input-end', action: 'delay', seed: used };
    const run = await runWith(rule, false, ['--workers', '3']);
    expect(run).toMatchObject({ code: 0, names: NAMES, failed: [], temps: [] });
    expect(run.outputs).toEqual(reference);
  });
});
