/**
 * Seeded properties of the whole way from source to value; the long runs stand in
 * `expression.property.ts`.
 */
import { test } from 'vitest';
import { checkSoup, checkTrees } from './check-expressions.js';

const seed = Number(process.env.SEED ?? 1_234);

test('a random expression evaluates as the naive interpreter does', () => {
  checkTrees(seed, 1_000);
});

test('a soup of tokens is parsed or refused, and never hangs or throws anything else', () => {
  checkSoup(seed, 3_000);
});
