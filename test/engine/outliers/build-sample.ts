/** Builds a column sample from cells, as an engine would: numbers in, texts counted. Tests only. */

import { type ColumnSample, NOTATION_LIMIT } from '../../../src/engine/outliers/column-sample.js';
import { kindOfNumber } from '../../../src/kernel/scalar/number-kind.js';

/** A sample of the cells of one column: numbers as `String` writes them, texts as they stand. */
export function buildSample(
  cells: readonly (number | string)[],
  more: Partial<ColumnSample> = {},
): ColumnSample {
  const texts = cells.map(String);
  const numbers = texts.filter((text) => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text));
  const notations = numbers.slice(0, NOTATION_LIMIT).map(kindOfNumber);
  const missingCount = texts.filter((text) => text === '').length;
  return {
    name: 'reading',
    textCount: texts.length - numbers.length - missingCount,
    isText: false,
    values: Float64Array.from(numbers, Number),
    notations: Uint8Array.from(notations),
    groups: null,
    groupCount: 1,
    ...more,
  };
}

/** A sample of several groups, their values one group after the other. */
export function buildGroupedSample(
  groups: readonly (readonly number[])[],
  more: Partial<ColumnSample> = {},
): ColumnSample {
  const numbers = groups.flatMap((values, group) => values.map(() => group));
  return buildSample(groups.flat(), {
    groups: Int32Array.from(numbers),
    groupCount: groups.length,
    ...more,
  });
}

/** `n` measurements between 10 and 20, in no order, with two decimals and without outliers. */
export function plainValues(n: number): number[] {
  return Array.from({ length: n }, (_, index) => 10 + ((index * 377 + 13) % 1000) / 100);
}
