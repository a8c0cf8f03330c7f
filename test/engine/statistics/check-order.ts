/** Holds ordered values equal to one sort of everything, over seeded columns of many shapes. */
import { expect } from 'vitest';
import { type OrderedParts, orderParts } from '../../../src/engine/statistics/ordered-parts.js';
import {
  type OrderedValues,
  orderValues,
  sortAll,
} from '../../../src/engine/statistics/ordered-values.js';
import { createRandom, type Random } from '../outliers/distributions.js';

/** How columns fall into the buckets. */
const DRAWS: Readonly<Record<string, (next: Random) => number>> = {
  'any sign and size': (next) => (next() - 0.5) * 10 ** Math.floor(next() * 600 - 300),
  'log-normal': (next) => Math.exp(4 * (next() + next() + next() - 1.5)),
  'a narrow range': (next) => 1e6 + next(),
  'a very narrow range': (next) => 1 + Math.floor(next() * 50_000) * Number.EPSILON,
  'narrow and negative': (next) => -5 - Math.floor(next() * 50_000) * 2 ** -50,
  'the last bits of a large number': (next) => 2 ** 53 - Math.floor(next() * 300),
  'few different values': (next) => Math.floor(next() * 5) - 2,
  'two values': (next) => (next() < 0.5 ? -1.5 : 0.1),
  'two values that differ in the last bit': (next) => (next() < 0.999 ? 0.1 : 0.1 + 2 ** -56),
  'all the same': () => 42.5,
  'all the same and negative': () => -0.1,
  'all -0': () => -0,
  'both zeros': (next) => (next() < 0.5 ? -0 : 0),
  'one value and a few others': (next) => (next() < 0.999 ? 0 : next() - 0.5),
  'a third 0, the rest positive': (next) => (next() < 0.33 ? 0 : next() * 20),
  'subnormals and both zeros': (next) => Math.floor(next() * 100 - 50) * 5e-324,
  'the least subnormals of one sign': (next) => -(1 + Math.floor(next() * 1e6)) * 5e-324,
  'the ends of the doubles': (next) => (next() - 0.5 > 0 ? 1 : -1) * Number.MAX_VALUE * next(),
  'both ends exactly': (next) => (next() < 0.5 ? -1 : 1) * Number.MAX_VALUE,
  'one far out': (next) => (next() < 1e-4 ? 1e300 : 20 + next()),
};
export const SHAPES = Object.keys(DRAWS);

type Order = (values: Float64Array, soon: readonly number[]) => OrderedValues;

/** The same in pieces, some of them empty; and how many values lie beyond others. */
export function checkOrderOfParts(seed: number, shape: string, lengths: readonly number[]): void {
  const random = createRandom(seed);
  checkOrder(seed, shape, lengths, (values, soon) => {
    const cuts = Array.from({ length: 3 }, () => Math.floor(random() * (values.length + 1)));
    const ends = [0, ...cuts.sort((a, b) => a - b), values.length];
    const parts = ends.slice(1).map((end, i) => values.subarray(ends[i]!, end));
    const ordered = orderParts(parts, soon);
    checkCounts(ordered, values, random);
    return ordered;
  });
}

function checkCounts(ordered: OrderedParts, values: Float64Array, random: Random): void {
  const some = Array.from({ length: 4 }, () => values[Math.floor(random() * values.length)]!);
  const near = some.flatMap((value) => [value, value * (1 + 1e-12), value * 0.999, value + 1e-3]);
  const limits = [...near, 0, -0, 5e-324, -5e-324, 1e308, -1e308];
  const beyond = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN];
  ordered.fetchAround(some);
  for (const limit of [...limits, ...beyond]) {
    expect(ordered.countBelow(limit)).toBe(values.filter((value) => value < limit).length);
    expect(ordered.countAbove(limit)).toBe(values.filter((value) => value > limit).length);
  }
}

/** Columns of that shape and these lengths: as drawn, and in ascending and descending order. */
export function checkOrder(
  seed: number,
  shape: string,
  lengths: readonly number[],
  order: Order = orderValues,
): void {
  const random = createRandom(seed);
  for (const n of lengths) {
    const drawn = Float64Array.from({ length: n }, () => DRAWS[shape]!(random));
    const ascending = drawn.slice().sort();
    for (const values of [drawn, ascending, ascending.slice().reverse()]) {
      checkRanks(values, random, order);
    }
  }
}

function checkRanks(values: Float64Array, random: Random, order: Order): void {
  const n = values.length;
  const before = values.slice();
  const twin = sortAll(values);
  const someRanks = (count: number) =>
    n === 0 ? [] : Array.from({ length: count }, () => Math.floor(random() * n));
  const soon = [[], someRanks(5), [0, n >> 2, n >> 1, n - 1].filter((rank) => rank < n)];
  for (const early of soon.map((ranks) => ranks.filter((rank) => rank >= 0))) {
    const ordered = order(values, early);
    for (const rank of [...early, ...someRanks(40)]) checkRank(ordered, twin, rank);
    checkAll(ordered, twin);
  }
  expect(values).toEqual(before);
}

function checkRank(ordered: OrderedValues, twin: OrderedValues, rank: number): void {
  expect(ordered.at(rank)).toBe(twin.at(rank));
  expect(ordered.runStart(rank)).toBe(twin.runStart(rank));
  expect(ordered.runEnd(rank)).toBe(twin.runEnd(rank));
}

/** Every rank, and every run; one `expect` for all, which is slow. */
function checkAll(ordered: OrderedValues, twin: OrderedValues): void {
  expect(ordered.length).toBe(twin.length);
  let wrong = 0;
  for (let rank = 0; rank < twin.length; rank++) {
    if (!Object.is(ordered.at(rank), twin.at(rank))) wrong++;
  }
  for (let rank = 0; rank < twin.length; rank = twin.runEnd(rank)) {
    if (ordered.runStart(rank) !== rank || ordered.runEnd(rank) !== twin.runEnd(rank)) wrong++;
  }
  expect(wrong).toBe(0);
}
