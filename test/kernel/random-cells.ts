/** Cells that are hard to read as numbers: chosen ones, and random ones of every shape. */
import { NA_TOKENS } from '../../src/csv/missing.js';
import type { Dice } from './random.js';

const NUMERALS = [
  ...['12345678901.1234567', '1234567.12345678901', '1234567e12345678', '12345678e-15'],
  ...['0', '-0', '+0', '-0.0', '0.0', '00', '007', '-007', '+1', '1.', '.5', '-.5', '+.5', '5.e1'],
  ...['12.34', '1234567', '12345678', '1234567.', '.1234567', '-1234567', '0.000001', '123456789'],
  ...[
    '1234567890123456',
    '123456789012345.',
    '.123456789012345',
    '-123456789012345',
    '1e5',
    '1E+05',
  ],
  ...['9007199254740993', '9007199254740992', '-9007199254740993', '90071992547409930'],
  ...['9007199254740993.0', '900719925474099.3', '4503599627370496.5', '4503599627370497.5'],
  ...['4503599627370496.50000', '1125899906842624.125', '1125899906842623.9375', '0.1', '0.3'],
  ...['9007199254740991.5', '9007199254740993e1', '18014398509481986e0', '18014398509481990e-1'],
  ...['1.7976931348623157e308', '1.7976931348623158e308', '1.7976931348623159e308', '1e309'],
  ...['1797693134862315807e290', '1797693134862315808e290', '-1.8e308', '1e308', '1e400', '-1e400'],
  ...['2.2250738585072014e-308', '2.2250738585072011e-308', '5e-324', '2e-324', '3e-324', '1e-323'],
  ...[
    '1e-292',
    '9999999999999999999e-292',
    '1e-293',
    '1e-342',
    '1e-343',
    '9999999999999999999e-343',
  ],
  ...['1e22', '1e23', '8.5e22', '123456789e22', '123456789e23', '1e-22', '1e-23', '3e-22', '3e-23'],
  ...[
    '18446744073709551615',
    '18446744073709551616',
    '9999999999999999999',
    '99999999999999999999',
  ],
  ...['0000000000000000000000001', '0.00000000000000000000000001', '00000000000000000000000000'],
  ...[
    '0.0000000000000000000000000',
    '0e999999999999',
    '-0e-9',
    '1e-999999999999999999999',
    '1e00005',
  ],
  ...[
    '1e999999999999999999999',
    '1.0000000000000000',
    '1.00000000000000000000',
    '0.50000000000000000',
  ],
  ...[
    '100000000000000000000000e-23',
    `1${'0'.repeat(400)}`,
    `0.${'0'.repeat(400)}1e401`,
    `.${'0'.repeat(12000)}7e12001`,
  ],
];

const NEAR_NUMERALS = [
  ...['1234567:901234567890', '123456/890123456789', '1234567890123456.1234567:'],
  ...['1e', '+', '.', '-', '--', '+-1', '--1', '++1', '-.', '+.', '.e5', 'e5', 'E5', '-e5', '1e+'],
  ...['1e-', '1e5.0', '1e5e5', '1..2', '1.2.3', '.1.', '..', '1.-2', '1-2', '1+2', '1_000', '12%'],
  ...['0x10', '0b1', '0o7', '1n', '1f', 'Infinity', '-Infinity', '-inf', 'inf', '١', '１', '−1'],
  ...[
    '1e５',
    '1,5',
    '1 000',
    '1\0',
    '\u00001',
    '0\0',
    '1.5\0',
    '$5',
    '(5)',
    '1/2',
    '1:2',
    '2025-03-01',
  ],
  ...['2025-03-01 10:00:00', '12:30', '192.168.0.1', '1234567890123456x', '12345678901234567x'],
  ...[
    '1.2.345678901234567890',
    '123456789012345678901234567890x',
    'x12345678901234567890',
    '1e4000x',
  ],
  ...[
    '/',
    ':',
    '/1',
    ':1',
    '1/',
    '1:',
    '9:9.9',
    '0/0',
    'é',
    'é1',
    '1é',
    '漢',
    'Berlin',
    'São Paulo',
  ],
  ...['true', 'A', 'eee', 'EE', '.E', 'a longer text than any number has'],
];

const NEAR_TOKENS = [
  ...['NAN', 'na', 'N/A.', 'NAA', 'N', 'A', 'nulls', 'nul', 'Null', 'none', 'NoneN', '-1-', '---'],
  ...[
    '#N/A!',
    '#N/',
    '#',
    '!',
    '#!',
    '#REF',
    'REF!',
    '#GETTING_DATa',
    '#GETTING_DATA!',
    'undefined',
  ],
  ...[
    'NA\0',
    'NULL\0',
    '-\0',
    'N\0A',
    '\0',
    '\0\0',
    'NéA',
    'éNA',
    'NAé',
    '#GETTING_DATA\0\0\0',
    `NA${'\0'.repeat(14)}A`,
  ],
  ...[
    'N2345678901234567A',
    '#23456789012345!',
    'NaNaNaNaNaNaNaN',
    'NULLNULLNULLNULLNULL',
    'nn',
    'nl',
  ],
];

