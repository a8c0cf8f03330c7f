import { describe, expect, test } from 'vitest';
import type { Interval, IntervalCounts } from '../../../src/engine/statistics/interval-counts.js';
import { sortAll } from '../../../src/engine/statistics/ordered-values.js';
import { quartileRanksOf } from '../../../src/engine/statistics/quantile.js';
import { searchRanks } from '../../../src/engine/statistics/rank-search.js';
import { createRandom } from '../outliers/distributions.js';
import { COLUMNS, cutIntoSpans, drawLongColumn } from './long-columns.js';
import { countSpans, type Search, searchInPasses } from './search-in-passes.js';

const seed = Number(process.env.SEED ?? 640_009);

function wholeLine(stride: number): Interval {
  return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, stride };
}

/** Passes after the first that end any search: two for each bit, and for a quarter less each time. */
function mostPassesFor(n: number): number {
  return 2 * 64 + Math.ceil(Math.log(n + 1) / Math.log(4 / 3)) + 3;
}

/** Holds what was found equal to one sort of everything. */
function checkSearch(spans: readonly Float64Array[], search: Search, message: string) {
  const values = Float64Array.from(spans.flatMap((span) => [...span]));
  const sorted = sortAll(values);
  const finding = searchInPasses(spans, search);
  const wrong = search.ranks.filter(
    (rank) => !Object.is(finding.values.get(rank), sorted.at(rank)),
  );
  expect(wrong, message).toEqual([]);
  expect(finding.values.size, message).toBe(new Set(search.ranks).size);
  return finding;
}

