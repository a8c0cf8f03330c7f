/** Rounding half away from zero, of the decimal that a number is written as. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundNumber, roundShortest } from '../../../src/engine/expression/round-number.js';

describe('roundNumber', () => {
  test.each([
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [0.5, 0, 1],
    [0.49999999999999994, 0, 0],
    [1.005, 2, 1.01],
    [2.675, 2, 2.68],
    [-1.005, 2, -1.01],
    [9.995, 2, 10],
    [1234.5678, 1, 1234.6],
    [0.1 + 0.2, 15, 0.3],
    [0.05, 1, 0.1],
    [0.04, 1, 0],
    [0.004, 1, 0],
    [1e-300, 15, 0],
    [1e300, 15, 1e300],
    [123, 5, 123],
    [1e21, 0, 1e21],
    [0, 3, 0],
    [5e-324, 0, 0],
    [Number.MAX_VALUE, 0, Number.MAX_VALUE],
  ])('of %d to %i digits is %d', (x, digits, expected) => {
    expect(roundNumber(x, digits) + 0).toBe(expected);
  });

  test('agrees with the rounding of number formats', () => {
    const formats = Array.from(
      { length: 16 },
      (_, digits) =>
        new Intl.NumberFormat('en-US', { maximumFractionDigits: digits, useGrouping: false }),
    );
    const number = fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: -1e8, max: 1e8 }).map((n) => n / 1000),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }),
    );
    fc.assert(
      fc.property(number, fc.nat(15), (x, digits) => {
        const expected = Number(formats[digits]!.format(x));
        expect(roundNumber(x, digits) + 0).toBe(expected + 0);
      }),
      { seed: Number(process.env.SEED ?? 271), numRuns: 2000 },
    );
  });

  test('agrees with the rounding of figures, also beside a half and in its zeros', () => {
    const half = fc
      .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(15), fc.integer({ min: -3, max: 3 }))
      .map(([n, digits, units]) => {
        const x = Number(`${n}5e${-digits - 1}`);
        return x + units * Math.abs(x) * 2 ** -53;
      });
    const number = fc.oneof(
      half,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: -1e8, max: 1e8 }).map((n) => n / 1000),
    );
    fc.assert(
      fc.property(number, fc.nat(15), (x, digits) => {
        expect(roundNumber(x, digits)).toBe(roundShortest(x, digits));
      }),
      { seed: Number(process.env.SEED ?? 314), numRuns: 5000 },
    );
  });
});
