/**
 * The whole process is killed or told to stop at every named point of a run; then the next run
 * completes.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectNextRunCompletes, expectSafe } from '../support/check-outputs-safe.js';
import { referenceOutputs } from '../support/reference-outputs.js';
import { type CommandResult, runCommand } from '../support/run-command.js';
import { runInline } from '../support/run-inline.js';
import { SMALL_TABLES, tableOf, writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps } from '../support/tree.js';
import { waitForFile } from '../support/wait-for.js';

/** Points in a worker and on the main thread; an empty `at` is the run itself. */
const POINTS: readonly (readonly [point: string, at: string])[] = [
  ['before-lock', ''],
  ['run-start', ''],
  ['input-start', 'big.csv'],
  ['input-end', 'two.csv'],
  ['before-rejects-rename', 'big.csv'],
  ['before-output-rename', 'two.csv'],
  ['after-output-rename', 'one.csv'],
];

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** one.csv loses its rejects with the later content. */
const TABLES = { ...SMALL_TABLES, 'one.csv': tableOf(40, true) };
const LATER_TABLES = {
  'big.csv': tableOf(1300, true),
  'one.csv': tableOf(44, false),
  'two.csv': tableOf(33, true),
  'void.csv': 'a,b\n1,2\n',
};

let before: Readonly<Record<string, string>> = {};
let after: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  before = await referenceOutputs(TABLES);
  after = await referenceOutputs(LATER_TABLES);
});

/** A folder with inputs of later content, and outputs of the earlier one where asked. */
async function prepare(hasOutputs: boolean): Promise<string> {
  const folder = tempFolder();
  if (hasOutputs) {
    await runInline({ inputs: [writeTables(folder, TABLES)], outDir: join(folder, 'out') });
  }
  writeTables(folder, LATER_TABLES);
  return folder;
}

async function runSignalled(
  folder: string,
  signal: NodeJS.Signals,
  [point, at]: readonly [string, string],
): Promise<CommandResult & { readonly elapsedMs: number }> {
  const once = join(folder, 'once');
  const result = await runCommand(
    [join(folder, 'in'), '--out-dir', join(folder, 'out'), '--workers', '2', '-q'],
    { points: [{ point, at, action: 'signal', signal, once }] },
  );
  return { ...result, elapsedMs: Date.now() - statSync(once).mtimeMs };
}

describe.each([
  ['without outputs', false],
  ['with outputs of an earlier run', true],
])('SIGKILL, %s,', (_, hasOutputs) => {
  test.each([...POINTS, ['run-end', '']] as const)('at %s %s', async (...point) => {
    const folder = await prepare(hasOutputs);
    const { signal } = await runSignalled(folder, 'SIGKILL', point);
    expect(signal).toBe('SIGKILL');
    expectSafe(folder, hasOutputs ? before : {}, after, 'killed');
    await expectNextRunCompletes(folder, after);
  });
});

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  // Each signal takes the same path once it has arrived: the first at every point, the others at
  // two.
  const points = signal === 'SIGINT' ? POINTS : POINTS.slice(3, 5);
  test.each(points)('at %s %s ends the run in order and soon', async (...point) => {
    const folder = await prepare(true);
    const run = await runSignalled(folder, signal, point);
    expect([run.code, run.signal]).toEqual([EXIT_CODES[signal], null]);
    expect(listTemps(folder)).toEqual([]);
    expect(existsSync(join(folder, 'out/.csvclean/lock'))).toBe(false);
    expect(run.elapsedMs).toBeLessThan(2000);
    expectSafe(folder, before, after, signal);
    await expectNextRunCompletes(folder, after);
  });
});

test('a second signal ends the run at once, when the first is still being obeyed', async () => {
  const folder = await prepare(true);
  const [reached, until] = [join(folder, 'reached'), join(folder, 'never')];
  const args = [join(folder, 'in'), '--out-dir', join(folder, 'out'), '--workers', '2'];
  const { code, signal } = await runCommand(args, {
    points: [{ point: 'input-end', action: 'pause', once: reached, until }],
    onStart: (child) => {
      void waitForFile(reached).then(() => {
        child.kill('SIGINT');
        child.kill('SIGTERM');
      });
    },
  });
  // Whichever of both the system hands over last.
  expect([130, 143]).toContain(code);
  expect(signal).toBeNull();
  expectSafe(folder, before, after, 'two signals');
  await expectNextRunCompletes(folder, after);
});
