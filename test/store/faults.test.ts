/**
 * Every call to the file system fails once: the first of its kind, the second, … until a run needs
 * no more of them. Whatever fails, each output is old or new and whole, nothing temporary stays,
 * and the next run completes.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CsvcleanError } from '../../src/base/error.js';
import { exitCodeOfError, exitCodeOfResult } from '../../src/cli/exit-codes.js';
import type { JobResult } from '../../src/job/job-result.js';
import type { CleanOptions } from '../../src/options/clean-options.js';
import { fileSystem } from '../../src/store/file-system.js';
import { type CallFault, withFault, withReplaced } from '../support/fail-calls.js';
import { outputsIn, referenceOutputs } from '../support/reference-outputs.js';
import { runInline } from '../support/run-inline.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { withFolder } from '../support/temp-folder.js';
import { listTemps } from '../support/tree.js';

/** The first gets rejects with the second content, the second loses them. */
const TABLES = { 'x.csv': tableOf(4, false), 'y.csv': tableOf(5, true), 'z.csv': '' };
/** What the inputs hold when the run that fails begins; the outputs it finds are of `TABLES`. */
const LATER_TABLES = { 'x.csv': tableOf(6, true), 'y.csv': tableOf(7, false), 'z.csv': 'a\n' };

let before: Readonly<Record<string, string>> = {};
let after: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  before = await referenceOutputs(TABLES);
  after = await referenceOutputs(LATER_TABLES);
});

/** How a run ended: with a result, or refused with an error. */
interface Ending {
  readonly result: JobResult | null;
  readonly error: unknown;
}

async function endingOf(options: CleanOptions): Promise<Ending> {
  try {
    return { result: await runInline(options), error: null };
  } catch (error) {
    return { result: null, error };
  }
}

/**
 * One run with one fault, and everything that must hold after it. @returns whether the fault came
 * about.
 */
async function survive(
  fault: CallFault,
  isDurable: boolean,
  more: Partial<CleanOptions> = {},
): Promise<boolean> {
  return withFolder(async (folder) => {
    const options = {
      inputs: [writeTables(folder, TABLES)],
      outDir: join(folder, 'out'),
      durable: isDurable,
    };
    await runInline(options);
    expect(outputsIn(folder)).toEqual(before);
    writeTables(folder, LATER_TABLES);

    const { value: ending, hasFailed } = await withFault(fault, () =>
      endingOf({ ...options, ...more }),
    );
    const what = `${fault.call} ${fault.nth}: ${fault.code}`;
    expect(listTemps(folder), what).toEqual([]);
    expect(existsSync(join(folder, 'out/.csvclean/lock')), what).toBe(false);
    if (ending.result === null) expectRefused(ending.error, folder, what);
    else expectFailedWell(ending.result, folder, fault, what);

    const again = await runInline(options);
    expect([again.status, again.totals.cleaned], what).toEqual(['done', 3]);
    expect(outputsIn(folder), what).toEqual(after);
    return hasFailed;
  });
}

/** Nothing was begun. */
function expectRefused(error: unknown, folder: string, what: string): void {
  expect(error, what).toBeInstanceOf(CsvcleanError);
  const { code } = error as CsvcleanError;
  expect(['OUTPUT_FOLDER', 'CANNOT_READ'], what).toContain(code);
  expect(exitCodeOfError(code), what).toBe(1);
  expect(outputsIn(folder), what).toEqual(before);
}

