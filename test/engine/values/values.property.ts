/** The long runs of rules for values on all engines: `SEED=n`, `RUNS=n`. */
import { expect, test } from 'vitest';
import { checkValues } from './check-values.js';

const seed = Number(process.env.SEED ?? 7);
const numRuns = Number(process.env.RUNS ?? 12_000);

test('rules for values give the same on all engines', () => {
  const seen = checkValues(seed, numRuns);
  console.log(`seed ${seed}, ${numRuns} tables`, Object.fromEntries([...seen].sort()));
  expect(seen.size).toBeGreaterThan(25);
});
