/**
 * What becomes of a large input in spans when threads that work on it die, hang, throw or exhaust
 * their heap, while others work on its other spans or wait for the place of the dead one's. The
 * real binary, real threads; a listener does the damage at named points.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { injectFault } from '../support/inject-fault.js';
import { outputsIn, referenceOutputs } from '../support/reference-outputs.js';
import { type PointRule, runCommand } from '../support/run-command.js';
import { type FileOutcome, outputsWithout, runDisturbed } from '../support/run-disturbed.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps } from '../support/tree.js';

/** Two that are cut, and two that share a task. */
const TABLES: Readonly<Record<string, string>> = {
  'large.csv': tableOf(1600, true),
  'other.csv': tableOf(900, true),
  'p1.csv': tableOf(20, true),
  'p2.csv': tableOf(25, false),
};
const NAMES = Object.keys(TABLES).sort();

let reference: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  reference = await referenceOutputs(TABLES);
});

/** Cleans the tables on three threads with `rules` at work; each at most once if `isOnce`. */
function runWith(
  rules: readonly PointRule[],
  isOnce: boolean,
  args: readonly string[] = [],
  nodeArgs: readonly string[] = [],
) {
  const usual = ['--workers', '3', '--span-size', '1KB'];
  return runDisturbed(TABLES, rules, isOnce, [...usual, ...args], nodeArgs);
}

describe('a thread that exits', () => {
  test.each([
    ['span-start large.csv open', 'span-end other.csv count 3'],
    ['span-end large.csv measure 7', 'span-start other.csv measure 0'],
    ['span-start large.csv clean 0', 'span-end other.csv clean 5'],
    ['span-end large.csv clean 0', 'span-start other.csv clean 5'],
  ])('once, at %s and %s: the steps are done again, nothing is missing', async (...points) => {
    const rules = points.map((one): PointRule => {
      const [point, ...at] = one.split(' ');
      return { point: point!, at: at.join(' '), action: 'exit' };
    });
    const run = await runWith(rules, true);
    expect(run).toMatchObject({ code: 0, names: NAMES, failed: [], temps: [] });
    expect(run.outputs).toEqual(reference);
    expect(Math.min(...run.spans.slice(0, 2))).toBeGreaterThan(8);
  });

  test('with all others waiting for the place behind its span: they get it in the end', async () => {
    const folder = tempFolder();
    const begun = join(folder, 'begun');
    const at = 'large.csv clean 0';
    const run = await runWith(
      [
        {
          point: 'span-start',
          at: 'large.csv clean 2',
          action: 'pause',
          once: begun,
          until: begun,
        },
        { point: 'span-start', at, action: 'pause', until: begun },
        { point: 'span-start', at, action: 'exit', once: join(folder, 'once') },
      ],
      false,
    );
    expect(run).toMatchObject({ code: 0, names: NAMES, failed: [], temps: [] });
    expect(run.outputs).toEqual(reference);
  });

  test.each([
    ['span-end', 'count 3'],
    ['span-start', 'clean 2'],
  ])('each time, at %s of %s: only this input fails', async (point, step) => {
    const run = await runWith([{ point, at: `large.csv ${step}`, action: 'exit' }], false);
    expect(run).toMatchObject({
      ...{ code: 1, names: NAMES, temps: [] },
      failed: [['large.csv', 'WORKER_DIED']],
      messages: ['the worker thread ended twice (exit code 7) while cleaning it'],
    });
    expect(run.outputs).toEqual(outputsWithout(reference, 'large.csv'));
  });

  test('at each step of every input: all fail, and the run ends', async () => {
    const run = await runWith([{ point: 'span-start', action: 'exit' }], false);
    expect(run).toMatchObject({ code: 1, names: NAMES, temps: [] });
    expect(run.failed).toEqual([
      ['large.csv', 'WORKER_DIED'],
      ['other.csv', 'WORKER_DIED'],
    ]);
  });
});

describe('a thread that fails at a span', () => {
  test('exhausts its heap: not tried again', async () => {
    const rule: PointRule = { point: 'span-start', at: 'large.csv clean 2', action: 'heap' };
    // Damage done once only: a second try would succeed.
    const run = await runWith([rule], true, ['--max-memory', '128MB']);
    expect(run).toMatchObject({
      ...{ code: 1, names: NAMES, temps: [] },
      failed: [['large.csv', 'OUT_OF_MEMORY']],
    });
    expect(run.outputs).toEqual(outputsWithout(reference, 'large.csv'));
  });

  test('never ends, with others waiting for its place: --timeout ends it', async () => {
    const rule: PointRule = { point: 'span-start', at: 'large.csv clean 2', action: 'loop' };
    const run = await runWith([rule], true, ['--timeout', '5']);
    expect(run).toMatchObject({
      ...{ code: 1, names: NAMES, temps: [] },
      failed: [['large.csv', 'TIMEOUT']],
      messages: ['not done after 5 s'],
    });
    expect(run.outputs).toEqual(outputsWithout(reference, 'large.csv'));
  });

  test('throws: not tried again, a fault of ours', async () => {
    const rule: PointRule = { point: 'span-end', at: 'large.csv clean 4', action: 'throw' };
    const run = await runWith([rule], true);
    expect(run).toMatchObject({
      ...{ code: 3, names: NAMES, temps: [] },
      failed: [['large.csv', 'FAULT']],
    });
    expect(run.messages[0]).toMatch(/^a fault of csvclean: Error: thrown by the test/);
    expect(run.outputs).toEqual(outputsWithout(reference, 'large.csv'));
  });

  test('throws after its span, where nobody catches: the input is not to blame', async () => {
    const rule: PointRule = { point: 'span-end', at: 'large.csv clean 3', action: 'reject' };
    const run = await runWith([rule], true);
    expect(run).toMatchObject({ code: 0, names: NAMES, failed: [], temps: [] });
    expect(run.outputs).toEqual(reference);
  });

  test('cannot write its part: only this input fails, and those who wait for it end', async () => {
    // No other output is so long.
    const when = `args[4] > ${reference['other.csv']!.length + 2000}`;
    const run = await runWith([], false, [], injectFault('writeSync', 'EDQUOT', when));
    expect(run).toMatchObject({
      ...{ code: 1, names: NAMES, temps: [] },
      failed: [['large.csv', 'CANNOT_WRITE']],
      messages: ['cannot write: disk quota exceeded'],
    });
    expect(run.outputs).toEqual(outputsWithout(reference, 'large.csv'));
  });
});

test('--fail-fast ends threads that wait for the place of a span', async () => {
  const folder = tempFolder();
  const input = writeTables(folder, { 'bad.csv': 'PK\x03\x04', 'large.csv': tableOf(1200, true) });
  const [begun, never] = [join(folder, 'begun'), join(folder, 'never')];
  const out = join(folder, 'out');
  const args = [input, '--out-dir', out, '--workers', '3', '--span-size', '1KB', '--fail-fast'];
  const run = await runCommand([...args, '--json', '-q'], {
    points: [
      { point: 'span-start', at: 'large.csv clean 0', action: 'pause', once: begun, until: never },
      { point: 'input-start', at: 'bad.csv', action: 'pause', until: begun },
    ],
  });
  const { files } = JSON.parse(run.stdout) as { files: FileOutcome[] };
  expect(run.code).toBe(1);
  expect(files.map(({ error }) => error?.code)).toEqual(['COMPRESSED', 'SKIPPED']);
  expect([listTemps(folder), outputsIn(folder)]).toEqual([[], {}]);
});
