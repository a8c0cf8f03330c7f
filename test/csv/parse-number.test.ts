/** What is a number and what is not, against the definition and for any double. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNumber, parseNumber } from '../../src/csv/parse-number.js';

const seed = Number(process.env.SEED ?? 20_260_106);

/** The definition, word for word. */
function parseByDefinition(text: string): number {
  const isNumeral = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
  const x = isNumeral ? Number(text) : Number.NaN;
  return Number.isFinite(x) ? x + 0 : Number.NaN;
}

describe('parseNumber', () => {
  test.each([
    ['0', 0],
    ['007', 7],
    ['+1', 1],
    ['-12.50', -12.5],
    ['1.', 1],
    ['.5', 0.5],
    ['-.5e-3', -0.0005],
    ['1E5', 100_000],
    ['1.e+02', 100],
    ['9007199254740993', 9007199254740992],
    ['5e-324', 5e-324],
    ['1e-400', 0],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['-0', 0],
    ['-0.0e5', 0],
    ['-1e-400', 0],
  ])('reads %j as %d', (text, x) => {
    expect(parseNumber(text)).toBe(x);
  });

  // biome-ignore format: a table
  test.each([
    '', ' ', '+', '-', '.', '-.', 'e5', '.e5', '1e', '1e+', '1e5.0', '1..2', '1.2.3', '+-1', '--1',
    ' 1', '1 ', '1\n', '1\0', '1,234', '1_000', '12%', '$5', '0x1F', '0b1', '0o7', '1n', '1f',
    'NaN', 'Infinity', '-inf', '1e400', '-1e400', '٣', '１', '−1', '1e５', 'true', 'null',
  ])('refuses %j', (text) => {
    expect(parseNumber(text)).toBeNaN();
  });

  test(`equals the definition for any text of its characters (seed ${seed})`, () => {
    const text = fc.string({ unit: fc.constantFrom(...'++--..00123456789eeE x,'), maxLength: 10 });
    fc.assert(
      fc.property(text, (s) => {
        expect(parseNumber(s)).toBe(parseByDefinition(s));
      }),
      { seed, numRuns: 5000 },
    );
  });

  test('refuses a very long text in linear time', () => {
    const startMs = performance.now();
    for (const text of ['1', '1.1', '.1', '1e1'].map((s) => `${s.padEnd(1_000_000, '1')}x`)) {
      expect(parseNumber(text)).toBeNaN();
    }
    // Quadratic time would be half an hour each.
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [1e21, '1e+21'],
    [123456789012345680000, '123456789012345680000'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-5e-324, '-5e-324'],
    [1e-7, '1e-7'],
  ])('prints %d as %j', (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });

  test(`prints what parseNumber reads back, for any double (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(parseNumber(formatNumber(x))).toBe(x === 0 ? 0 : x);
      }),
      { seed, numRuns: 2000 },
    );
  });
});
