/** What the shipped command tells GitHub Actions: annotations, and a table in the job's summary. */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JobResult } from '../../src/job/job-result.js';
import { annotationsOf } from '../../src/report/github.js';
import { cleanIn, folderWith, type RunOptions } from '../support/clean-in-folder.js';

const BAD = 'a,b\n1\n';
const DIRTY = 'Unit Price,b\n 1 ,2\n';
const CLEAN = 'a,b\n1,2\n';

/** The lines that are meant for GitHub. */
function commandsIn(stderr: string): readonly string[] {
  return stderr.split('\n').filter((line) => line.startsWith('::'));
}

function inActions(folder: string, more: Readonly<Record<string, string>> = {}): RunOptions {
  const summary = join(folder, 'summary.md');
  return { env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, ...more } };
}

describe('csvclean in GitHub Actions', () => {
  test('annotates what --check found, and appends a table to the summary', async () => {
    const folder = folderWith({ 'a.csv': DIRTY, 'b.csv': CLEAN, 'c.csv': BAD });
    appendFileSync(join(folder, 'summary.md'), 'before\n');
    const args = ['a.csv', 'b.csv', 'c.csv', '--check', '--ragged', 'error'];
    const run = await cleanIn(folder, args, inActions(folder));
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('1 of 2 files would change\n');
    expect(commandsIn(run.stderr)).toEqual([
      '::error file=c.csv,line=2,title=RAGGED::1 field, the header has 2%0AMend the record, or use --ragged pad (fills short rows) or --ragged reject (sets such rows aside).',
      '::error file=a.csv,line=1,title=csvclean%3A name::it would change: Unit Price → unit_price',
      '::error file=a.csv,line=2,title=csvclean%3A trim::unit_price would change: " 1 " → 1',
    ]);
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toBe(`before
### csvclean: 1 of 2 files would change

| file | line | rule | before | after |
| --- | --- | --- | --- | --- |
| <code>c.csv</code> |  | RAGGED |  |  |
| <code>a.csv</code> | 1 | name | <code>Unit Price</code> | <code>unit&#95;price</code> |
| <code>b.csv</code> |  | clean |  |  |

`);
  });

  test('tells counts, warnings and rejects of a run that cleans', async () => {
    const folder = folderWith({ 'a.csv': 'a,b\n1,2,3\n4,5\n\n' });
    const run = await cleanIn(folder, ['a.csv'], inActions(folder));
    expect(run.code).toBe(0);
    expect(commandsIn(run.stderr)).toEqual([
      '::warning file=a.csv,title=csvclean::1 record rejected → cleaned/rejects/a.csv.rejects.csv',
    ]);
    const summary = readFileSync(join(folder, 'summary.md'), 'utf8');
    expect(summary).toContain('### csvclean: 1 of 1 file cleaned, 1 record rejected');
    expect(summary).toContain('| <code>a.csv</code> | 3 | 1 | 1 | 1 |  |');
  });

  test('escapes what would end a command or a cell', async () => {
    const name = 'a,b:50%|<i>_\n.csv';
    const folder = folderWith({ [name]: 'Name\r\n::error::x |`y` ,\n' });
    const run = await cleanIn(folder, [name, '--check'], inActions(folder));
    const place = 'file=a%2Cb%3A50%25|<i>_%0A.csv';
    for (const line of commandsIn(run.stderr)) expect(line).toContain(`::error ${place},line=`);
    expect(commandsIn(run.stderr)[0]).toContain(
      ',title=csvclean%3A line_ends::it would change: CRLF',
    );
    const summary = readFileSync(join(folder, 'summary.md'), 'utf8');
    expect(summary).toContain(
      '| <code>a,b:50%&#124;&#60;i&#62;&#95;&#92;x0a.csv</code> | 1 | line_ends |',
    );
  });

  test('takes more files than a call takes arguments', () => {
    const files = new Array<unknown>(200_000).fill({ input: 'a.csv', status: 'cleaned' });
    const result = {
      problems: [],
      files: files.map((file) => ({ ...(file as object), report: null })),
    };
    expect(annotationsOf(result as unknown as JobResult, (path) => path)).toEqual([]);
  });

  test('gives every file its say, and ten annotations of a kind at most', async () => {
    const many = Array.from({ length: 14 }, (_, i) => [`f${10 + i}.csv`, DIRTY] as const);
    const folder = folderWith(Object.fromEntries(many));
    const run = await cleanIn(folder, ['*.csv', '--check', '-q'], inActions(folder));
    const commands = commandsIn(run.stderr);
    expect(commands).toHaveLength(10);
    for (const [i, line] of commands.slice(0, 9).entries()) {
      expect(line).toContain(`::error file=f${10 + i}.csv,line=1,`);
    }
    expect(commands[9]).toBe('::error title=csvclean::and 19 more: see the log');
  });

  test('names files from the root of the repository', async () => {
    const folder = folderWith({ 'data/a.csv': DIRTY });
    const env = inActions(folder, { GITHUB_WORKSPACE: folder });
    const run = await cleanIn(join(folder, 'data'), ['a.csv', '--check'], env);
    expect(commandsIn(run.stderr)[0]).toContain('::error file=data/a.csv,line=1,');
  });

  test('keeps quiet when another form is asked for, and speaks when it is', async () => {
    const folder = folderWith({ 'a.csv': DIRTY });
    for (const form of [['--format', 'text'], ['--json'], ['--format', 'json']]) {
      const run = await cleanIn(folder, ['a.csv', '--check', ...form], inActions(folder));
      expect(commandsIn(run.stderr)).toEqual([]);
      expect(run.stdout !== '').toBe(form[1] !== 'text');
    }
    const outside = await cleanIn(folder, ['a.csv', '--check', '--format', 'github']);
    expect(commandsIn(outside.stderr)).toHaveLength(2);
    const both = await cleanIn(folder, ['a.csv', '--json', '--format', 'github']);
    expect([both.code, both.stderr]).toEqual([
      2,
      'USAGE: --json and --format github exclude each other.\n  Choose one.\n',
    ]);
  });

  test('tells of an error before any file was looked at', async () => {
    const folder = folderWith({ 'a.csv': CLEAN });
    for (const [args, line] of [
      [['--where', 'id >'], '::error title=BAD_EXPRESSION::--where "id >": the expression ends'],
      [['--wher', 'id'], "::error title=USAGE::unknown option '--wher'"],
    ] as const) {
      const run = await cleanIn(folder, ['a.csv', ...args], inActions(folder));
      expect(run.code).toBe(2);
      expect(commandsIn(run.stderr)).toHaveLength(1);
      expect(commandsIn(run.stderr)[0]).toContain(line);
      const quiet = await cleanIn(folder, ['a.csv', ...args, '--format=text'], inActions(folder));
      expect(commandsIn(quiet.stderr)).toEqual([]);
    }
  });

  test('does not fail for a summary that cannot be written', async () => {
    const folder = folderWith({ 'a.csv': CLEAN });
    mkdirSync(join(folder, 'summary.md'));
    const run = await cleanIn(folder, ['a.csv', '--check'], inActions(folder));
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('CANNOT_WRITE');
  });
});
