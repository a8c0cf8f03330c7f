/** The order of texts against the order of their UTF-8 bytes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareText } from '../../../src/engine/expression/compare-text.js';

describe('compareText', () => {
  test.each([
    ['', 'a', -1],
    ['a', 'a', 0],
    ['Z', 'a', -1],
    ['ab', 'a', 1],
    ['\uff01', '\u{1f600}', -1],
    ['\ud7ff', '\u{10000}', -1],
    ['\u{1f600}', '\u{1f601}', -1],
  ])('of %j and %j is %i', (a, b, sign) => {
    expect(Math.sign(compareText(a, b))).toBe(sign);
    expect(Math.sign(compareText(b, a))).toBe(sign === 0 ? 0 : -sign);
  });

  test('is the order of UTF-8 bytes', () => {
    const unit = fc.constantFrom('a', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}');
    const text = fc.oneof(fc.string({ unit, maxLength: 4 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareText(a, b))).toBe(expected);
      }),
      { seed: Number(process.env.SEED ?? 5150), numRuns: 1000 },
    );
  });
});
