import { expect, test } from 'vitest';
import { cutText } from '../../src/base/cut-text.js';

test.each([
  ['', 3, ''],
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
])('%j is shown in %d units as %j', (text, length, shown) => {
  expect(cutText(text, length)).toBe(shown);
});
