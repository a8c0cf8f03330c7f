import { expect, test } from 'vitest';
import { checkEqual } from './check-equal.js';

const seed = Number(process.env.SEED ?? 20_261_121);

test('gives what the reference engine gives, on random tables by random rules', () => {
  const seen = checkEqual(seed, 250, 'random');
  const wanted = ['kept', 'blank', 'filtered', 'outlier', 'rejected', 'trimmedCells', 'RAGGED'];
  expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
});

test('gives what the reference engine gives, on any text', () => {
  checkEqual(seed, 250, 'hostile');
});
