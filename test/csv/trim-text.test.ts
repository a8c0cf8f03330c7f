/** Which blanks go, and that newlines stay. */
import { describe, expect, test } from 'vitest';
import { isBlankText, trimText } from '../../src/csv/trim-text.js';

const BLANKS = [0x20, 0x09, 0xa0, 0xfeff, 0x3000];
for (let code = 0x2000; code <= 0x200a; code++) BLANKS.push(code);

describe('trimText', () => {
  test.each(BLANKS)('takes U+%i off both ends and leaves it inside', (code) => {
    const blank = String.fromCharCode(code);
    expect(trimText(`${blank}${blank}a${blank}b${blank}`)).toBe(`a${blank}b`);
    expect(isBlankText(blank)).toBe(true);
  });

  test.each(['\n', '\r', '\v', '\f', '\0', '\u200b', '\u2028', '\u1fff', '\u200b', '\u202f'])(
    'leaves %j, which is no blank',
    (text) => {
      expect(trimText(` ${text} `)).toBe(text);
      expect(isBlankText(` ${text} `)).toBe(false);
    },
  );

  test('gives an empty text when only blanks are there', () => {
    expect(trimText(' \t\u00a0')).toBe('');
    expect(trimText('')).toBe('');
    expect(isBlankText('')).toBe(true);
  });
});
