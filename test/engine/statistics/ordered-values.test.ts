import { describe, expect, test } from 'vitest';
import { orderParts } from '../../../src/engine/statistics/ordered-parts.js';
import {
  type OrderedValues,
  orderValues,
  sortAll,
} from '../../../src/engine/statistics/ordered-values.js';
import { checkOrder, checkOrderOfParts, SHAPES } from './check-order.js';

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

describe('orderValues', () => {
  test.each(SHAPES)('equals one sort of everything: %s', (name) => {
    checkOrder(20_261, name, [0, 1, 31, 1024, 1025, 16_385, 70_000]);
  });

  test('takes a view that begins anywhere', () => {
    const values = Float64Array.from({ length: 3000 }, (_, i) => (i * 7919) % 3001);
    expect(orderValues(values.subarray(1001)).at(1000)).toBe(
      sortAll(values.subarray(1001)).at(1000),
    );
  });
});

describe('orderParts', () => {
  test.each(SHAPES)('equals one sort of everything: %s', (name) => {
    checkOrderOfParts(20_261, name, [1, 2, 31, 1025, 3000]);
  });

  test('fetches more buckets than it has slots, one after the other', () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5003);
    const ranks = Array.from({ length: 1000 }, (_, i) => 5 * i);
    const ordered = orderParts([values.subarray(0, 2000), values.subarray(2000)], ranks);
    const twin = sortAll(values);
    expect(ranks.map((rank) => ordered.at(rank))).toEqual(ranks.map((rank) => twin.at(rank)));
  });
});
