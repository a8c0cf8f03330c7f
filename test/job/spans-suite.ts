/**
 * One input in spans against the same input whole, from options to files: the property that short
 * and long runs share.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { CsvcleanError } from '../../src/base/error.js';
import type { Rules } from '../../src/engine/rules.js';
import type { FileResult } from '../../src/job/job-result.js';
import { runJob } from '../../src/job/run-job.js';
import { settingsOf } from '../../src/job/settings-of-options.js';
import type { Options } from '../../src/options/options.js';
import { parseOptions } from '../../src/options/parse-options.js';
import { drawFrom, randomRules } from '../engine/reference/random-rules.js';
import { type RandomTable, randomTable } from '../engine/reference/random-table.js';
import { hostileTable } from '../engine/reference/split-records.js';
import { withFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

/** An input of at most so many bytes may be cut at every size. */
const SMALL_BYTES = 300;
/** So many spans it must have to be cut. */
const LEAST_SPANS = 8;
const MOST_SPANS = 150;
const WHOLE = 2 ** 30;

const knobs = fc.record({
  rules: fc.array(fc.nat(9999), { minLength: 80, maxLength: 80 }),
  isEverySize: fc.nat(9).map((draw) => draw === 0),
  sizes: fc.array(fc.tuple(fc.boolean(), fc.nat(9999)), { minLength: 2, maxLength: 2 }),
  /** Places where the input is no UTF-8. */
  broken: fc.oneof(
    { arbitrary: fc.constant([]), weight: 3 },
    { arbitrary: fc.array(fc.nat(9999), { minLength: 1, maxLength: 2 }), weight: 1 },
  ),
  dryRun: fc.nat(4).map((draw) => draw === 0),
});

type Knobs = typeof knobs extends fc.Arbitrary<infer T> ? T : never;

/** How often each thing happened, so that a run that tests nothing shows. */
export type Seen = Map<string, number>;

/** Random tables, or any text, by random rules: the same files and the same report in spans. */
export async function checkSpans(
  seed: number,
  numRuns: number,
  tables: 'random' | 'hostile',
): Promise<Seen> {
  const seen: Seen = new Map();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  const arbitrary: fc.Arbitrary<RandomTable> = tables === 'random' ? randomTable : hostileTable;
  await withFolder((folder) =>
    fc.assert(
      fc.asyncProperty(arbitrary, knobs, async (table, chosen) => {
        const bytes = breakAt(table.bytes, chosen.broken);
        const rules = withoutGroups(randomRules(table, drawFrom(chosen.rules)).rules);
        const path = join(folder, 't.csv');
        writeFileSync(path, bytes);
        const outDir = join(folder, 'out');
        const options = {
          ...parseOptions({ inputs: path, outDir, workers: 0, dryRun: chosen.dryRun }),
          ...optionsOf(rules),
          delimiter: table.dialect.delimiter,
          quote: table.dialect.quote,
          ...ENCODINGS[(chosen.broken[0] ?? 0) % ENCODINGS.length]!,
        };
        expect(settingsOf(options).rules).toEqual(rules);
        const { spans: _, ...whole } = await outcomeOf({ ...options, spanSize: WHOLE });
        noteWhole(whole, note);
        for (const spanSize of spanSizes(bytes.length, chosen)) {
          const { spans, ...found } = await outcomeOf({ ...options, spanSize });
          const told = { seed, spanSize, rules, input: bytes.toString('latin1') };
          expect(found, JSON.stringify(told, null, 1)).toEqual(whole);
          note('runs');
          if (spans > 1) note('split');
        }
      }),
      { seed, numRuns },
    ),
  );
  return seen;
}

/** Judged in groups, a table is not cut. */
function withoutGroups(rules: Rules): Rules {
  return { ...rules, outliers: { ...rules.outliers, groupBy: [] } };
}

