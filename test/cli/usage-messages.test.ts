/**
 * What is refused before any work: the exact words, exit code 2, nothing on standard output,
 * nothing written.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toPlainError } from '../../src/base/error.js';
import { exitCodeOfError } from '../../src/cli/exit-codes.js';
import { parseArguments } from '../../src/cli/program.js';
import { runJob } from '../../src/job/run-job.js';
import { parseOptions } from '../../src/options/parse-options.js';
import { formatError } from '../../src/report/format-error.js';
import { cleanFilesIn, folderWith } from '../support/clean-in-folder.js';

const FILES = { 'a.csv': 'id,Vendor Name,value\n1,x,2\n', 'b.csv': 'id,total\n1,2\n' };
const HELP = 'See csvclean --help.';

const KEEP = 'USAGE: --dedup-keep best: expected one of first, last.';

/** Arguments, message, remedy. */
type Refusal = readonly [args: readonly string[], message: string, remedy: string];

/**
 * The same without a process of its own: a hundred more of these would say no more. Files are named
 * by their absolute path; no message here holds one.
 */
function refusesInProcess(refusals: readonly Refusal[]): void {
  const cases = refusals.map((refusal) => [refusal[0].join(' '), ...refusal] as const);
  test.each(cases)('csvclean %s', async (_, args, message, remedy) => {
    const folder = folderWith(FILES);
    const paths = args.map((arg) => (Object.hasOwn(FILES, arg) ? join(folder, arg) : arg));
    const request = parseArguments(paths, '0.0.0');
    const given = request.kind === 'clean' ? request.given : {};
    const outDir = join(folder, 'cleaned');
    const run = async (): Promise<unknown> => runJob(parseOptions({ outDir, ...given }));
    const error = await run().then(() => null, toPlainError);
    expect(error === null ? 'taken' : formatError(error)).toBe(`${message}\n  ${remedy}`);
    expect(exitCodeOfError(error!.code)).toBe(2);
    expect(existsSync(outDir)).toBe(false);
  });
}

function refuses(refusals: readonly Refusal[]): void {
  const cases = refusals.map((refusal) => [refusal[0].join(' '), ...refusal] as const);
  test.concurrent.each(cases)('csvclean %s', async (_, args, message, remedy) => {
    const { code, stdout, stderr, folder } = await cleanFilesIn(FILES, args);
    expect(stderr).toBe(`${message}\n  ${remedy}\n`);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(existsSync(join(folder, 'cleaned'))).toBe(false);
  });
}

describe('csvclean refuses, as a process of its own,', () => {
  refuses([
    [
      ['a.csv', '--base', 'elsewhere'],
      'USAGE: --base elsewhere: a.csv is not below it.',
      'Name a folder that holds all inputs.',
    ],
    [['a.csv', '-q', '-v'], 'USAGE: -q and -v exclude each other.', 'Choose one.'],
    [
      ['a.csv', '--workers', '-1'],
      'USAGE: --workers -1: expected auto or a whole number from 0 to 1024.',
      HELP,
    ],
    [
      ['a.csv', 'b.csv', '--where', 'toal > 1'],
      'UNKNOWN_COLUMN: --where: there is no column "toal" in any of the 2 inputs.',
      'Did you mean "total"?',
    ],
    [
      ['a.csv', '--where', 'value = 1'],
      'BAD_EXPRESSION --where: found "=" at character 7.\n  value = 1\n        ^',
      'Write == to compare; only --derive takes "name = expression".',
    ],
    [['a.csv', '--wher', 'x'], "USAGE: unknown option '--wher'.", 'Did you mean --where?'],
    [['a.csv', '--zzz'], "USAGE: unknown option '--zzz'.", HELP],
    [['a.csv', '-x'], "USAGE: unknown option '-x'.", HELP],
    [['a.csv', '--\x1b[2J'], "USAGE: unknown option '--\\x1b[2J'.", HELP],
    [
      ['a.csv', '--select'],
      "USAGE: option '-s, --select <cols>' argument missing.",
      'See csvclean --help.',
    ],
  ]);
});

