/**
 * `--concat` against joining the outputs of single runs by hand: the same rows in the same order
 * under the same columns, for any number of inputs and spans.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RFC4180 } from '../../src/csv/dialect.js';
import { type CleanOptions, cleanFiles } from '../../src/index.js';
import { readAll } from '../csv/scan-all.js';
import { randomTable } from '../engine/reference/random-table.js';
import { withFolder } from '../support/temp-folder.js';
import { listTemps } from '../support/tree.js';

const seed = Number(process.env.SEED ?? 20_261_130);
const numRuns = Number(process.env.RUNS ?? 60);

type Rows = readonly (readonly string[])[];

/** The rows of all tables under all their names, and the name of the table behind them. */
function joinByHand(tables: readonly { readonly name: string; readonly rows: Rows }[]): Rows {
  const names: string[] = [];
  for (const { rows } of tables) {
    for (const name of rows[0] ?? []) if (!names.includes(name)) names.push(name);
  }
  const joined = tables.flatMap(({ name, rows: [header, ...rows] }) =>
    rows.map((row) => [...names.map((one) => row[header!.indexOf(one)] ?? ''), name]),
  );
  return [[...names, 'from'], ...joined];
}

test(`--concat joins what single runs write (SEED=${seed})`, async () => {
  let joinedCount = 0;
  let spanCount = 0;
  await withFolder((folder) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(randomTable, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 9, max: 30 }),
        async (tables, spans) => {
          const { delimiter, quote } = tables[0]!.dialect;
          const inputs = tables.map(({ bytes }, i) => {
            const path = join(folder, `t${i}.csv`);
            writeFileSync(path, bytes);
            return path;
          });
          const how: Omit<CleanOptions, 'inputs'> = {
            ...{ delimiter, quote, sniff: false, outliers: 'off', workers: 0, force: true },
          };
          const outDir = join(folder, 'single');
          rmSync(outDir, { recursive: true, force: true });
          const single = await cleanFiles({ ...how, inputs, outDir });
          const concat = join(folder, 'all', 'all.csv');
          rmSync(join(folder, 'all'), { recursive: true, force: true });
          const more = { concat, concatSource: 'from' };
          const whole = await cleanFiles({ ...how, ...more, inputs });
          expect(listTemps(folder)).toEqual([]);
          if (single.status !== 'done') {
            expect(existsSync(concat)).toBe(false);
            expect(whole.problems.map(({ code }) => code)).toEqual(['INCOMPLETE']);
            return;
          }
          const outputs = single.files.map(({ output, input }) => ({
            ...{ name: input, rows: readAll(readFileSync(output!), RFC4180) },
          }));
          const bytes = readFileSync(concat);
          expect(readAll(bytes, RFC4180)).toEqual(joinByHand(outputs));
          expect(whole.totals.rows).toEqual(single.totals.rows);
          expect(whole.totals.bytesOut).toBe(bytes.length);
          joinedCount++;
          const longest = Math.max(...tables.map((table) => table.bytes.length));
          const spanSize = Math.max(1, Math.ceil(longest / spans));
          const cut = await cleanFiles({ ...how, ...more, inputs, spanSize });
          expect(readFileSync(concat).equals(bytes)).toBe(true);
          if (cut.files.some((file) => file.spans > 1)) spanCount++;
        },
      ),
      { seed, numRuns },
    ),
  );
  expect(joinedCount).toBeGreaterThan(numRuns / 2);
  expect(spanCount).toBeGreaterThan(numRuns / 4);
});
