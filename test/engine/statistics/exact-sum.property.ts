/** The long run of the sums' property. */
import { test } from 'vitest';
import { checkSums } from './check-sums.js';

test('sums are exact, rounded once and independent of order and split', () => {
  const seed = Number(process.env.SEED ?? 77_001);
  console.log(`seed ${seed}`);
  checkSums(seed, 20_000);
});