describe('searchRanks', () => {
  test('asks for nothing when all values are there, or none is wanted', () => {
    const values = [Float64Array.of(3, -0, 1, 2)];
    const all = searchInPasses(values, { stride: 1, ranks: [0, 3, 1, 3], limit: 1 });
    expect(all).toEqual({
      passes: 0,
      mostKept: 0,
      values: new Map([
        [0, 0],
        [1, 1],
        [3, 3],
      ]),
    });
    expect(Object.is(all.values.get(0), -0)).toBe(false);
    expect(searchInPasses(values, { stride: 2, ranks: [], limit: 1 }).passes).toBe(0);
    expect(searchInPasses([new Float64Array(0)], { stride: 2, ranks: [], limit: 1 }).passes).toBe(
      0,
    );
  });

  test('asks for all values where they fit', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    const [first] = countSpans([values], [wholeLine(10)]);
    const search = searchRanks(first!, 10, [50], 100);
    expect(search.next().value).toEqual([wholeLine(1)]);
  });

  test('asks for a window around each rank, and for one around neighbours', () => {
    const n = 640_000;
    const values = Float64Array.from({ length: n }, (_, i) => (i * 7919) % n);
    const [first] = countSpans([values], [wholeLine(64)]);
    const search = searchRanks(first!, 64, quartileRanksOf(n), 40_000);
    const windows = search.next().value as readonly Interval[];
    expect(windows).toHaveLength(3);
    windows.forEach(({ low, high, stride }, i) => {
      const quartile = (n / 4) * (i + 1);
      expect(low).toBeLessThan(quartile - 64 * 250);
      expect(high).toBeGreaterThan(quartile + 64 * 250);
      expect(high - low).toBeLessThan(64 * 520);
      expect(stride).toBe(1);
    });
    const found = search.next(countSpans([values], windows));
    expect(found.value).toEqual(new Map(quartileRanksOf(n).map((rank) => [rank, rank])));
  });

  test('meets a period in other phases', () => {
    const values = Float64Array.from({ length: 30_000 }, (_, i) => (i % 60) + i / 30_000);
    const { passes } = checkSearch([values], { stride: 60, ranks: [14_999], limit: 2000 }, '');
    expect(passes).toBeLessThanOrEqual(4);
  });

  test('knows a value of more than half by the first count', () => {
    const values = Float64Array.from({ length: 20_000 }, (_, i) => (i % 3 === 0 ? i : 0.5));
    const ranks = quartileRanksOf(20_000).slice(0, 4);
    const { passes, mostKept } = checkSearch([values], { stride: 8, ranks, limit: 1000 }, '');
    expect(passes).toBe(1);
    expect(mostKept).toBeLessThan(100);
  });

  test('refuses ranks that are none', () => {
    const [counts] = countSpans([Float64Array.of(1)], [wholeLine(1)]);
    for (const rank of [-1, 0.5, 1]) {
      expect(() => searchRanks(counts!, 1, [rank], 9).next()).toThrow('below the length');
    }
    expect(() => searchRanks(counts!, 1, [0], 0).next()).toThrow('kept');
  });

  test('refuses counts of other values than before', () => {
    const whole = wholeLine(4);
    const values = Float64Array.from({ length: 99 }, (_, i) => i);
    const search = searchRanks(countSpans([values], [whole])[0]!, 4, [50], 10);
    const wanted = search.next().value as readonly Interval[];
    expect(() => search.next(countSpans([values, values], wanted))).toThrow('the same values');
    const other = searchRanks(countSpans([values], [whole])[0]!, 4, [50], 10);
    other.next();
    expect(() => other.next([])).toThrow('each interval');
  });

  test(`takes one more pass where samples are fair (SEED=${seed})`, () => {
    const random = createRandom(seed);
    for (const name of ['uniform', 'any sign and size', 'ascending', 'descending']) {
      const values = drawLongColumn(name, 30_000, random);
      const search = { stride: 16, ranks: quartileRanksOf(30_000), limit: 6000 };
      const { passes, mostKept } = checkSearch(cutIntoSpans(values, random), search, name);
      expect(passes, name).toBe(1);
      expect(mostKept, name).toBeLessThan(6000);
    }
  });

  test(`finds any ranks, however little is kept (SEED=${seed})`, () => {
    const random = createRandom(seed);
    for (const name of COLUMNS) {
      for (const n of [1, 2, 35, 500]) {
        const values = drawLongColumn(name, n, random);
        for (const limit of [1, 4, 60]) {
          const ranks = Array.from({ length: 1 + Math.floor(random() * 5) }, () =>
            Math.floor(random() * n),
          );
          const stride = [2, 8, 64, 1000][Math.floor(random() * 4)]!;
          const search = { stride, ranks: [...ranks, ...quartileRanksOf(n)], limit };
          const most = 1 + Math.floor(random() * 2 * limit);
          const message = `${name}, ${JSON.stringify({ n, ...search, most })}`;
          const spans = cutIntoSpans(values, random);
          const free = checkSearch(spans, search, message);
          const bounded = checkSearch(spans, { ...search, most }, message);
          expect(bounded.mostKept, message).toBeLessThanOrEqual(most);
          const enough = limit < 60 ? mostPassesFor(n) : 12;
          expect(free.passes, message).toBeLessThanOrEqual(enough);
          expect(bounded.passes, message).toBeLessThanOrEqual(mostPassesFor(n));
        }
      }
    }
  });

  /** Samples that mislead as much as they can. */
  test.each<[string, (place: number, last: number) => boolean]>([
    ['the least', (place) => place === 0],
    ['the greatest', (place, last) => place === last],
    ['both ends', (place, last) => place === 0 || place === last],
    ['the least hundred', (place) => place < 100],
    ['the greatest hundred', (place, last) => last - place < 100],
    ['a hundred of each end', (place, last) => place < 100 || last - place < 100],
    ['all but the middle', (place, last) => Math.abs(place - last / 2) > last / 10],
  ])('ends when samples are %s', (_, isSampled) => {
    const random = createRandom(seed);
    for (const name of COLUMNS) {
      const n = 1000;
      const values = drawLongColumn(name, n, random)
        .map((x) => x + 0)
        .sort();
      const pass = (intervals: readonly Interval[]): readonly IntervalCounts[] =>
        countSpans(
          [values],
          intervals.map((interval) => ({ ...interval, stride: 1 })),
        ).map((counts, i) =>
          intervals[i]!.stride === 1 || counts.inside === 0
            ? counts
            : {
                ...counts,
                values: counts.values.filter((_, at) => isSampled(at, counts.inside - 1)),
              },
        );
      const ranks = [350, 351, 700];
      const found = searchInPasses([values], { stride: 3, ranks, limit: 10 }, pass);
      expect(
        ranks.map((rank) => found.values.get(rank)),
        name,
      ).toEqual(ranks.map((rank) => values[rank]));
      expect(found.passes, name).toBeLessThanOrEqual(mostPassesFor(n));
    }
  });
});
