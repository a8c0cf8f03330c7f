/** Patterns over words: what the twin for ASCII finds is what the pattern of all scripts finds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAscii, wordPattern } from '../../src/base/word-pattern.js';

const seed = Number(process.env.SEED ?? 20_261_130);

const SOURCES = [
  String.raw`[\p{L}\p{Nl}_$][\p{L}\p{M}\p{N}_$]*`,
  String.raw`(?:not[ \t\r\n]+)?(?:in|between)(?![\p{L}\p{M}\p{N}_$])`,
  String.raw`[^\p{L}\p{M}\p{N}]+`,
  String.raw`['\u2018\u00b4\p{Default_Ignorable_Code_Point}\p{Cf}]`,
];

describe('wordPattern', () => {
  test.each(SOURCES)('finds in ASCII what the whole pattern finds: %s', (source) => {
    const pattern = wordPattern(source, 'g');
    const whole = new RegExp(source, 'gu');
    const texts = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('not ', 'in', 'between', '_', "'", 'é', ' ', '7'))
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(text.match(pattern(text))).toEqual(text.match(whole));
      }),
      { seed, numRuns: 500 },
    );
  });

  test('every ASCII character is in the classes it stands for', () => {
    const letters = wordPattern(String.raw`[\p{L}]`);
    const digits = wordPattern(String.raw`[\p{N}]`);
    for (let code = 0; code < 0x100; code++) {
      const char = String.fromCharCode(code);
      expect(letters(char).test(char)).toBe(/\p{L}/u.test(char));
      expect(digits(char).test(char)).toBe(/\p{N}/u.test(char));
      expect(isAscii(char)).toBe(code < 0x80);
    }
  });
});
