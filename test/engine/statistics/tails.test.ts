import { describe, expect, test } from 'vitest';
import {
  addToTails,
  createTails,
  finishTails,
  mergeTails,
  type TailsRecord,
} from '../../../src/engine/statistics/tails.js';
import { createRandom, type Random } from '../outliers/distributions.js';
import { COLUMNS, cutIntoSpans, drawLongColumn, feed } from './long-columns.js';

const seed = Number(process.env.SEED ?? 310_977);

function tailsOf(values: Float64Array, limit: number): TailsRecord {
  const tails = createTails(limit);
  addToTails(tails, values, values.length);
  return finishTails(tails);
}

/** The record by its definition. */
function naiveTails(values: Float64Array, limit: number): TailsRecord {
  const counts = new Map<number, number>();
  for (const x of values) counts.set(x, (counts.get(x) ?? 0) + 1);
  const ascending = [...counts].sort((a, b) => a[0] - b[0]);
  const tailOf = (pairs: readonly (readonly [number, number])[]) => ({
    values: Float64Array.from(pairs.slice(0, limit), ([value]) => value),
    counts: Float64Array.from(pairs.slice(0, limit), ([, count]) => count),
  });
  return { lowest: tailOf(ascending), highest: tailOf([...ascending].reverse()) };
}

/** The record by way of spans, each counted alone, and merged as they come or in pairs. */
function mergedTails(values: Float64Array, limit: number, random: Random): TailsRecord {
  const records = cutIntoSpans(values, random).map((span) => {
    const tails = createTails(limit);
    feed(span, random, (some, count) => addToTails(tails, some, count));
    return structuredClone(finishTails(tails));
  });
  while (records.length > 1) {
    const at = Math.floor(random() * (records.length - 1));
    records.splice(at, 2, mergeTails(records[at]!, records[at + 1]!, limit));
  }
  return records[0] ?? tailsOf(values, limit);
}

describe('tails', () => {
  test.each([
    [[], 2, [], [], [], []],
    [[5], 2, [5], [1], [5], [1]],
    [[3, 1, 2, 3, 1, 3], 2, [1, 2], [2, 1], [3, 2], [3, 1]],
    [[3, 1, 2, 3, 1, 3], 9, [1, 2, 3], [2, 1, 3], [3, 2, 1], [3, 1, 2]],
    [[-0, 0, -0], 1, [0], [3], [0], [3]],
    [[-5e-324, 5e-324, -0], 2, [-5e-324, 0], [1, 1], [5e-324, 0], [1, 1]],
    [[1, 2, 3, 1e308, -1e308], 1, [-1e308], [1], [1e308], [1]],
  ])('of %j, %d at each end', (values, limit, low, lowCounts, high, highCounts) => {
    expect(tailsOf(Float64Array.from(values), limit)).toEqual({
      lowest: { values: Float64Array.from(low), counts: Float64Array.from(lowCounts) },
      highest: { values: Float64Array.from(high), counts: Float64Array.from(highCounts) },
    });
  });

  test('count the first of many values, and go on after a look', () => {
    const tails = createTails(1);
    addToTails(tails, Float64Array.of(4, 9, -7), 2);
    expect(finishTails(tails)).toEqual(tailsOf(Float64Array.of(4, 9), 1));
    const before = finishTails(tails);
    addToTails(tails, Float64Array.of(9, 10).subarray(0, 1), 1);
    expect(finishTails(tails)).toEqual(tailsOf(Float64Array.of(4, 9, 9), 1));
    expect(before).toEqual(tailsOf(Float64Array.of(4, 9), 1));
    expect(() => addToTails(tails, new Float64Array(2), 3)).toThrow('as many values');
  });

  test('read a view of values that does not begin where its memory does', () => {
    const values = Float64Array.of(100, 1, 2, 2).subarray(1);
    expect(tailsOf(values, 5)).toEqual(naiveTails(values, 5));
  });

  test('refuse to keep nothing', () => {
    expect(() => createTails(0)).toThrow('keeps a value');
  });

  test('count values whose bits all fall into one slot', () => {
    // The halves of each, taken together without a carry, are the same.
    const words = Int32Array.from({ length: 400 }, (_, i) => {
      const high = 0x40000000 + (i >> 1);
      return i % 2 === 1 ? high : high ^ 0x12345678;
    });
    const different = new Float64Array(words.buffer);
    const values = Float64Array.from({ length: 3000 }, (_, i) => different[(i * i) % 200]!);
    for (const limit of [3, 50, 500]) {
      expect(tailsOf(values, limit)).toEqual(naiveTails(values, limit));
    }
  });

  test(`equal their definition, in one pass and in spans (SEED=${seed})`, () => {
    const random = createRandom(seed);
    for (const name of COLUMNS) {
      for (const n of [0, 1, 2, 40, 1500]) {
        const values = drawLongColumn(name, n, random);
        for (const limit of [1, 2, 30, 400]) {
          const expected = naiveTails(values, limit);
          const message = `${name}, ${n} values, limit ${limit}`;
          expect(tailsOf(values, limit), message).toEqual(expected);
          const merged = mergedTails(values, limit, random);
          expect(merged, message).toEqual(expected);
          expect([...merged.lowest.values].some((x) => Object.is(x, -0))).toBe(false);
          expect([...merged.highest.values].some((x) => Object.is(x, -0))).toBe(false);
        }
      }
    }
  });
});
