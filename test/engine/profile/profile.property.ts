/** The long runs of profile against the naive one: `SEED=n`, `RUNS=n`. */
import { expect, test } from 'vitest';
import { checkProfile } from './check-profile.js';

const seed = Number(process.env.SEED ?? 11);
const numRuns = Number(process.env.RUNS ?? 10_000);

test('a profile is the naive one', () => {
  const seen = checkProfile(seed, numRuns);
  console.log(`seed ${seed}, ${numRuns} tables`, Object.fromEntries([...seen].sort()));
  expect(seen.size).toBe(4);
});
