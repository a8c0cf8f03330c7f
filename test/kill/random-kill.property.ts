import { expect, test } from 'vitest';
import { killAtRandom } from './random-kill-suite.js';

test('every output is absent, old or whole, when runs are killed at 200 random moments', async () => {
  const seed = Number(process.env.SEED ?? 1);
  console.log(`SEED=${seed}`);
  const counts = await killAtRandom(200, seed);
  console.log(JSON.stringify(counts));
  // The moments were worth choosing: many fell between the first output and the last.
  expect(counts.killed).toBeGreaterThan(100);
  expect(counts.midway).toBeGreaterThan(20);
});
