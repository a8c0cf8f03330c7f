/** The long runs of split against whole: `SEED=n`, `RUNS=n`. */
import { expect, test } from 'vitest';
import { checkSplit } from './check-split.js';

const seed = Number(process.env.SEED ?? 11);
const numRuns = Number(process.env.RUNS ?? 10_000);

for (const tables of ['random', 'hostile'] as const) {
  test(`in spans the same as whole: ${tables} tables`, () => {
    const seen = checkSplit(seed, numRuns, tables);
    console.log(`seed ${seed}, ${numRuns} tables`, Object.fromEntries([...seen].sort()));
    expect(seen.size).toBeGreaterThan(4);
  });
}
