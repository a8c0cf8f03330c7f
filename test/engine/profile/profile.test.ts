import { expect, test } from 'vitest';
import { profileLimits } from '../../../src/engine/profile/limits.js';
import { checkProfile, checkTable } from './check-profile.js';

const seed = Number(process.env.SEED ?? 20_261_130);

test('a profile in spans of any size is the naive one, on random tables', () => {
  const seen = checkProfile(seed, 300);
  const wanted = ['all values', 'too many values', 'numbers held', 'a pass for ranks'];
  expect(wanted.filter((what) => (seen.get(what) ?? 0) < 20)).toEqual([]);
});

test('a profile of thousands of different values is the naive one, on both sides of the limit', () => {
  const cellsOf = (i: number): readonly string[] => [
    ...[String(i * 7), `${(i % 997) / 8}`, `word number ${i}${'é'.repeat(i % 5)}`],
    ...[`20${10 + (i % 30)}-0${1 + (i % 9)}-11T12:0${i % 10}:17`, i % 90 === 0 ? 'NA' : `00${i}`],
  ];
  const rows = Array.from({ length: 4000 }, (_, i) => cellsOf((i * 1409) % 4001).join(','));
  const text = ['a,b,c,d,e', ...rows, ''].join('\n');
  const limits = profileLimits(5, 1);
  const notes: string[] = [];
  for (const distinct of [10_000, 3000, 997, 130]) {
    for (const spanBytes of [1 << 30, 40_000]) {
      const sizes = { spanBytes, blockBytes: 1 << 13 };
      checkTable(text, 5, { ...limits, distinct }, sizes, (note) => notes.push(note));
    }
  }
  expect(notes.filter((note) => note === 'all values').length).toBeGreaterThan(10);
  expect(notes.filter((note) => note === 'too many values').length).toBeGreaterThan(10);
});
