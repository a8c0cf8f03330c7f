/** Which columns are read as numbers, and what their cells become. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conventionNumeral } from '../../../src/engine/values/numeral.js';
import { judgeCells } from './judge-cells.js';

const NUMBERS = { numbers: 'auto' } as const;

describe('numbers auto', () => {
  const converted: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['1,234.5', ['1,234.50', '7', '-1,000,000.00'], ['1234.50', '7', '-1000000.00']],
    ['1.234,5', ['1.234,50', '7', '0,99'], ['1234.50', '7', '0.99']],
    ['1234,5', ['12,50', '3', '-0,5', ',5'], ['12.50', '3', '-0.5', '0.5']],
    ['1 234,5', ['1 234,5', '12\u00a0345,25', '1\u202f000'], ['1234.5', '12345.25', '1000']],
    ["1'234.5", ["1'234.50", '12\u2019000.1', '3.5'], ['1234.50', '12000.1', '3.5']],
    ['12,34,567.5', ['12,34,567.50', '1,00,000', '5'], ['1234567.50', '100000', '5']],
    ['1234.5, without €', ['€ 12.50', '€3', '-€ 1.25'], ['12.50', '3', '-1.25']],
    ['1.234,5, without EUR', ['1.234,50 EUR', 'EUR 2,00'], ['1234.50', '2.00']],
    [
      '1,234.5, without $',
      ['$1,234.00', '-$5.50', '$-2', '($3.25)'],
      ['1234.00', '-5.50', '-2', '-3.25'],
    ],
    [
      '1234.5 %',
      ['12%', '12.5 %', '5%', '100%', '-3%', '0.25%'],
      ['0.12', '0.125', '0.05', '1.00', '-0.03', '0.0025'],
    ],
    ['1,234.5', ['(1,234.00)', '12.50', '(0.5)'], ['-1234.00', '12.50', '-0.5']],
    ['1234.5', ['12.5-', '3', '\u22124.5'], ['-12.5', '3', '-4.5']],
    ['1,234.5', ['1,234,567', '1,000'], ['1234567', '1000']],
    ['1.234,5', ['1.234.567', '1.000'], ['1234567', '1000']],
    ['1234,5', ['0,500', '1,234'], ['0.500', '1.234']],
    ['1234,5', ['1,5E+03', '2,25'], ['1.5E+03', '2.25']],
    ['1234.5, without kr', ['12 kr', '5 kr'], ['12', '5']],
    ['1,234.5', ['1,234', '12.5'], ['1234', '12.5']],
  ];
  test.each(converted)('%s: %j', (convention, cells, wanted) => {
    const { told, cells: found } = judgeCells(cells, NUMBERS);
    expect(found).toEqual(wanted);
    expect(told).toEqual([`numbers ${convention}`]);
  });

  const left: readonly (readonly [string, readonly string[]])[] = [
    ['ambiguous', ['1,234', '7', '999']],
    ['ambiguous', ['$1,234', '$56']],
    ['mixed', ['1.234,5', '1,234.5']],
    ['mixed', ['12%', '0.5']],
    ['mixed', ['1,5', '2.5']],
    ['mixed_units', ['€ 5.10', '$ 6']],
    ['one_sided', ['(5)', '(6)']],
    ['text', ['1,234.5', 'about 7']],
    ['text', ['1,234.5', '007']],
    ['text', ['1,234.5', '1234567890123456']],
    ['text', ['1,234.5', '12E45']],
    ['text', ['1,234.5', '12.345.678.90']],
  ];
  test.each(left)('is left, %s: %j', (reason, cells) => {
    const { told, cells: found } = judgeCells(cells, NUMBERS);
    expect(found).toEqual(cells);
    expect(told).toEqual([`numbers ${reason}`]);
  });

  const silent: readonly (readonly string[])[] = [
    ['1', '2.5', '-3e5', '.5'],
    ['1.234', '2.345'],
    ['a', 'b'],
    ['192.168.0.1', '10.0.0.1'],
    ['030 123 456', '030 654 321'],
    ['+49 301 234', '+49 301 235'],
    ['NA', ''],
    ['1,23', 'x'].reverse(),
  ];
  test.each(silent.map((cells) => [cells]))('has nothing to do with %j', (cells) => {
    const { told, cells: found } = judgeCells(cells, NUMBERS);
    expect([found, told]).toEqual([cells, []]);
  });

  test('leaves identifiers by name, and says how to read them all the same', () => {
    const { told, verdict } = judgeCells(['1,234,567', '2,345,678'], NUMBERS, 'customer_id');
    expect(told).toEqual(['numbers id_like']);
    expect(verdict.findings[0]!.remedy).toBe("--numbers 'customer_id=1,234.5'");
  });

  test.each(['Telefon', 'telefonnummer_privat', 'Téléphone', 'teléfono', 'handy', 'siren'])(
    'leaves what the name "%s" says is no amount in other languages, too',
    (name) => {
      const cells = ['49 171 234 567', '732 829 320'];
      expect(judgeCells(cells, NUMBERS, name)).toMatchObject({ cells, told: ['numbers id_like'] });
    },
  );

  test('passes over missing cells and tokens, which stay', () => {
    expect(judgeCells(['1,234.50', '', 'NA', '-'], NUMBERS).cells).toEqual([
      '1234.50',
      '',
      'NA',
      '-',
    ]);
  });

  test('tells of both readings where a column is ambiguous, with an example', () => {
    const [finding] = judgeCells(['7', '1,234'], NUMBERS).verdict.findings;
    expect(finding).toEqual({
      ...{ rule: 'numbers', convention: null, reason: 'ambiguous' },
      detail: '1,234 may be one number or a thousand times as much',
      example: { line: 3, value: '1,234' },
      remedy: "--numbers 'amount=1,234.5' or --numbers 'amount=1.234,5'",
    });
  });
});

/** A number by its digits, and how people write it. */
const written = fc.record({
  isNegative: fc.boolean(),
  whole: fc.oneof(fc.constant('0'), fc.bigInt(1n, 999_999_999_999_999n).map(String)),
  fraction: fc.stringMatching(/^\d{0,20}$/),
});