/** Only what says that it failed is not done; a fault that harmed nothing may pass. */
function expectFailedWell(result: JobResult, folder: string, fault: CallFault, what: string): void {
  const outputs = outputsIn(folder);
  expect(result.files, what).toHaveLength(3);
  expect(exitCodeOfResult(result), what).toBe(result.status === 'done' ? 0 : 1);
  for (const file of result.files) {
    const name = file.input.slice(join(folder, 'in/').length);
    const isWhole = outputs[name] === before[name] || outputs[name] === after[name];
    expect(isWhole, `${what}: ${name} is old or new`).toBe(true);
    if (file.status === 'cleaned') {
      expect(outputs[name], what).toBe(after[name]);
      const rejects = `rejects/${name}.rejects.csv`;
      expect(outputs[rejects], what).toBe(after[rejects]);
      continue;
    }
    expect(file.error?.code, what).toMatch(/^CANNOT_(READ|WRITE)$/);
    expect(file.error?.path, what).toBe(file.input);
    expect(file.error?.message, what).toContain(WORDS[fault.code]);
    // Only once the new content has its name can what is left to do (--durable) fail.
    if (fault.call !== 'fsyncSync' && fault.call !== 'openSync' && fault.call !== 'closeSync') {
      expect(outputs[name], what).toBe(before[name]);
    }
  }
  expect(result.files.filter((file) => file.status === 'failed').length, what).toBeLessThan(2);
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'disk quota exceeded',
  EIO: 'input/output error',
  EMFILE: 'too many open files',
};

const FAULTS: readonly (readonly [CallFault['call'], string, boolean])[] = [
  ['openSync', 'EMFILE', false],
  ['openSync', 'ENOSPC', true],
  ['readSync', 'EIO', false],
  ['writeSync', 'ENOSPC', false],
  ['writeSync', 'EDQUOT', true],
  ['fsyncSync', 'EIO', true],
  ['closeSync', 'EIO', false],
  ['closeSync', 'EIO', true],
  ['renameSync', 'EIO', false],
  ['linkSync', 'ENOSPC', false],
  ['mkdirSync', 'ENOSPC', false],
];

/** What a large input calls for each of its spans. */
const SPAN_FAULTS = FAULTS.filter(
  ([call, , isDurable]) => /open|read|write|close/.test(call) && !isDurable,
);
const IN_SPANS: Partial<CleanOptions> = { spanSize: 11, outliers: 'off' };

describe('a run', () => {
  test.each(FAULTS)('survives that %s fails with %s (durable: %s), whichever', async (...fault) => {
    const [call, code, isDurable] = fault;
    let nth = 1;
    while (await survive({ call, nth, code }, isDurable)) nth++;
    // The loop has found calls to fail, and come to the end of them.
    expect(nth).toBeGreaterThan(1);
    expect(nth).toBeLessThan(200);
  });

  test.each(SPAN_FAULTS)(
    'of inputs in spans survives that %s fails with %s (durable: %s), whichever',
    async (...fault) => {
      const [call, code, isDurable] = fault;
      let nth = 1;
      while (await survive({ call, nth, code }, isDurable, IN_SPANS)) nth++;
      // More than once for each span of two inputs.
      expect(nth).toBeGreaterThan(18);
      expect(nth).toBeLessThan(400);
    },
  );
});

test('a system that reads and writes less than it is asked to: the same outputs', async () => {
  const { readSync, writeSync } = fileSystem;
  const readLess = (...[fd, target, offset, length, at]: Parameters<ReadCall>): number =>
    (readSync as ReadCall)(fd, target, offset, Math.min(length, 17), at);
  const writeLess = (...[fd, bytes, offset, length, at]: Parameters<WriteCall>): number =>
    (writeSync as WriteCall)(fd, bytes, offset, Math.min(length, 5), at);
  for (const more of [{}, IN_SPANS]) {
    await withFolder(async (folder) => {
      const options = { inputs: [writeTables(folder, LATER_TABLES)], outDir: join(folder, 'out') };
      const { status } = await withReplaced('readSync', readLess as typeof readSync, () =>
        withReplaced('writeSync', writeLess as typeof writeSync, () =>
          runInline({ ...options, ...more }),
        ),
      );
      expect([status, outputsIn(folder)]).toEqual(['done', after]);
    });
  }
});

type ReadCall = (
  fd: number,
  target: Uint8Array,
  offset: number,
  length: number,
  at: number,
) => number;
type WriteCall = (
  fd: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
  at?: number,
) => number;
