/**
 * Cleaning twice changes nothing: over every fixture's expected output, `--check` with the options
 * it was made by finds nothing to do. What says how the input was written is left out, and so are
 * fixtures whose rules are not to give the same again: a filter, a derived column, statistics.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CleanOptions } from '../../src/options/clean-options.js';
import { runInline } from '../support/run-inline.js';
import { tempFolder } from '../support/temp-folder.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url));

/** Of the input only, or about where the output goes. */
const OF_INPUT = [
  ...['delimiter', 'quote', 'escape', 'encoding', 'encodingErrors', 'headerRows', 'skipLines'],
  ...['comment', 'outDir', 'compress', 'maxRejects', 'rejects', 'workers'],
];
/** A renamed or dropped column is not there to be renamed or dropped again. */
const CHANGING = [
  ...['where', 'derive', 'outlierAction', 'outlierColumns', 'groupBy'],
  ...['rename', 'drop'],
];
/** By name: cleaning these twice does change something, and why. */
const EXCEPTIONS = new Map([
  ['quoting/given-double-quote-wins-over-single', 'only --quote says that it is no quote'],
  ['one-column/empty-name-not-cleaned', 'a row of one empty cell is blank'],
  ['one-column/selected-empty-cells', 'a row of one empty cell is blank'],
]);

function foldersIn(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The outputs of a fixture, without rejects and what is told. */
function outputsOf(folder: string): string[] {
  const expected = join(folder, 'expected');
  return readdirSync(expected, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.csv') && !name.endsWith('.rejects.csv'))
    .map((name) => join(expected, name))
    .sort();
}

const cases = foldersIn(FIXTURES).flatMap((theme) =>
  foldersIn(join(FIXTURES, theme)).flatMap((name) => {
    const folder = join(FIXTURES, theme, name);
    const given = JSON.parse(readFileSync(join(folder, 'options.json'), 'utf8')) as CleanOptions;
    const { outliers = 'off' } = given;
    const isChanging = outliers !== 'off' || CHANGING.some((key) => key in given);
    const isSkipped = isChanging || outputsOf(folder).length === 0;
    return isSkipped ? [] : [{ name: `${theme}/${name}`, folder, given }];
  }),
);

/** The options of the fixture that say how its output is written and read. */
function optionsAgain(given: CleanOptions): Partial<CleanOptions> {
  const kept = Object.entries(given).filter(([key]) => !OF_INPUT.includes(key));
  return Object.fromEntries(kept);
}

describe('--check finds nothing to do in what was cleaned', () => {
  test('over most fixtures', () => {
    expect(cases.length).toBeGreaterThan(200);
  });

  test.each(cases)('$name', async ({ name, folder, given }) => {
    const run = runInline({ ...optionsAgain(given), inputs: outputsOf(folder), check: true });
    const result = await run.catch((error: unknown) => {
      // Rules that name a column as the input did do not find it any more.
      expect(error).toMatchObject({ code: 'UNKNOWN_COLUMN' });
      return null;
    });
    if (result === null) return;
    if (EXCEPTIONS.has(name)) {
      expect(result.check!.changed, EXCEPTIONS.get(name)).toBe(1);
      return;
    }
    const told = result.files.filter(({ check }) => check?.isChanged !== false);
    expect(told.map(({ input, error, check }) => ({ input, error, check }))).toEqual([]);
    expect(result.check).toEqual({ changed: 0 });
  });

  test('over the samples, with the defaults', async () => {
    const outDir = join(tempFolder(), 'cleaned');
    await runInline({ inputs: SAMPLES, outDir });
    expect(existsSync(join(outDir, 'rejects'))).toBe(true);
    const result = await runInline({ inputs: outDir, check: true });
    expect(result.totals.cleaned).toBe(7);
    expect(result.check).toEqual({ changed: 0 });
  });
});
