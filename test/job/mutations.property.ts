/** The long run of fixtures with bytes changed: `SEED=n`, `RUNS=n`. */
import { expect, test } from 'vitest';
import { checkMutations } from './mutation-suite.js';

const seed = Number(process.env.SEED ?? 13);
const numRuns = Number(process.env.RUNS ?? 4000);

test('mutated fixtures are cleaned alike, whole, in spans and by the reference engine', async () => {
  const seen = await checkMutations(seed, numRuns);
  console.log(`seed ${seed}, ${numRuns} mutations`, Object.fromEntries([...seen].sort()));
  expect(seen.get('cleaned')).toBeGreaterThan(numRuns / 2);
});