describe('csvclean refuses contradictions', () => {
  const choose = 'Choose one.';
  refusesInProcess([
    [['a.csv', '-o', '-'], 'USAGE: --out-dir - is no folder.', 'For standard output: --output -.'],
    [
      ['a.csv', '--in-place'],
      'USAGE: --in-place replaces the inputs.',
      'Add --backup .bak to keep them, or --force to do without.',
    ],
    [
      ['a.csv', '--in-place', '--force', '--output', 'x.csv'],
      'USAGE: --in-place and --output exclude each other.',
      choose,
    ],
    [
      ['a.csv', '--in-place', '--force', '--prefix', 'x'],
      'USAGE: --in-place and --prefix exclude each other.',
      choose,
    ],
    [['a.csv', '--backup', '.bak'], 'USAGE: --backup goes with --in-place.', 'Add --in-place.'],
    [
      ['a.csv', '--in-place', '--backup', 'old/'],
      'USAGE: --backup old/: expected an ending such as .bak.',
      'Name no folder.',
    ],
    [
      ['a.csv', '--output', 'x.csv', '--base', '.'],
      'USAGE: --output and --base exclude each other.',
      choose,
    ],
    [
      ['a.csv', 'b.csv', '--output', 'x.csv'],
      'USAGE: --output: one file for 2 inputs.',
      'Use --out-dir.',
    ],
    [
      ['a.csv', '--prefix', 'sub/'],
      'USAGE: --prefix sub/: it is part of a file name.',
      'Use --out-dir for folders.',
    ],
    [['a.csv', '-n', '--baseline'], 'USAGE: --dry-run and --baseline exclude each other.', choose],
    [['a.csv', '-q', '-v'], 'USAGE: -q and -v exclude each other.', choose],
    [
      ['a.csv', '--workers', '0', '--timeout', '5'],
      'USAGE: --timeout needs a worker thread.',
      'Set --workers 1 or more.',
    ],
    [['-', '--files-from', '-'], 'USAGE: standard input is named twice.', 'Name it once.'],
    [
      ['a.csv', '-d', ';', '--quote', ';'],
      'USAGE: --delimiter and --quote are the same character.',
      'Choose different ones.',
    ],
    [
      ['a.csv', '--drop', 'id,value,vendor_name'],
      'USAGE: --select and --drop leave no column.',
      'Keep at least one column.',
    ],
    [
      ['a.csv', '--rename', 'id=value'],
      'USAGE: --rename id=value: another column is named value.',
      'Choose another name, or rename that column too.',
    ],
  ]);
});

describe('csvclean refuses --dedup', () => {
  refusesInProcess([
    [
      ['--dedup', 'in.csv'],
      'USAGE: --dedup in.csv: that is an input, not a column.',
      'Put --dedup behind the inputs, or name columns: --dedup=id,date.',
    ],
    [['a.csv', '--dedup='], 'USAGE: --dedup "": expected a text that is not empty.', HELP],
    [['a.csv', '--dedup', 'id', '--dedup-keep', 'best'], KEEP, HELP],
    [['a.csv', '--dedup-keep', 'last'], 'USAGE: --dedup-keep goes with --dedup.', 'Add --dedup.'],
  ]);
});

describe('csvclean refuses columns that are in no input', () => {
  const missing = (flag: string, name: string): string =>
    `UNKNOWN_COLUMN: ${flag}: there is no column "${name}".`;
  const near = 'Did you mean "value"?';
  refusesInProcess([
    [['a.csv', '--where', 'valeu > 1'], missing('--where', 'valeu'), near],
    [['a.csv', '--derive', 'x = valu + 1'], missing('--derive', 'valu'), near],
    [['a.csv', '--dedup', 'id,valeu'], missing('--dedup', 'valeu'), near],
    [['a.csv', '--select', 'VALUES'], missing('--select', 'VALUES'), near],
    [['a.csv', '--drop', 'val'], missing('--drop', 'val'), near],
    [['a.csv', '--rename', 'Value2=x'], missing('--rename', 'Value2'), near],
    [['a.csv', '--max', 'vlaue=1'], missing('--max', 'vlaue'), near],
    [['a.csv', '--min', 'valuee=1'], missing('--min', 'valuee'), near],
    [['a.csv', '--outlier-columns', 'alue'], missing('--outlier-columns', 'alue'), near],
    [['a.csv', '--outlier-exclude', 'vaalue'], missing('--outlier-exclude', 'vaalue'), near],
    [
      ['a.csv', '--group-by', 'region'],
      missing('--group-by', 'region'),
      'The columns are: id, vendor_name, value.',
    ],
    [
      ['a.csv', 'b.csv', '--where', 'toal > 1'],
      'UNKNOWN_COLUMN: --where: there is no column "toal" in any of the 2 inputs.',
      'Did you mean "total"?',
    ],
  ]);
});

