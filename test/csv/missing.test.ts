/** The tokens that mean "no value", and what is close to them but text. */
import { describe, expect, test } from 'vitest';
import { isMissing, looksNa } from '../../src/csv/missing.js';

const TOKENS = [
  ...['NA', 'N/A', 'n/a', 'NaN', 'nan', 'NULL', 'null', 'None', '-', '#N/A'],
  ...['#DIV/0!', '#REF!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!', '#SPILL!', '#CALC!'],
  '#GETTING_DATA',
];

describe('isMissing', () => {
  test.each(TOKENS)('holds for %s, which looksNa counts', (token) => {
    expect(isMissing(token)).toBe(true);
    expect(looksNa(token)).toBe(true);
  });

  test('holds for an empty cell, which looksNa does not count', () => {
    expect(isMissing('')).toBe(true);
    expect(looksNa('')).toBe(false);
  });

  test.each(['na', 'Null', 'none', '--', '0', ' ', 'NA ', 'undefined', '#N/A!', 'constructor'])(
    'does not hold for %j',
    (text) => {
      expect(isMissing(text)).toBe(false);
      expect(looksNa(text)).toBe(false);
    },
  );
});
