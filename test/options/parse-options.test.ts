/**
 * Every value that an option refuses, in its exact words, from the command line and from the
 * library.
 */
import { describe, expect, test } from 'vitest';
import { toPlainError } from '../../src/base/error.js';
import { parseArguments } from '../../src/cli/program.js';
import { OPTION_TABLE } from '../../src/options/option-table.js';
import { parseOptions } from '../../src/options/parse-options.js';
import { formatError } from '../../src/report/format-error.js';

const HELP = 'See csvclean --help.';

function parseCommandLine(args: readonly string[]): void {
  const request = parseArguments(args, '0.0.0');
  if (request.kind === 'clean') parseOptions(request.given);
}

/** What a refusal prints, or `taken` when there is none. */
function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return formatError(toPlainError(error));
  }
  return 'taken';
}

describe('csvclean refuses values, when given', () => {
  const sizeOfMemory = 'a size from 128MB to 1024GB, such as 16MB';
  const outlierForms = 'auto, off, gap, iqr[:K], mad[:C], zscore[:Z] or percentile:LOW,HIGH';
  const rejectForms = 'a whole number, or a percentage from 0% to 100%';
  const workerForms = 'auto or a whole number from 0 to 1024';
  const cases = 'one of snake, camel, pascal, kebab, const, lower, preserve';
  const values: readonly (readonly [flag: string, value: string, wanted: string])[] = [
    ['--workers', 'many', workerForms],
    ['--workers', '-1', workerForms],
    ['--workers', '1025', workerForms],
    ['--workers', '1.5', workerForms],
    ['--workers', '', workerForms],
    ['--timeout', '0', 'a number above 0'],
    ['--timeout', 'soon', 'a number above 0'],
    ['--timeout', '1e999', 'a number above 0'],
    ['--max-memory', '1MB', sizeOfMemory],
    ['--max-memory', 'lots', sizeOfMemory],
    ['--max-memory', '2 TB', sizeOfMemory],
    ['--max-field', '0', 'a size from 1 to 1GB, such as 16MB'],
    ['--max-field', '2GB', 'a size from 1 to 1GB, such as 16MB'],
    ['--max-columns', '0', 'a whole number from 1 to 1000000'],
    ['--delimiter', '"', 'no quote and no line end'],
    ['--delimiter', 'a\nb', 'no quote and no line end'],
    ['--delimiter', '', 'a text that is not empty'],
    ['--comment', 'x', 'a sign such as # or ;'],
    ['--comment', '##', 'a sign such as # or ;'],
    ['--quote', 'ab', 'one character or none'],
    ['--quote', '\r', 'one character or none'],
    ['--quote', '', 'a text that is not empty'],
    ['--escape', '\\\\', 'one character or none'],
    ['--case', 'Snake', cases],
    ['--ragged', 'cut', 'one of pad, join, reject, error'],
    ['--outliers', 'iqr:-1', outlierForms],
    ['--outliers', 'iqr:', outlierForms],
    ['--outliers', 'gap:2', outlierForms],
    ['--outliers', 'off:1', outlierForms],
    ['--outliers', 'mad:x', outlierForms],
    ['--outliers', 'zscore:0', outlierForms],
    ['--outliers', 'percentile', outlierForms],
    ['--outliers', 'percentile:5', outlierForms],
    ['--outliers', 'percentile:99,1', outlierForms],
    ['--outliers', 'percentile:1,50,99', outlierForms],
    ['--outliers', 'percentile:1,101', outlierForms],
    ['--outliers', 'sigma', outlierForms],
    ['--outlier-action', 'delete', 'one of drop, clip, null, flag, report'],
    ['--outlier-scope', 'some', 'one of file, all'],
    ['--engine', 'turbo', 'one of fast, reference'],
    ['--color', 'yes', 'one of auto, always, never'],
    ['--max-rejects', 'few', rejectForms],
    ['--max-rejects', '101%', rejectForms],
    ['--max-rejects', '1.5', rejectForms],
    ['--max', 'value', 'COLUMN=NUMBER'],
    ['--max', 'value=high', 'COLUMN=NUMBER'],
    ['--min', '=5', 'COLUMN=NUMBER'],
    ['--rename', 'a', 'OLD=NEW'],
    ['--rename', '=b', 'OLD=NEW'],
    ['--rename', 'a=', 'OLD=NEW'],
    ['--select', 'a,,b', 'column names, none of them empty'],
    ['--drop', '', 'a text that is not empty'],
    ['--where', '', 'a text that is not empty'],
    ['--derive', '', 'a text that is not empty'],
    ['--out-dir', '', 'a text that is not empty'],
    ['--rejects', '', 'a text that is not empty'],
    ['--backup', '', 'a text that is not empty'],
    ['--base', '', 'a text that is not empty'],
    ['--output', '', 'a text that is not empty'],
    ['--files-from', '', 'a text that is not empty'],
  ];
  // Half a hundred processes would say no more than the command line's own two steps.
  test.each(values)('%s %j', (flag, value, wanted) => {
    const shown = value === '' ? '""' : value.replace('\n', '\\x0a').replace('\r', '\\x0d');
    const message = `USAGE: ${flag} ${shown}: expected ${wanted}.\n  ${HELP}`;
    expect(refusalOf(() => parseCommandLine(['a.csv', flag, value]))).toBe(message);
  });
});

describe('parseOptions', () => {
  const messageOf = (given: object): string => refusalOf(() => parseOptions(given));

  test('refuses an option that does not exist, with the nearest, when the library is handed it', () => {
    expect(messageOf({ inputs: 'a.csv', outdir: 'x' })).toBe(
      'USAGE: unknown option "outdir".\n  Did you mean "outDir"?',
    );
    expect(messageOf({ inputs: 'a.csv', constructor: 'x' })).toBe(
      'USAGE: unknown option "constructor".\n  See csvclean --help.',
    );
  });

  test.each([
    [{ json: 'yes' }, '--json yes: expected true or false'],
    [{ prefix: 5 }, '--prefix 5: expected a text'],
    [{ workers: Number.NaN }, '--workers NaN: expected auto or a whole number from 0 to 1024'],
    [{ maxField: 0.5 }, '--max-field 0.5: expected a size from 1 to 1GB, such as 16MB'],
    [{ timeout: Number.POSITIVE_INFINITY }, '--timeout Infinity: expected a number above 0'],
    [{ select: [''] }, '--select "": expected a text that is not empty'],
    [
      { max: [{ column: 'v', limit: Number.NaN }] },
      '--max {"column":"v","limit":null}: expected COLUMN=NUMBER',
    ],
    [{ rename: [{ from: 'x', to: '' }] }, '--rename {"from":"x","to":""}: expected OLD=NEW'],
    [{ where: [] }, '--where []: expected a text'],
  ])('refuses %j', (given, message) => {
    expect(messageOf({ inputs: 'a.csv', ...given })).toBe(`USAGE: ${message}.\n  ${HELP}`);
  });

  test('takes the text of every default back, when it is given', () => {
    const defaults = { outDir: 'cleaned', workers: 'auto', case: 'snake', ragged: 'pad' };
    const texts = { ...defaults, outliers: 'auto', maxField: '16MB', maxMemory: '2GB' };
    expect(parseOptions({ inputs: 'a', ...texts })).toEqual({
      ...parseOptions({ inputs: 'a' }),
      asksOutliers: true,
    });
    expect(Object.isFrozen(parseOptions({}))).toBe(true);
    expect(Object.keys(parseOptions({}))).toEqual([
      ...Object.keys(OPTION_TABLE),
      ...['files', 'asksOutliers'],
    ]);
  });
});