describe('csvclean refuses expressions', () => {
  const where = (text: string, message: string, carets: string): string =>
    `BAD_EXPRESSION --where: ${message}.\n  ${text}\n  ${carets}`;
  refusesInProcess([
    [
      ['a.csv', '--where', 'value = 1'],
      where('value = 1', 'found "=" at character 7', '      ^'),
      'Write == to compare; only --derive takes "name = expression".',
    ],
    [
      ['a.csv', '--where', 'value'],
      where('value', 'the condition is a cell, not true or false', '^^^^^'),
      'Compare it with something, as in value == 1.',
    ],
    [
      ['a.csv', '--where', 'constructor.constructor("x")()'],
      where('constructor.constructor("x")()', 'found "." at character 12', '           ^'),
      'There are no properties; put a column name with a point in backticks, as in `a.b`.',
    ],
    [
      ['a.csv', '--where', 'mean(max(value)) > 1'],
      where(
        'mean(max(value)) > 1',
        '"max" at character 6 stands inside "mean", an aggregate',
        '     ^^^',
      ),
      'Derive a column with the inner one first, and aggregate that.',
    ],
    [
      ['a.csv', '--where', 'rond(value) > 1'],
      where('rond(value) > 1', 'there is no function "rond", at character 1', '^^^^'),
      'Did you mean round(x) or round(x, digits)?',
    ],
    [
      ['a.csv', '--where', "value > (vendor_name == 'x')"],
      where(
        "value > (vendor_name == 'x')",
        `">" at character 7 compares vendor_name == 'x' (true or false) with value (a cell)`,
        '        ^^^^^^^^^^^^^^^^^^^^',
      ),
      'Compare conditions with conditions, by == or !=.',
    ],
    [
      ['a.csv', '--where', "true and length(vendor_name) + 1 + 'é' > 1"],
      where(
        "true and length(vendor_name) + 1 + 'é' > 1",
        `"+" at character 34 takes numbers, but 'é' is text`,
        '                                   ^^^',
      ),
      'Use a number or a column with numbers.',
    ],
    [
      ['a.csv', '--where', `${'value + '.repeat(20)}'x' ${'+ value '.repeat(20)} > 1`],
      where(
        `…${'value + '.repeat(5)}'x' ${'+ value '.repeat(4)}…`,
        `"+" at character 159 takes numbers, but 'x' is text`,
        `${' '.repeat(41)}^^^`,
      ),
      'Use a number or a column with numbers.',
    ],
  ]);
});

describe('csvclean refuses inputs', () => {
  refuses([
    [
      ['nothing/*.csv'],
      'NO_MATCH nothing/*.csv: nothing matches.',
      'Check the pattern, or add --allow-no-match.',
    ],
    [
      ['a.csv', '*.tsv'],
      'NO_MATCH *.tsv: nothing matches.',
      'Check the pattern, or add --allow-no-match.',
    ],
    [
      ['missing.csv'],
      'NO_MATCH missing.csv: no such file or folder.',
      'Check the path, or quote the pattern.',
    ],
    [
      ['*.csv', '!*.csv'],
      'NO_MATCH *.csv: everything that matches is excluded.',
      'Check the patterns that begin with !.',
    ],
    [
      ['a.csv', 'b.csv', '!*.csv'],
      'NO_MATCH a.csv: everything that matches is excluded.',
      'Check the patterns that begin with !.',
    ],
    [
      ['!a.csv'],
      'NO_INPUT: no input named.',
      "Name files, folders or globs: csvclean 'data/*.csv'",
    ],
    [
      ['a.csv', '--out-dir', '.'],
      'OUTPUT_IS_INPUT a.csv: the output would replace an input.',
      'Choose another --out-dir, a --prefix, or --in-place if that is meant.',
    ],
  ]);
});

test('csvclean refuses a folder without CSV files, when it is named', async () => {
  const { code, stderr } = await cleanFilesIn({ 'data/readme.md': 'x' }, ['data']);
  expect(stderr).toBe(
    'NO_MATCH data: nothing matches.\n' +
      '  A folder is searched for .csv, .tsv, .tab and .txt files; --allow-no-match accepts none.\n',
  );
  expect(code).toBe(2);
});

test('csvclean refuses two inputs with one output, naming both and --base', async () => {
  const files = { 'a/x.csv': 'v\n1\n', 'b/x.csv': 'v\n2\n' };
  const { code, stderr } = await cleanFilesIn(files, ['a/x.csv', 'b/x.csv']);
  expect(stderr).toBe(
    'OUTPUT_CLASH: a/x.csv and b/x.csv would both be written to cleaned/x.csv.\n' +
      '  Use --base DIR, a folder above both, to keep their folders apart.\n',
  );
  expect(code).toBe(2);
});

test('csvclean prints its examples and what is wrong, when called without arguments', async () => {
  const { code, stdout, stderr } = await cleanFilesIn({}, []);
  expect(stderr).toMatch(/^csvclean: cleans CSV files in parallel/);
  expect(stderr).toMatch(/\n\nNO_INPUT: no input named.\n {2}See csvclean --help.\n$/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});
