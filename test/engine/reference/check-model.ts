/** The engine against the model: the property that short and long runs share. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { CsvcleanError } from '../../../src/base/error.js';
import { checkLaws } from './check-laws.js';
import { type Cleaned, cleanBytes, toDialect } from './clean-bytes.js';
import { cleanNaively, type NaiveResult } from './naive-clean.js';
import { drawFrom, type Meant, randomRules } from './random-rules.js';
import { type RandomTable, randomTable } from './random-table.js';
import { hostileTable, splitRecords } from './split-records.js';

/** How often each thing happened, so that a run that tests nothing shows. */
export type Seen = Map<string, number>;

const ruleDraws = fc.array(fc.nat(9999), { minLength: 80, maxLength: 80 });
/** The read window's first size: none of these may be seen in the result. */
const windowSizes = fc.oneof(fc.constant(undefined), fc.integer({ min: 3, max: 40 }));

/** Cleans random tables by random rules, each by the engine and by the model. */
export function checkModel(seed: number, numRuns: number): Seen {
  const seen: Seen = new Map();
  fc.assert(
    fc.property(randomTable, ruleDraws, windowSizes, (table, draws, windowBytes) => {
      // The records that were written are the ones that are there.
      const split = splitRecords(table.bytes.toString(), table.dialect);
      expect(split, table.bytes.toString()).toEqual(table.records);
      compare(table, randomRules(table, drawFrom(draws)), windowBytes, seen);
    }),
    { seed, numRuns },
  );
  return seen;
}

/**
 * The same over text that was never meant to be a table: quotes, line ends and blanks everywhere.
 */
export function checkHostile(seed: number, numRuns: number): Seen {
  const seen: Seen = new Map();
  fc.assert(
    fc.property(hostileTable, ruleDraws, windowSizes, (table, draws, windowBytes) => {
      const meant = randomRules(table, drawFrom(draws));
      compare(table, meant, windowBytes, seen);
      checkLaws(table, meant.rules, windowBytes);
    }),
    { seed, numRuns },
  );
  return seen;
}

function compare(
  table: RandomTable,
  meant: Meant,
  windowBytes: number | undefined,
  seen: Seen,
): void {
  const expected = cleanNaively(table, meant);
  const told = JSON.stringify({ rules: meant.rules, input: table.bytes.toString() }, null, 1);
  const clean = (): Cleaned =>
    cleanBytes(table.bytes, toDialect(table.dialect), meant.rules, windowBytes);
  if (typeof expected === 'string') {
    note(seen, expected);
    expect(codeOf(clean), told).toBe(expected);
    return;
  }
  const { output, rejects, report } = clean();
  expect(output.toString(), told).toBe(expected.output);
  const found = rejects.map(({ message: _, ...reject }) => reject);
  expect(found, told).toEqual(expected.rejects);
  expect(report.rows, told).toEqual(expected.rows);
  expect(report.repairs.paddedRows, told).toBe(expected.padded);
  expect(report.repairs.shortenedRows, told).toBe(expected.shortened);
  expect(report.outlierValues, told).toBe(expected.outlierValues);
  noteResult(seen, meant, expected);
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'nothing';
  } catch (error) {
    if (error instanceof CsvcleanError) return error.code;
    throw error;
  }
}

function noteResult(seen: Seen, meant: Meant, { rows, rejects, outlierValues }: NaiveResult): void {
  for (const [what, count] of Object.entries(rows)) if (count > 0) note(seen, what);
  for (const rule of new Set(rejects.map((reject) => reject.rule))) note(seen, rule);
  const { action, method, named } = meant.rules.outliers;
  if (outlierValues > 0) note(seen, action);
  if (rejects.some(({ rule }) => rule === 'outlier')) note(seen, `${method.kind} drops`);
  if (outlierValues > 0 && method.kind === 'gap' && !named) note(seen, 'auto');
  if (meant.derives.length > 1) note(seen, 'derives');
}

function note(seen: Seen, what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1);
}
