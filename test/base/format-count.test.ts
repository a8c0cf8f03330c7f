import { expect, test } from 'vitest';
import { formatCount } from '../../src/base/format-count.js';

test.each([
  [0, '0'],
  [7, '7'],
  [100, '100'],
  [1000, '1,000'],
  [1204, '1,204'],
  [99_999, '99,999'],
  [100_000, '100,000'],
  [1_234_567, '1,234,567'],
  [-1000, '-1,000'],
  [-100, '-100'],
  [Number.MAX_SAFE_INTEGER, '9,007,199,254,740,991'],
])('%d is written %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test('agrees with the formatter of the language around every power of ten', () => {
  for (let power = 1; power <= 10 ** 15; power *= 10) {
    for (const count of [power - 1, power, power + 1]) {
      expect(formatCount(count)).toBe(count.toLocaleString('en-US'));
    }
  }
});
