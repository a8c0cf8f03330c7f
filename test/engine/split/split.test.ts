import { expect, test } from 'vitest';
import { checkSplit } from './check-split.js';

const seed = Number(process.env.SEED ?? 20_261_122);

test('in spans of any size the same as whole, on random tables by random rules', () => {
  const seen = checkSplit(seed, 300, 'random');
  const wanted = [
    'split',
    'median',
    'groups',
    'too many groups',
    'reentered',
    'measured several times',
    'rejects',
    'outliers',
    'duplicates',
    'unique',
    'refused',
  ];
  expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
});

test('in spans of any size the same as whole, on any text', () => {
  const seen = checkSplit(seed, 300, 'hostile');
  expect(seen.get('reentered') ?? 0).toBeGreaterThan(0);
});
