/**
 * `--check` against what a run really writes, over random tables: it says that something would
 * change exactly where the bytes differ, at the byte and line where they do, whole, in spans and by
 * the reference engine; and what was cleaned is clean.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type CleanOptions, cleanFiles } from '../../src/index.js';
import type { FileResult } from '../../src/job/job-result.js';
import { randomTable } from '../engine/reference/random-table.js';
import { withFolder } from '../support/temp-folder.js';

/** How often each thing happened. */
export type Seen = Map<string, number>;

const CASES = ['snake', 'kebab', 'const', 'lower', 'preserve'] as const;

const knobs = fc.record({
  case: fc.constantFrom(...CASES),
  keepBlank: fc.boolean(),
  trim: fc.nat(3).map((draw) => draw > 0),
  ragged: fc.constantFrom('pad' as const, 'reject' as const),
  crlf: fc.nat(5).map((draw) => draw === 0),
  bom: fc.nat(5).map((draw) => draw === 0),
  spans: fc.integer({ min: 9, max: 40 }),
});

async function checkOne(options: CleanOptions): Promise<FileResult> {
  const { files, check } = await cleanFiles({ workers: 0, ...options, check: true });
  expect(check!.changed).toBe(files[0]!.check?.isChanged === true ? 1 : 0);
  return files[0]!;
}

/** Where two texts first differ, and on which line; null: nowhere. */
function differenceOf(before: Buffer, after: Buffer, lineEnd: string) {
  let at = 0;
  while (at < before.length && at < after.length && before[at] === after[at]) at++;
  if (at === before.length && at === after.length) return null;
  const line = before.subarray(0, at).toString('latin1').split(lineEnd).length;
  return { offsetBytes: at, line, isAtEnd: at === before.length };
}

export async function checkChecks(seed: number, numRuns: number): Promise<Seen> {
  const seen: Seen = new Map();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  await withFolder((folder) =>
    fc.assert(
      fc.asyncProperty(randomTable, knobs, async (table, { spans, ...rules }) => {
        const { delimiter, quote, lineEnd } = table.dialect;
        const inputs = join(folder, 't.csv');
        const output = join(folder, 'out.csv');
        rmSync(output, { force: true });
        writeFileSync(inputs, table.bytes);
        const how = { delimiter, quote, sniff: false, outliers: 'off', ...rules } as const;
        await cleanFiles({ inputs, output, workers: 0, rejects: 'none', force: true, ...how });
        if (!existsSync(output)) return note('failed');
        const cleaned = readFileSync(output);
        const sign = lineEnd === '\r' && !table.bytes.includes('\n') ? '\r' : '\n';
        const wanted = differenceOf(table.bytes, cleaned, sign);
        const spanSize = Math.max(1, Math.ceil(table.bytes.length / spans));
        for (const more of [{}, { spanSize }, { engine: 'reference' }] as const) {
          const { check, spans: cut } = await checkOne({ inputs, ...how, ...more });
          if (wanted === null) expect(check?.difference).toBeNull();
          else expect(check?.difference).toMatchObject(wanted);
          if (wanted !== null) expect(check?.changes).not.toEqual([]);
          if (cut > 1) note('in spans');
        }
        note(wanted === null ? 'clean at once' : 'would change');
        // A row of one empty cell is blank to whoever reads it next.
        if (table.header.length === 1 && !rules.keepBlank) return;
        const again = await checkOne({ inputs: output, ...how, delimiter: ',', quote: '"' });
        expect(again.check?.difference, cleaned.toString('latin1')).toBeNull();
        note('clean again');
      }),
      { seed, numRuns },
    ),
  );
  return seen;
}
