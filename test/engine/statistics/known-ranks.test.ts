import { describe, expect, test } from 'vitest';
import { guardGroup } from '../../../src/engine/outliers/eligibility.js';
import {
  maxOutliersOf,
  searchSide,
  spacingCountOf,
} from '../../../src/engine/outliers/gap-rule.js';
import { orderKnown } from '../../../src/engine/statistics/known-ranks.js';
import { type OrderedValues, sortAll } from '../../../src/engine/statistics/ordered-values.js';
import { quartileRanksOf, quartilesOf } from '../../../src/engine/statistics/quantile.js';
import {
  addToTails,
  createTails,
  finishTails,
  mergeTails,
} from '../../../src/engine/statistics/tails.js';
import { createRandom, type Random } from '../outliers/distributions.js';
import { COLUMNS, cutIntoSpans, drawLongColumn } from './long-columns.js';
import { searchInPasses } from './search-in-passes.js';

const seed = Number(process.env.SEED ?? 98_321);

function tailsOf(values: Float64Array, limit: number) {
  const tails = createTails(limit);
  addToTails(tails, values, values.length);
  return finishTails(tails);
}

/** What several passes know of a column: some ranks, and tails of `limit` values. */
function knownOf(
  values: Float64Array,
  ranks: readonly number[],
  limit: number,
  random: Random,
): OrderedValues {
  const spans = values.length === 0 ? [values] : cutIntoSpans(values, random);
  const tails = spans.map((span) => tailsOf(span, limit)).reduce((a, b) => mergeTails(a, b, limit));
  const found = searchInPasses(spans, { stride: 8, ranks, limit: 100 });
  return orderKnown(values.length, found.values, tails);
}

describe('orderKnown', () => {
  const values = Float64Array.of(1, 1, 2, 3, 3, 3, 4, 5, 6, 6);
  const known = orderKnown(10, new Map([[4, 3]]), tailsOf(values, 2));

  test('knows the tails, with their runs', () => {
    expect([0, 1, 2, 7, 8, 9].map(known.at)).toEqual([1, 1, 2, 5, 6, 6]);
    expect([0, 1, 2, 7, 8, 9].map(known.runStart)).toEqual([0, 0, 2, 7, 8, 8]);
    expect([0, 1, 2, 7, 8, 9].map(known.runEnd)).toEqual([2, 2, 3, 8, 10, 10]);
    expect(known.length).toBe(10);
  });

  test('knows the value of a rank between, and nothing of others', () => {
    expect(known.at(4)).toBe(3);
    for (const ask of [known.runStart, known.runEnd])
      expect(() => ask(4)).toThrow('runs of the tails');
    for (const rank of [3, 5, 6]) expect(() => known.at(rank)).toThrow('searched for');
    for (const rank of [-1, 10]) expect(() => known.at(rank)).toThrow('below the length');
  });

  test('knows all when the tails hold all, or meet', () => {
    const sorted = sortAll(values);
    for (const limit of [3, 4, 6, 100]) {
      const all = orderKnown(10, new Map(), tailsOf(values, limit));
      for (let rank = 0; rank < 10; rank++) {
        expect(all.at(rank)).toBe(sorted.at(rank));
        expect(all.runStart(rank)).toBe(sorted.runStart(rank));
        expect(all.runEnd(rank)).toBe(sorted.runEnd(rank));
      }
    }
  });

  test('may be empty, and refuses tails of more values', () => {
    expect(orderKnown(0, new Map(), tailsOf(new Float64Array(0), 3)).length).toBe(0);
    expect(() => orderKnown(9, new Map(), tailsOf(values, 100))).toThrow('no longer');
  });

  test(`is all that the gap rule and its guards ask for (SEED=${seed})`, () => {
    const random = createRandom(seed);
    const draws = COLUMNS.map((name) => (n: number) => drawLongColumn(name, n, random));
    const withClump = (n: number) =>
      Float64Array.from({ length: n }, (_, i) =>
        i % 20 === 0 ? 9999 : random() + (i === 5 ? -80 : 0),
      );
    for (const draw of [...draws, withClump]) {
      for (const n of [0, 5, 30, 61, 2000]) {
        const column = draw(n);
        const limit = maxOutliersOf(n) + spacingCountOf(n) + 2;
        const sorted = sortAll(column);
        const few = knownOf(column, quartileRanksOf(n), limit, random);
        const quartiles = n === 0 ? null : quartilesOf(sorted);
        if (n > 0) expect(quartilesOf(few)).toEqual(quartiles);
        const skip = guardGroup(sorted, quartiles);
        expect(guardGroup(few, quartiles)).toEqual(skip);
        if (skip !== null || quartiles === null) continue;
        for (const side of ['lower', 'upper'] as const) {
          expect(searchSide(few, quartiles, side)).toEqual(searchSide(sorted, quartiles, side));
        }
      }
    }
  });
});
