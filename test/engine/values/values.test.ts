import { expect, test } from 'vitest';
import { checkAgain, checkValues } from './check-values.js';

const seed = Number(process.env.SEED ?? 11);
console.log(`values: SEED=${seed}`);

test('rules for values give the same on the fast engine, in spans and on the reference', () => {
  const seen = checkValues(seed, 250);
  const wanted = ['numbers', 'dates', 'booleans', 'nulls', 'fill', 'case', 'split', 'misfits'];
  expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
});

test('what was converted once stays as it is when it is cleaned again', () => {
  expect(checkAgain(seed, 300)).toBeGreaterThan(30);
});
