/** Aggregates: their values, that order and split do not show, and that they are plain data. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addToAggregate,
  aggregateValue,
  createAggregate,
  mergeAggregate,
} from '../../../src/engine/expression/aggregates.js';

const NAMES = ['min', 'max', 'mean', 'median', 'sum', 'std', 'count'] as const;
type Name = (typeof NAMES)[number];

function stateOf(name: Name, values: readonly (number | null)[]) {
  const state = createAggregate(name);
  for (const value of values) addToAggregate(state, value);
  return state;
}

const resultOf = (name: Name, values: readonly (number | null)[]) =>
  aggregateValue(stateOf(name, values));

describe('aggregateValue', () => {
  test.each<[Name, number | null]>([
    ['min', null],
    ['max', null],
    ['mean', null],
    ['median', null],
    ['sum', null],
    ['std', null],
    ['count', 0],
  ])('%s of nothing but missing values is %j', (name, expected) => {
    expect(resultOf(name, [])).toBe(expected);
    expect(resultOf(name, [null, null])).toBe(expected);
  });

  test.each<[Name, number | null]>([
    ['min', -1],
    ['max', 10],
    ['mean', 3.5],
    ['median', 2.5],
    ['sum', 14],
    ['std', Math.sqrt(65 / 3)],
    ['count', 4],
  ])('%s passes over what is missing', (name, expected) => {
    expect(resultOf(name, [2, null, 10, -1, null, 3])).toBe(expected);
  });

  test('std of one value and sums beyond the doubles are missing', () => {
    expect(resultOf('std', [3])).toBeNull();
    expect(resultOf('sum', [1e308, 1e308])).toBeNull();
    expect(resultOf('median', [-1.7e308, 1.7e308])).toBeNull();
    expect(resultOf('std', [-1.7e308, 1.7e308])).toBeNull();
    expect(resultOf('mean', [1e308, 1e308])).toBe(1e308);
  });

  test.each(['min', 'max', 'sum', 'mean', 'median'] as const)('%s never gives −0', (name) => {
    expect(resultOf(name, [-0, -0])).toBe(0);
    expect(resultOf(name, [0, -0])).toBe(0);
  });

  test('may be asked for before the last value', () => {
    const state = stateOf('median', [5, 1]);
    expect(aggregateValue(state)).toBe(3);
    addToAggregate(state, 2);
    expect(aggregateValue(state)).toBe(2);
  });
});

describe('aggregates', () => {
  test.each(NAMES)('%s is the same for any order and split, over a structured clone', (name) => {
    const value = fc.option(
      fc.oneof(
        fc.integer({ min: -9, max: 9 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      ),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.nat(60), (values, cut) => {
        const backwards = [...values].reverse();
        const merged = structuredClone(stateOf(name, backwards.slice(0, cut)));
        mergeAggregate(merged, structuredClone(stateOf(name, backwards.slice(cut))));
        expect(aggregateValue(merged)).toBe(resultOf(name, values));
      }),
      { seed: Number(process.env.SEED ?? 808), numRuns: 200 },
    );
  });

  test('of different names are not merged', () => {
    expect(() => mergeAggregate(createAggregate('min'), createAggregate('max'))).toThrow(
      /one name/,
    );
  });
});
