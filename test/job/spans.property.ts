/** The long runs of inputs in spans against whole: `SEED=n`, `RUNS=n`. */
import { expect, test } from 'vitest';
import { checkSpans } from './spans-suite.js';

const seed = Number(process.env.SEED ?? 11);
const numRuns = Number(process.env.RUNS ?? 3500);

// Each table is cut at two sizes or more.
for (const tables of ['random', 'hostile'] as const) {
  test(`in spans the same files and report as whole: ${tables} tables`, async () => {
    const seen = await checkSpans(seed, numRuns, tables);
    console.log(`seed ${seed}, ${numRuns} tables`, Object.fromEntries([...seen].sort()));
    expect(seen.get('runs')).toBeGreaterThanOrEqual(2 * numRuns);
    expect(seen.get('split')).toBeGreaterThan(numRuns);
  });
}
