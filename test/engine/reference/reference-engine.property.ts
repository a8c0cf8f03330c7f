/**
 * The long runs of the engine against the model: `SEED=n` repeats one, `RUNS=n` makes it longer.
 */
import { expect, test } from 'vitest';
import { checkHostile, checkModel, type Seen } from './check-model.js';

const seed = Number(process.env.SEED ?? 7);
const numRuns = Number(process.env.RUNS ?? 10_000);

function tell(seen: Seen): void {
  console.log(`seed ${seed}, ${numRuns} tables`, Object.fromEntries([...seen].sort()));
}

test('the reference engine gives the bytes, rejects and counts of the model on random tables', () => {
  const seen = checkModel(seed, numRuns);
  tell(seen);
  const methods = ['gap', 'iqr', 'percentile', 'mad', 'zscore'].map((kind) => `${kind} drops`);
  expect([...methods, 'auto'].filter((what) => (seen.get(what) ?? 0) < 5)).toEqual([]);
});

test('the reference engine keeps the laws and gives what the model gives on any UTF-8', () => {
  const seen = checkHostile(seed, numRuns);
  tell(seen);
  expect(seen.size).toBeGreaterThan(10);
});
