/** The long runs of the properties in `check-expressions.ts`. */
import { test } from 'vitest';
import { checkSoup, checkTrees } from './check-expressions.js';

const seed = Number(process.env.SEED ?? 4_321);
console.log(`seed ${seed}`);

test('a random expression evaluates as the naive interpreter does', () => {
  checkTrees(seed, 30_000);
});

test('a soup of tokens is parsed or refused, and never hangs or throws anything else', () => {
  checkSoup(seed, 100_000);
});
