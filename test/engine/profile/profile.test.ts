import { expect, test } from 'vitest';
import { checkProfile } from './check-profile.js';

const seed = Number(process.env.SEED ?? 20_261_130);

test('a profile in spans of any size is the naive one, on random tables', () => {
  const seen = checkProfile(seed, 300);
  const wanted = ['all values', 'too many values', 'numbers held', 'a pass for ranks'];
  expect(wanted.filter((what) => (seen.get(what) ?? 0) < 20)).toEqual([]);
});