/** Sizes that cut the input, and one that does not if no other is left. */
function spanSizes(inputBytes: number, { isEverySize, sizes }: Knobs): readonly number[] {
  const largest = Math.max(1, Math.ceil(inputBytes / LEAST_SPANS) - 1);
  if (isEverySize && inputBytes <= SMALL_BYTES) {
    return Array.from({ length: largest + 1 }, (_, i) => i + 1);
  }
  // Thousands of spans tell no more than hundreds, and take their time.
  const least = Math.max(1, Math.floor(inputBytes / MOST_SPANS));
  const count = largest - least + 1;
  return sizes.map(([isSmall, draw]) => least + (draw % (isSmall ? Math.min(count, 16) : count)));
}

/** Taken for something else, refused, or set aside where it is broken. */
const ENCODINGS: readonly Pick<Options, 'encoding' | 'encodingErrors'>[] = [
  { encoding: 'auto', encodingErrors: 'reject' },
  { encoding: 'auto', encodingErrors: 'strict' },
  { encoding: 'utf-8', encodingErrors: 'reject' },
];

function breakAt(bytes: Buffer, places: readonly number[]): Buffer {
  const broken = Buffer.from(bytes);
  for (const place of places) if (broken.length > 0) broken[place % broken.length] = 0xff;
  return broken;
}

/** The options that give these rules. */
function optionsOf(rules: Rules): Partial<Options> {
  const { outliers, bounds } = rules;
  const boundsAt = (side: 'min' | 'max') =>
    bounds.flatMap(({ side: own, ...bound }) => (own === side ? [bound] : []));
  return {
    ...{ headers: rules.hasHeader, maxField: rules.maxFieldBytes, maxColumns: rules.maxColumns },
    ...{ cleanNames: rules.cleanNames, case: rules.nameCase, rename: rules.rename },
    ...{ select: rules.select, drop: rules.drop, trim: rules.trim, keepBlank: rules.keepBlank },
    ...{ ragged: rules.ragged, where: rules.where, derive: rules.derive, columns: rules.columns },
    outliers: { method: outliers.method, isAuto: !outliers.named },
    dedup: rules.dedup?.columns ?? null,
    dedupKeep: rules.dedup?.keep ?? 'first',
    outlierAction: outliers.action,
    outlierColumns: outliers.columns,
    outlierExclude: outliers.exclude,
    groupBy: outliers.groupBy,
    min: boundsAt('min'),
    max: boundsAt('max'),
  };
}

/** All of a run that may not depend on how its input was cut. */
interface Outcome {
  readonly refusal: string | null;
  readonly file: Partial<FileResult>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly temps: readonly string[];
}

async function outcomeOf(options: Options): Promise<Outcome & { readonly spans: number }> {
  const { outDir } = options;
  try {
    const { files } = await runJob(options);
    const { worker: _, wallMs: __, cpuMs: ___, spans, ...file } = files[0]!;
    const outputs = readOutputs(outDir);
    return { refusal: null, file, outputs, temps: listTemps(outDir), spans };
  } catch (error) {
    if (!(error instanceof CsvcleanError)) throw error;
    const refusal = `${error.code}: ${error.message}`;
    return { refusal, file: {}, outputs: readOutputs(outDir), temps: [], spans: 0 };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

function noteWhole({ file, refusal }: Outcome, note: (what: string) => void): void {
  if (refusal !== null) note('refused');
  if (file.error != null) note(file.error.code);
  const { report } = file;
  if (report == null) return;
  if (report.rows.kept > 0) note('kept');
  if (report.rows.rejected > 0) note('rejects');
  if (report.rows.duplicate > 0) note('duplicates');
  if (report.outlierColumns.some(({ outlierCount }) => outlierCount > 0)) note('outliers');
  if (report.expressions.some(({ source }) => /\b(sum|mean|max|min|std|count)\(/.test(source))) {
    note('aggregates');
  }
  if (report.samples.length > 0) note('samples');
  if (report.rejectedByRule.has('bad_encoding')) note('bad_encoding');
}
