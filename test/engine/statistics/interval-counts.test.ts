import { describe, expect, test } from 'vitest';
import {
  addToIntervals,
  createIntervalCounter,
  finishIntervals,
  type Interval,
  type IntervalCounts,
  mergeIntervals,
} from '../../../src/engine/statistics/interval-counts.js';
import { createRandom, type Random } from '../outliers/distributions.js';
import { COLUMNS, cutIntoSpans, drawLongColumn, feed } from './long-columns.js';

const seed = Number(process.env.SEED ?? 52_711);
const WHOLE: Interval = {
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  stride: 1,
};

function countsOf(intervals: readonly Interval[], values: readonly number[], most?: number) {
  const counter = createIntervalCounter(intervals, most);
  addToIntervals(counter, Float64Array.from(values), values.length);
  return finishIntervals(counter);
}

/** The counts of one interval by their definition; every how manieth is kept is found by trying. */
function naiveCounts({ low, high, stride }: Interval, values: Float64Array, most: number) {
  const inside = values.filter((x) => x > low && x < high).map((x) => x + 0);
  let every = stride;
  while (Math.ceil(inside.length / every) > most) every *= 2;
  return {
    below: values.filter((x) => x < low).length,
    atLow: values.filter((x) => x === low).length,
    inside: inside.length,
    atHigh: values.filter((x) => x === high).length,
    values: inside.filter((_, i) => i % every === 0),
  };
}

/** Some intervals, most of their ends values of the column. */
function drawIntervals(values: Float64Array, random: Random): readonly Interval[] {
  const ends = Array.from({ length: 2 * (1 + Math.floor(random() * 3)) }, () =>
    random() < 0.2 ? (random() - 0.5) * 100 : (values[Math.floor(random() * values.length)] ?? 0),
  ).sort((a, b) => a - b);
  if (random() < 0.3) ends[0] = Number.NEGATIVE_INFINITY;
  if (random() < 0.3) ends[ends.length - 1] = Number.POSITIVE_INFINITY;
  return ends.flatMap((low, i) => {
    const high = ends[i + 1] ?? low;
    return low < high && (i % 2 === 0 || random() < 0.2)
      ? [{ low, high, stride: 1 + Math.floor(random() * random() * 20) }]
      : [];
  });
}

describe('interval counts', () => {
  test.each<[Interval, readonly number[], Omit<IntervalCounts, 'values'>, readonly number[]]>([
    [WHOLE, [], { below: 0, atLow: 0, inside: 0, atHigh: 0 }, []],
    [WHOLE, [3, -0, 1], { below: 0, atLow: 0, inside: 3, atHigh: 0 }, [3, 0, 1]],
    [
      { ...WHOLE, stride: 2 },
      [5, 6, 7, 8, 9],
      { below: 0, atLow: 0, inside: 5, atHigh: 0 },
      [5, 7, 9],
    ],
    [
      { low: 1, high: 3, stride: 1 },
      [0, 1, 1, 2, 2.5, 3, 4],
      { below: 1, atLow: 2, inside: 2, atHigh: 1 },
      [2, 2.5],
    ],
    [
      { low: -0, high: 1, stride: 1 },
      [0, -0, 5e-324, -5e-324],
      { below: 1, atLow: 2, inside: 1, atHigh: 0 },
      [5e-324],
    ],
    [
      { low: 0, high: Number.POSITIVE_INFINITY, stride: 3 },
      [1, -1, 2, 3, 4],
      { below: 1, atLow: 0, inside: 4, atHigh: 0 },
      [1, 4],
    ],
  ])('of %j over %j', (interval, values, expected, kept) => {
    expect(countsOf([interval], values)).toEqual([
      { ...expected, values: Float64Array.from(kept) },
    ]);
  });

  test('keep every second of what would be too much', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(countsOf([WHOLE], values, 5)[0]!.values).toEqual(Float64Array.of(1, 3, 5, 7, 9));
    expect(countsOf([WHOLE], values, 4)[0]!.values).toEqual(Float64Array.of(1, 5, 9));
    const parts = [countsOf([WHOLE], values), countsOf([WHOLE], values)];
    expect(mergeIntervals(parts, 5)[0]).toMatchObject({
      inside: 18,
      values: Float64Array.of(1, 5, 9, 4, 8),
    });
  });

  test('of no parts are none', () => {
    expect(mergeIntervals([])).toEqual([]);
  });

  test('refuse intervals without an inside, and parts of different ones', () => {
    expect(() => createIntervalCounter([{ low: 1, high: 1, stride: 1 }])).toThrow('inside');
    expect(() => createIntervalCounter([{ ...WHOLE, stride: 0 }])).toThrow('stride');
    expect(() => createIntervalCounter([WHOLE], 0)).toThrow('kept');
    expect(() => mergeIntervals([[], countsOf([WHOLE], [1])])).toThrow('same intervals');
  });

  test(`equal their definition, in one pass and in spans (SEED=${seed})`, () => {
    const random = createRandom(seed);
    for (const name of COLUMNS) {
      for (const n of [0, 1, 30, 700]) {
        const values = drawLongColumn(name, n, random);
        const most = random() < 0.5 ? Number.POSITIVE_INFINITY : 1 + Math.floor(random() * 100);
        const intervals = [WHOLE, { ...WHOLE, stride: 7 }, ...drawIntervals(values, random)];
        const countSpan = (span: Float64Array) => {
          const counter = createIntervalCounter(intervals, most);
          feed(span, random, (some, count) => addToIntervals(counter, some, count));
          return structuredClone(finishIntervals(counter));
        };
        const message = `${name}, ${n} values, at most ${most}`;
        const naive = intervals.map((interval) => naiveCounts(interval, values, most));
        expect(countSpan(values), message).toEqual(naive);

        const spans = cutIntoSpans(values, random);
        const merged = mergeIntervals(
          spans.length === 0 ? [countSpan(values)] : spans.map(countSpan),
        );
        naive.forEach((expected, i) => {
          const kept = spans.flatMap((span) => [...naiveCounts(intervals[i]!, span, most).values]);
          expect(merged[i], message).toEqual({ ...expected, values: Float64Array.from(kept) });
        });
      }
    }
  });
});
