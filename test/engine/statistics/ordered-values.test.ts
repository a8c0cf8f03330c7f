import { describe, expect, test } from 'vitest';
import {
  type OrderedValues,
  orderValues,
  sortAll,
} from '../../../src/engine/statistics/ordered-values.js';
import { createRandom } from '../outliers/distributions.js';

function inOrder(ordered: OrderedValues): number[] {
  return Array.from({ length: ordered.length }, (_, i) => ordered.at(i));
}

describe('sortAll', () => {
  test('sorts by size, not as text, and leaves its input alone', () => {
    const values = Float64Array.of(10, 9, -1, 100);
    expect(inOrder(sortAll(values))).toEqual([-1, 9, 10, 100]);
    expect([...values]).toEqual([10, 9, -1, 100]);
  });

  test('counts -0 as 0', () => {
    const values = inOrder(sortAll(Float64Array.of(0, -0, 0, -0)));
    expect(values.some((value) => Object.is(value, -0))).toBe(false);
  });

  test('keeps the smallest subnormals', () => {
    expect(inOrder(sortAll(Float64Array.of(5e-324, -5e-324)))).toEqual([-5e-324, 5e-324]);
  });

  test('finds the runs of equal values', () => {
    const ordered = sortAll(Float64Array.of(3, 1, 3, 2, 3));
    expect([ordered.runStart(3), ordered.runEnd(3)]).toEqual([2, 5]);
    expect([ordered.runStart(0), ordered.runEnd(0)]).toEqual([0, 1]);
  });
});

/** Columns that fall into the buckets in different ways. */
const COLUMNS: readonly (readonly [string, (next: () => number) => number])[] = [
  ['any sign and size', (next) => (next() - 0.5) * 10 ** Math.floor(next() * 600 - 300)],
  ['log-normal', (next) => Math.exp(4 * (next() + next() + next() - 1.5))],
  ['a narrow range, dealt out by later digits', (next) => 1e6 + next()],
  ['a very narrow range', (next) => 1 + Math.floor(next() * 50_000) * Number.EPSILON],
  ['narrow and negative', (next) => -5 - Math.floor(next() * 50_000) * 2 ** -50],
  ['few different values', (next) => Math.floor(next() * 5) - 2],
  ['one value and a few others', (next) => (next() < 0.999 ? 0 : next() - 0.5)],
  ['subnormals and both zeros', (next) => Math.floor(next() * 100 - 50) * 5e-324],
];

describe('orderValues', () => {
  test.each(COLUMNS)('equals one sort of everything: %s', (_, draw) => {
    const random = createRandom(20_261);
    for (const n of [0, 1, 16_384, 16_385, 70_000]) {
      const values = Float64Array.from({ length: n }, () => draw(random));
      const before = values.slice();
      const twin = sortAll(values);
      const ordered = orderValues(values);
      expect(values).toEqual(before);
      const ranks = [0, n - 1, n >> 1, ...Array.from({ length: 40 }, () => random() * n)];
      for (const rank of ranks.map(Math.floor)) {
        if (rank < 0 || rank >= n) continue;
        expect(ordered.at(rank)).toBe(twin.at(rank));
        expect(ordered.runStart(rank)).toBe(twin.runStart(rank));
        expect(ordered.runEnd(rank)).toBe(twin.runEnd(rank));
      }
      expect(inOrder(ordered)).toEqual(inOrder(twin));
    }
  });
});