/** Without a delimiter, quotes or a line end. */
export const HARD_CELLS: readonly string[] = [
  '',
  ...NUMERALS,
  ...NEAR_NUMERALS.filter((text) => !text.includes(',')),
  ...NA_TOKENS,
  ...NEAR_TOKENS,
];

/** A random cell; some that stand in quotes, hold some, or are not what they set out to be. */
export function randomCell(dice: Dice): string {
  let cell = dice.fraction() < 0.7 ? randomNumeral(dice) : dice.pick(HARD_CELLS);
  if (dice.fraction() < 0.15) cell = spoil(cell, dice);
  if (dice.fraction() < 0.15) cell = `"${cell}"`;
  return cell;
}

/** A random numeral, all shapes as often. */
export function randomNumeral(dice: Dice): string {
  return dice.pick(['', '', '-', '+']) + dice.pick(SHAPES)(dice);
}

/** At most 17 digits, and at most 10^±30 where there is an exponent. */
export function modestNumeral(dice: Dice): string {
  const text = withPoint(dice.digits(dice.integer(1, 17)), dice);
  return dice.pick(['', '-']) + text + (dice.fraction() < 0.3 ? `e${dice.integer(-30, 30)}` : '');
}

const SHAPES: readonly ((dice: Dice) => string)[] = [
  (dice) => dice.digits(dice.integer(1, 25)),
  (dice) => withPoint(dice.digits(dice.integer(1, 8)), dice),
  (dice) => withPoint(dice.digits(dice.integer(1, 25)), dice),
  (dice) => `${withPoint(dice.digits(dice.integer(1, 20)), dice)}e${dice.integer(-30, 30)}`,
  (dice) => `${withPoint(dice.digits(dice.integer(1, 20)), dice)}e${dice.integer(-400, 400)}`,
  (dice) => `${dice.digits(19)}${dice.pick(['e', 'E'])}${dice.integer(-345, 310)}`,
  (dice) => `${'0'.repeat(dice.integer(0, 30))}${withPoint(dice.digits(3), dice)}`,
  (dice) => `0.${'0'.repeat(dice.integer(0, 30))}${dice.digits(dice.integer(1, 19))}`,
  (dice) => String(Math.abs(dice.double())),
  (dice) => String(dice.fraction() * 10 ** dice.integer(-10, 20)),
  (dice) => Math.abs(dice.double()).toExponential(dice.integer(0, 20)),
  (dice) => (dice.fraction() * 10 ** dice.integer(0, 20)).toFixed(dice.integer(0, 20)),
  (dice) => (dice.fraction() * 1000).toPrecision(dice.integer(1, 21)),
  middle,
];

/** The digits with a point before, behind or among them, or none. */
function withPoint(digits: string, dice: Dice): string {
  const at = dice.integer(-1, digits.length);
  return at < 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
}

/**
 * The middle of two doubles in at most 19 digits, or one digit beside it. It is n · 2^j for an odd n
 * of 54 bits; n is a multiple of 5^k where the exponent is to be k, and n · 5^k where it is −k.
 */
export function middle(dice: Dice): string {
  const exponent = dice.integer(-4, 23);
  const five = 5n ** BigInt(Math.abs(exponent));
  const significand = BigInt(Math.floor(dice.fraction() * 2 ** 53)) + 2n ** 53n;
  let m: bigint;
  if (exponent < 0) {
    m = (significand | 1n) * five;
  } else {
    // Either this or the next multiple of 5^k is odd, and so is what it is a multiple by.
    m = (significand / five) | 1n;
  }
  while (m < 2n ** 62n && dice.fraction() < 0.9) m *= 2n;
  m += BigInt(dice.pick([0, 0, 1, -1]));
  if (m >= 10n ** 19n) return middle(dice);
  if (exponent < 0 && dice.fraction() < 0.5) {
    const digits = String(m);
    return `${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
  }
  return `${m}e${exponent}`;
}

const SPOILERS = [...'0123456789+-.eE x"_/:\0', 'é', '""', ' ', 'NA', '00000000'];

/** One character less, more or other. */
function spoil(cell: string, dice: Dice): string {
  const at = dice.integer(0, cell.length);
  return cell.slice(0, at) + dice.pick([...SPOILERS, '']) + cell.slice(at + dice.integer(0, 1));
}
