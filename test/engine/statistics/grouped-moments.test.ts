/** Sums of groups side by side are those of each group alone, for any split and numbering. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addValue,
  createMoments,
  MOST_VALUES,
  type Moments,
  meanOf,
  stdOf,
  sumOf,
} from '../../../src/engine/statistics/exact-sum.js';
import {
  addGroupedValues,
  createGroupedMoments,
  createMomentsReader,
  type GroupedMoments,
  growMoments,
  mergeGroupedMoments,
  momentsBytes,
} from '../../../src/engine/statistics/grouped-moments.js';

const seed = Number(process.env.SEED ?? 20_261_130);

/** A double of any size, or a usual one. */
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc
    .tuple(fc.integer({ min: -1074, max: 1023 }), fc.double({ min: 1, max: 1.99, noNaN: true }))
    .map(([power, factor]) => factor * 2 ** power),
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.constantFrom(0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022),
);
const part = fc.array(fc.tuple(fc.nat(5), value), { maxLength: 12 });

type Pairs = readonly (readonly [group: number, value: number])[];

function add(moments: GroupedMoments, pairs: Pairs): void {
  growMoments(moments, 1 + Math.max(-1, ...pairs.map(([group]) => group)));
  addGroupedValues(
    moments,
    Uint32Array.from(pairs, ([group]) => group),
    Float64Array.from(pairs, ([, x]) => x),
    pairs.length,
  );
}

function figuresOf(moments: Moments) {
  const { count } = moments;
  const std = moments.squares === null ? null : stdOf(moments);
  return { count, sum: sumOf(moments), mean: meanOf(moments), std };
}

function alone(pairs: Pairs, group: number, squares: boolean) {
  const moments = createMoments({ squares });
  for (const [own, x] of pairs) if (own === group) addValue(moments, x);
  return figuresOf(moments);
}

describe('grouped moments', () => {
  test.each([true, false])('are those of each group alone, squares %s', (squares) => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.boolean(), (parts, isMerged) => {
        const all = parts.flat();
        const whole = createGroupedMoments({ squares });
        for (const pairs of parts) {
          if (!isMerged) {
            add(whole, pairs);
            continue;
          }
          // In a part, groups have numbers of their own: from the last.
          const own = createGroupedMoments({ squares });
          add(
            own,
            pairs.map(([group, x]) => [5 - group, x] as const),
          );
          growMoments(own, 6);
          growMoments(whole, 6);
          mergeGroupedMoments(whole, structuredClone(own), Uint32Array.of(5, 4, 3, 2, 1, 0));
        }
        growMoments(whole, 6);
        const read = createMomentsReader(whole);
        for (let group = 0; group < 6; group++) {
          expect(figuresOf(read(group))).toEqual(alone(all, group, squares));
        }
      }),
      { seed, numRuns: 600 },
    );
  });

  test('carry before a limb is full', () => {
    const moments = createGroupedMoments({ squares: true });
    growMoments(moments, 2);
    const count = 3 * MOST_VALUES + 5;
    const values = new Float64Array(count).fill(-(2 - 2 ** -52));
    addGroupedValues(moments, new Uint32Array(count).fill(1), values, count);
    const read = createMomentsReader(moments);
    expect(read(0).count).toBe(0);
    expect(sumOf(read(1))).toBe(-(2 - 2 ** -52) * count);
    expect(meanOf(read(1))).toBe(-(2 - 2 ** -52));
    expect(stdOf(read(1))).toBe(0);
    // What the last limb held is carried on where a larger value needs one above it.
    add(moments, [[1, 2 ** 200]]);
    add(moments, [[1, -(2 ** 200)]]);
    expect(sumOf(createMomentsReader(moments)(1))).toBe(-(2 - 2 ** -52) * count);
  });

  test('refuse what no array holds', () => {
    const moments = createGroupedMoments({ squares: false });
    add(moments, [
      [0, Number.MIN_VALUE],
      [0, Number.MAX_VALUE],
    ]);
    expect(() => growMoments(moments, 3_000_000)).toThrow('need more than 1 GB');
  });

  test('keep few limbs of usual numbers', () => {
    const moments = createGroupedMoments({ squares: false });
    growMoments(moments, 1000);
    add(
      moments,
      Array.from({ length: 1000 }, (_, i) => [i, 0.01 * i + 1] as const),
    );
    expect(momentsBytes(moments)).toBeLessThan(1000 * 8 * 8);
  });
});
