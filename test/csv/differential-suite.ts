/**
 * The differential test, for a fast and a long run: our scanner, csv-parse and Python read the same
 * values.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RFC4180 } from '../../src/csv/dialect.js';
import { readWithCsvParse, readWithPython } from './other-readers.js';
import { type CsvCase, csvCase } from './random-csv.js';
import { readAll, toBytes } from './scan-all.js';

/** Declares the tests with `caseCount` cases from `seed`. */
export function describeDifferential(seed: number, caseCount: number): void {
  describe(`well-formed CSV, ${caseCount} cases, seed ${seed}`, () => {
    test('scanRecord and decodeField read back the values it was written from', () => {
      fc.assert(
        fc.property(csvCase, (csv) => {
          expect(readWithScanner(csv)).toEqual(csv.rows);
        }),
        { seed, numRuns: caseCount },
      );
    });

    test('csv-parse reads what our scanner reads', () => {
      fc.assert(
        fc.property(csvCase, (csv) => {
          expect(readWithCsvParse(csv)).toEqual(readWithScanner(csv));
        }),
        { seed, numRuns: caseCount },
      );
    });

    test("Python's csv reads what our scanner reads", (context) => {
      const cases = fc.sample(csvCase, { seed, numRuns: caseCount });
      const tables = readWithPython(cases);
      if (tables === null) {
        console.warn('SKIPPED: python3 is not installed, so its csv module was not compared');
        return context.skip();
      }
      for (const [i, csv] of cases.entries()) {
        expect(readWithScanner(csv), `case ${i}: ${JSON.stringify(csv)}`).toEqual(tables[i]);
      }
    });
  });
}

function readWithScanner({ text, delimiter }: CsvCase): string[][] {
  return readAll(toBytes(text), { ...RFC4180, delimiter: delimiter.charCodeAt(0) });
}
