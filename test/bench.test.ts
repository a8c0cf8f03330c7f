/**
 * The benchmark's own arithmetic, its check of outputs, and its clock: what it says of others must
 * be right, and a check that cannot fail is worth nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript
import { measure } from '../bench/measure.mjs';
// @ts-expect-error plain JavaScript
import { readmeTables } from '../bench/readme-tables.mjs';
// @ts-expect-error plain JavaScript
import { checkReport, sectionReport } from '../bench/report.mjs';
// @ts-expect-error plain JavaScript
import { countedRuns, median, ratioByRound, spread } from '../bench/statistics.mjs';
// @ts-expect-error plain JavaScript
import { compareFolders } from '../bench/verify.mjs';
import { tempFolder } from './support/temp-folder.js';

interface Run {
  readonly round: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly otherSeconds: number;
  readonly peakBytes: number;
}

function run(round: number, wallSeconds: number, otherSeconds = 0): Run {
  return { round, wallSeconds, cpuSeconds: 2 * wallSeconds, otherSeconds, peakBytes: 50e6 };
}

describe('medians and ratios', () => {
  test('are of the middle, for odd and even counts', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 1, 2, 9])).toBe(5.5);
    expect(median([])).toBeNaN();
    expect(spread([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  });

  test('leave busy rounds out while two calm ones are there', () => {
    const busy = run(1, 4, 2);
    expect(countedRuns([busy, run(2, 1), run(3, 2)])).toEqual([run(2, 1), run(3, 2)]);
    expect(countedRuns([busy, run(2, 1)])).toHaveLength(2);
    // Three of the system's steps of CPU time are no sign of others.
    expect(countedRuns([run(1, 0.03, 0.03), run(2, 1), run(3, 1)])).toHaveLength(3);
  });

  test('compare rounds one by one, not medians', () => {
    const slow = [run(1, 10), run(2, 30), run(3, 50)];
    const fast = [run(3, 10), run(1, 5), run(2, 30), run(4, 1)];
    const expected = { median: 2, low: 1, high: 5, rounds: 3 };
    expect(ratioByRound(slow, fast, 'wallSeconds')).toEqual(expected);
    const disturbed = [...fast.slice(0, 2), run(2, 30, 20)];
    expect(ratioByRound(slow, disturbed, 'wallSeconds')).toMatchObject({ median: 3.5, rounds: 2 });
    expect(ratioByRound(slow, [], 'wallSeconds')).toBe(null);
  });
});

describe('the check of outputs', () => {
  const good = 'id,note,normalized_value\n1,"a, ""b""\nc",0.1\n2,,0.30000000000000004\n30,x,1\n';

  function compare(text: string): { difference: string | null; lastPlaceCells: number } {
    const [mine, other] = [tempFolder(), tempFolder()];
    writeFileSync(join(mine, 'a.csv'), good);
    writeFileSync(join(other, 'a.csv'), text);
    return compareFolders(mine, other, ['a.csv']);
  }

  test('takes the same cells, however they are quoted, and numbers in another text', () => {
    expect(compare(good).difference).toBe(null);
    expect(compare(good.replaceAll('\n', '\r\n').replace('\r\nc', '\nc')).difference).toBe(null);
    expect(compare(good.replace('30,x,1', '"30.0","x",1e0'))).toMatchObject({
      difference: null,
      rewritten: { id: 1, normalized_value: 1 },
    });
    expect(compare(good.replace('0.30000000000000004', '0.3'))).toMatchObject({
      difference: null,
      lastPlaceCells: 1,
    });
  });

  test.each([
    ['a text', 'x,1', 'y,1', 'a.csv: row 3, note: "y" instead of "x"'],
    [
      'a cell in quotes',
      '"a, ""b""',
      '"a, ""d""',
      'a.csv: row 1, note: "a, \\"d\\"\\nc" instead of ',
    ],
    ['a number', '30,x', '30.000000001,x', 'a.csv: row 3, id: "30.000000001" instead of "30"'],
    ['a lost cell', '2,,', '2,0,', 'a.csv: row 2, note: "0" instead of ""'],
    ['two steps of a double', '0000000004', '000000002', 'a.csv: row 2, normalized_value'],
    ['a lost row', '30,x,1\n', '', 'a.csv: only 2 rows'],
    ['a row too many', '30,x,1\n', '30,x,1\n30,x,1\n', 'a.csv: more than 3 rows'],
    ['a column', 'id,note', 'id,notes', 'a.csv: header'],
    ['a missing comma', '2,,', '2,', 'a.csv: row 2, 2 cells instead of 3'],
    ['an open quote', '30,x,1\n', '30,"x,1\n', 'a.csv: the quote that opens in '],
  ])('finds %s that is not the same', (_, from, to, expected) => {
    const spoiled = good.replace(from, to);
    expect(spoiled).not.toBe(good);
    expect(compare(spoiled).difference).toContain(expected);
  });

  test('finds a missing file', () => {
    const [mine, other] = [tempFolder(), tempFolder()];
    writeFileSync(join(mine, 'a.csv'), good);
    expect(compareFolders(mine, other, ['a.csv']).difference).toBe('a.csv: missing');
  });
});

describe.runIf(process.platform === 'linux')('the clock', () => {
  const options = { cwd: '.', env: process.env, timeoutSeconds: 20 };

  test('counts the CPU time and memory of what a process starts', async () => {
    // 150 ms of CPU time in a grandchild that holds 100 MB.
    const burn =
      'const held = Buffer.alloc(100e6, 1); while (process.cpuUsage().user < 150e3) held.fill(2);';
    const command = ['sh', '-c', '"$0" -e "$1"; true', process.execPath, burn];
    const { wallSeconds, cpuSeconds, peakBytes, failure } = await measure(command, options);
    expect(failure).toBe(null);
    expect(cpuSeconds).toBeGreaterThanOrEqual(0.14);
    expect(cpuSeconds).toBeLessThan(wallSeconds + 0.3);
    expect(peakBytes).toBeGreaterThan(100e6);
    expect(peakBytes).toBeLessThan(250e6);
  });

  test('tells how a process failed', async () => {
    const failed = await measure(['sh', '-c', 'echo first >&2; echo why >&2; exit 3'], options);
    expect(failed.failure).toBe('exit 3: first / why');
    const late = await measure(['sleep', '30'], { ...options, timeoutSeconds: 0.1 });
    expect(late.failure).toBe('not done after 0.1 s');
  });
});

describe('the tables', () => {
  const plain = { job: 'seed', problem: null, check: null, outputBytes: 1, version: '1.0' };
  const check = { files: 2, rows: 9, rewritten: { fare: 3 }, lastPlaceCells: 0, difference: null };
  const differs = { ...check, difference: 'a.csv: only 2 rows' };
  const section = {
    ...{ set: 'S', fileCount: 2, inputBytes: 20e6 },
    entries: [
      { ...plain, name: 'csvclean', kind: 'csvclean', workers: 1, runs: [run(1, 4), run(2, 4)] },
      { ...plain, name: 'csvclean', kind: 'csvclean', workers: 2, runs: [run(1, 2), run(2, 2)] },
      { ...plain, name: 'quick', kind: 'rival', workers: 2, check, runs: [run(1, 1), run(2, 1)] },
      { ...plain, name: 'slow', kind: 'rival', workers: 2, check, runs: [run(1, 9), run(2, 9)] },
      { ...plain, name: 'gone', kind: 'rival', workers: 2, problem: 'not installed', runs: [] },
      {
        ...{ ...plain, name: 'wrong', kind: 'rival', workers: 2, check: differs, runs: [] },
        problem: `differs: ${differs.difference}`,
      },
    ],
  };

  test('show who is faster, who is missing and who differs', () => {
    const text: string = sectionReport(section);
    expect(text).toContain('### S: 2 files, 20.0 MB, seed job, 2 workers');
    expect(text).toMatch(
      /\| quick \| 1\.00 .*\n\| \*\*csvclean\*\* \| 2\.00 .*\n\| slow \| 9\.00 /,
    );
    expect(text).toContain('| gone | not installed |');
    expect(text).toContain('| wrong | differs: a.csv: only 2 rows |');
    expect(text).toContain("quick, 0.50 times csvclean's time (0.50 – 0.50, 2 rounds)");
    expect(text).toContain('2 workers against 1: 2.00 times as fast (2.00 – 2.00, 2 rounds)');
    expect(checkReport(section)).toContain('equal, 2 files, 9 rows; numbers in another text: 3 in');
  });

  test('for README keep lost rows', () => {
    const machine = { cpu: 'A CPU', cores: 2, memoryBytes: 8e9, os: 'Linux', node: 'v20' };
    const sources = { commit: 'abc', changed: false };
    const asked = { runs: 2, pinned: false };
    const date = '2025-01-02T03:04:05.000Z';
    const text: string = readmeTables([{ machine, sources, asked, date, sections: [section] }]);
    expect(text).toContain('| seed job | S: 2 files, 20.0 MB |\n| --- | --: |');
    expect(text).toContain('| quick | 1.00 s · 0.50 × · 50.0 MB |\n| **csvclean** | 2.00 s · 50.0');
    expect(text).toContain('| wrong | differs |');
  });
});

test('the repository names every script of the benchmark in its guide', () => {
  const guide = readFileSync('bench/README.md', 'utf8');
  for (const name of ['gen.mjs', 'gen-shapes.mjs', 'install-rivals.sh', 'bench:table']) {
    expect(guide).toContain(name);
  }
});