test.each([
  ['.', ','],
  ['.', ' '],
  ['.', "'"],
  [',', '.'],
  [',', '\u00a0'],
] as const)(
  'a numeral with %j and %j keeps its digits, and its value to the last',
  (decimal, group) => {
    fc.assert(
      fc.property(written, ({ isNegative, whole, fraction }) => {
        const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group);
        const sign = isNegative ? '-' : '';
        const text = `${sign}${grouped}${fraction === '' ? '' : decimal}${fraction}`;
        const plain = `${sign}${whole}${fraction === '' ? '' : '.'}${fraction}`;
        expect(conventionNumeral(text, { decimal, thousands: group })).toBe(plain);
        // Proven by a value that only one reading allows, the column gives the same.
        const proof = `1${group}234${group}567${decimal}25`;
        const { cells } = judgeCells([proof, text], NUMBERS);
        expect(cells).toEqual(['1234567.25', plain]);
        expect(judgeCells(cells, NUMBERS).cells).toEqual(cells);
      }),
      { seed: 20261130, numRuns: 300 },
    );
  },
);

test('percentages are hundredths, digit by digit', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 14n), fc.stringMatching(/^\d{0,12}$/), (whole, fraction) => {
      const text = `${whole}${fraction === '' ? '' : '.'}${fraction}%`;
      const [, cell] = judgeCells(['1.25%', text], NUMBERS).cells;
      const [left, right = ''] = cell!.split('.');
      const scale = 10n ** BigInt(right.length);
      const value = BigInt(left!) * scale + BigInt(right === '' ? 0 : right);
      expect(right.length).toBe(fraction.length + 2);
      expect(value).toBe(BigInt(`${whole}${fraction}`));
    }),
    { seed: 20261130, numRuns: 300 },
  );
});

test('a convention that is named reads what fits, and nothing else', () => {
  const german = { decimal: ',', thousands: '.' } as const;
  expect(conventionNumeral('1.234', german)).toBe('1234');
  expect(conventionNumeral('1,234', german)).toBe('1.234');
  expect(conventionNumeral('1.234,50 €', german)).toBe('1234.50');
  expect(conventionNumeral('1,234.50', german)).toBeNull();
  expect(conventionNumeral('12.34', german)).toBeNull();
  expect(conventionNumeral('abc', german)).toBeNull();
  expect(conventionNumeral('1.234', { decimal: ',', thousands: null })).toBeNull();
});
