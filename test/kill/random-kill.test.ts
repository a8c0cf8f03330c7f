import { expect, test } from 'vitest';
import { killAtRandom } from './random-kill-suite.js';

test('every output is absent, old or whole, when runs are killed at 8 random moments', async () => {
  const seed = Number(process.env.SEED ?? 1);
  console.log(`SEED=${seed}`);
  const counts = await killAtRandom(8, seed);
  expect(counts.runs).toBe(8);
});
