import { describe, expect, test } from 'vitest';
import { dateFormatOf } from '../../../src/engine/profile/date-format.js';
import { judgeType, kindWords } from '../../../src/engine/profile/judge-type.js';
import { kindOfValue } from '../../../src/engine/profile/value-kind.js';

describe('kindOfValue', () => {
  test.each([
    ['12', 'integer'],
    ['-3', 'integer'],
    ['+.5e3', 'number'],
    ['007', 'leading_zero'],
    ['999999999999999', 'integer'],
    ['1000000000000000', 'long_integer'],
    ['1e400', 'text'],
    ['1,5', 'decimal_comma'],
    ['1.234.567,89', 'decimal_comma'],
    ['1,234', 'comma'],
    ['0,500', 'decimal_comma'],
    ['1,234,567', 'grouped'],
    ['1,234.5', 'grouped'],
    ["1'234'567", 'grouped'],
    ['12 %', 'percent'],
    ['$12.50', 'currency'],
    ['12 €', 'currency'],
    ['EUR 12', 'currency'],
    ['(12.50)', 'currency'],
    ['12 kg', 'unit'],
    ['5km', 'unit'],
    ['12 apples', 'text'],
    ['yes', 'boolean'],
    ['Y', 'boolean'],
    ['yes!', 'text'],
    ['0x1f', 'text'],
    ['a'.repeat(1000), 'text'],
    ['1'.repeat(100), 'long_integer'],
  ])('%s is %s', (text, kind) => {
    expect(kindOfValue(text)).toBe(kind);
  });
});

describe('dateFormatOf', () => {
  test.each([
    ['2024-02-29', 'YYYY-MM-DD'],
    ['2023-02-29', null],
    ['2024/1/5', 'YYYY/MM/DD'],
    ['2024-01-05T07:08', 'YYYY-MM-DDTHH:mm'],
    ['2024-01-05 07:08:09.123', 'YYYY-MM-DD HH:mm:ss.SSS'],
    ['2024-01-05T07:08:09Z', 'YYYY-MM-DDTHH:mm:ssZ'],
    ['2024-01-05T07:08:09+02:00', 'YYYY-MM-DDTHH:mm:ss±hh:mm'],
    ['13.02.2024', 'DD.MM.YYYY'],
    ['02/13/2024', 'MM/DD/YYYY'],
    ['02/03/2024', '??/??/YYYY'],
    ['13/13/2024', null],
    ['31.12.99', 'DD.MM.YY'],
    ['5 Mar 2024', 'DD MMM YYYY'],
    ['5-March-2024', 'DD-MMMM-YYYY'],
    ['Mar 5, 2024', 'MMM DD, YYYY'],
    ['may', null],
    ['7:05', 'HH:mm'],
    ['07:05:30 PM', 'h:mm:ss a'],
    ['27:05', null],
    ['24:00', null],
    ['07:05:60', null],
    ['0000-01-05', null],
    ['1.2.3', null],
    ['192.168.0.1', null],
  ])('%s is %s', (text, format) => {
    expect(dateFormatOf(text)).toBe(format);
  });
});

describe('judgeType', () => {
  const kinds = (...all: readonly (readonly [string, number])[]) =>
    all.map(([kind, count]) => ({ kind: kind as 'text', count, input: 0, line: 2, example: 'x' }));
  const judge = (...all: readonly (readonly [string, number])[]) =>
    judgeType(
      kinds(...all),
      all.reduce((sum, [, count]) => sum + count, 0),
    );

  test('is strict: one text among numbers makes a column mixed', () => {
    const { name, mostly, disagreeing } = judge(['integer', 99], ['text', 1]);
    expect({ name, mostly, disagreeing: disagreeing.length }).toEqual({
      ...{ name: 'mixed', mostly: 'integer', disagreeing: 1 },
    });
    expect(judge(['integer', 2], ['text', 98]).name).toBe('text');
  });

  test('keeps numbers with leading zeros, or too many digits, as text', () => {
    expect(judge(['integer', 9], ['leading_zero', 1]).name).toBe('text');
    expect(judge(['integer', 9], ['long_integer', 1]).name).toBe('text');
    expect(judge(['integer', 9], ['number', 1]).name).toBe('number');
  });

  test('lets one date prove the order of day and month, and two orders disagree', () => {
    const proven = judge(['date ??/??/YYYY', 9], ['date DD/MM/YYYY', 1]);
    expect([proven.name, proven.format]).toEqual(['date', 'DD/MM/YYYY']);
    expect(proven.evidence).toContain('proves the order');
    expect(judge(['date ??/??/YYYY', 9]).format).toBe('??/??/YYYY');
    const both = judge(['date ??/??/YYYY', 9], ['date DD/MM/YYYY', 3], ['date MM/DD/YYYY', 1]);
    expect([both.name, both.mostly, both.format]).toEqual(['mixed', 'date', 'DD/MM/YYYY']);
  });
});

test.each([
  ['leading_zero', 1, 'has a leading zero'],
  ['leading_zero', 2, 'have leading zeros'],
  ['currency', 1, 'is an amount of money'],
  ['date DD/MM/YYYY', 1, 'is a date as DD/MM/YYYY'],
  ['date DD/MM/YYYY', 3, 'are dates as DD/MM/YYYY'],
] as const)('%s, %d of them: %s', (kind, count, words) => {
  expect(kindWords(kind, count)).toBe(words);
});
