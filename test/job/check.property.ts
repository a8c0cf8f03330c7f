/** The long run of `--check` against what runs write: `SEED=n` repeats one, `RUNS=n` sets its length. */
import { expect, test } from 'vitest';
import { checkChecks } from './check-suite.js';

const seed = Number(process.env.SEED ?? 7);
const numRuns = Number(process.env.RUNS ?? 5_000);

test('--check tells what a run would change, and nothing of what was cleaned', async () => {
  const seen = await checkChecks(seed, numRuns);
  console.log(`seed ${seed}, ${numRuns} tables`, Object.fromEntries([...seen].sort()));
  expect(seen.get('clean again')).toBeGreaterThan(numRuns / 2);
});
