import { describe, expect, test } from 'vitest';
import {
  exceedsFileCap,
  FILE_CAP_SHARE,
  NAMED_WARN_SHARE,
} from '../../../src/engine/outliers/file-cap.js';

describe('exceedsFileCap', () => {
  test.each([
    [0, 0, false],
    [0, 100, false],
    [1, 30, false],
    [1, 1, false],
    [2, 200, false],
    [2, 199, true],
    [7, 700, false],
    [8, 700, true],
    [29, 2_900, false],
    [30, 2_999, true],
  ])('of %d outliers in %d rows is %s', (outlierRows, totalRows, expected) => {
    expect(exceedsFileCap(outlierRows, totalRows)).toBe(expected);
  });

  test('has the shares that the documents name', () => {
    expect([FILE_CAP_SHARE, NAMED_WARN_SHARE]).toEqual([0.01, 0.005]);
  });
});
