/** The long runs of the property in `check-vectors.ts`. */
import { test } from 'vitest';
import { checkVectors } from './check-vectors.js';

const seed = Number(process.env.SEED ?? 99_100);
console.log(`seed ${seed}`);

test('a random expression over small blocks has the values and counts of its closures', () => {
  checkVectors(seed, 20_000, 100);
});

test('a random expression over thousands of rows has the values and counts of its closures', () => {
  checkVectors(seed + 1, 1_000, 6_000);
});
