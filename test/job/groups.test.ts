/** Aggregates by groups on workers and in spans: the same bytes, whoever does the work. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../engine/outliers/distributions.js';
import { cleanFiles } from '../support/library.js';
import { runCommand } from '../support/run-command.js';
import { tempFolder } from '../support/temp-folder.js';

const seed = Number(process.env.SEED ?? 20_261_130);
const ROW_COUNT = 3_000;

/** Groups of very different sizes, missing keys and keys in quotes, values of all sizes. */
function randomCsv(): string {
  const random = createRandom(seed);
  const among = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const rows = Array.from({ length: ROW_COUNT }, () => {
    const key = `k${Math.floor(300 * random() ** 4)}`;
    const group = among([key, key, key, `"${key}"`, ` ${key} `, '', 'NA', '"a ""b"", c"']);
    const usual = (1000 * random() - 300).toFixed(3);
    const value = among([usual, usual, usual, '', 'x', '1e300', '-1e-300', '1e16']);
    return `${group},${among(['n', 's', 'NA'])},${value}`;
  });
  return `vendor,region,v\n${rows.join('\n')}\n`;
}

describe.each([
  ['of each kind', ['min', 'max', 'mean', 'sum', 'std', 'count']],
  ['with medians', ['median', 'mean']],
])('aggregates by groups, %s', (_what, names) => {
  test('are those of the reference engine for any workers and spans', async () => {
    const folder = tempFolder();
    const path = join(folder, 'in.csv');
    writeFileSync(path, randomCsv());
    const derive = [
      ...names.map((name) => `${name} = ${name}(v) by vendor`),
      'rest = v - mean(v) by (region, vendor)',
      "side = if(rest < 0, 'below', 'above')",
      ...names.map((name) => `of_${name} = ${name}(rest) by (side, region)`),
    ];
    const where = 'is_missing(v) or v + 0 <= max(v) by vendor and count() by vendor > 3';
    const outputs: string[] = [];
    for (const more of [
      { engine: 'reference' as const, workers: 0 },
      { workers: 0 },
      { workers: 1, spanSize: '1MB' },
      { workers: 2, spanSize: '1KB' },
      { workers: 3, spanSize: '3KB' },
    ]) {
      const output = join(folder, `out-${outputs.length}.csv`);
      const result = await cleanFiles({
        ...{ inputs: [path], output, outliers: 'off', where, derive },
        ...more,
      });
      expect(result.status).toBe('done');
      outputs.push(readFileSync(output, 'utf8'));
    }
    expect(outputs[0]!.split('\n').length).toBeGreaterThan(ROW_COUNT / 2);
    for (const output of outputs) expect(output).toBe(outputs[0]);
  });
});

describe('too many groups', () => {
  const text = `a,b\n${Array.from({ length: 3_000 }, (_, i) => `${i % 500},x`).join('\n')}\n`;
  const told =
    'TOO_MANY_GROUPS in.csv: --derive "n = count() by a": more than 499 groups.\n' +
    '  Group by columns with fewer different values, or raise --max-groups.\n';

  test.each([
    ['fast', ['--workers', '0']],
    ['reference', ['--engine', 'reference']],
    ['in spans', ['--workers', '2', '--span-size', '1KB']],
  ])('are refused, whoever counts them: %s', async (_what, more) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'in.csv'), text);
    const run = (mostGroups: string) => {
      const limit = ['--max-groups', mostGroups, '--outliers', 'off', '-q'];
      return runCommand(['in.csv', '--derive', 'n = count() by a', ...limit, ...more], {
        cwd: folder,
      });
    };
    const refused = await run('499');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(told)]);
    expect((await run('500')).code).toBe(0);
    expect(readFileSync(join(folder, 'cleaned/in.csv'), 'utf8')).toMatch(/^a,b,n\n0,x,6\n/);
  });

  test('are refused in --where, too, and by --group-by', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'in.csv'), text);
    const limit = ['--max-groups', '10', '-q'];
    const where = await runCommand(['in.csv', '--where', 'count() by a > 1', ...limit], {
      cwd: folder,
    });
    expect(where.stderr).toContain('--where "count() by a > 1": more than 10 groups.');
    const groupBy = await runCommand(['in.csv', '--group-by', 'a', ...limit], { cwd: folder });
    expect(groupBy.stderr).toContain('TOO_MANY_GROUPS in.csv: line 12: --group-by: more than 10');
    // Nobody counts groups where no column is judged by them.
    for (const engine of ['fast', 'reference']) {
      const off = ['--group-by', 'a', '--outliers', 'off', '--engine', engine, ...limit];
      expect((await runCommand(['in.csv', ...off], { cwd: folder })).code).toBe(0);
    }
  });
});

test('what is kept of groups is held in --max-memory', async () => {
  const folder = tempFolder();
  const rows = Array.from({ length: 200_000 }, (_, i) => `key number ${i},${i * 1.1e10}`);
  writeFileSync(join(folder, 'in.csv'), `k,v\n${rows.join('\n')}\n`);
  const derive = ['--derive', 'x = std(v) by k', '--outliers', 'off', '--max-groups', '1000000'];
  const more = ['--workers', '1', '--span-size', '1GB', '-q', '--max-memory', '128MB'];
  const run = await runCommand(['in.csv', ...derive, ...more], { cwd: folder });
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('OUT_OF_MEMORY in.csv: the groups of "by" need more than');
});
