/** What `columns` takes for each rule, what it refuses, and in which words. */
import { describe, expect, test } from 'vitest';
import { toPlainError } from '../../src/base/error.js';
import { BUILT_COLUMN_RULES, COLUMN_RULE_TABLE } from '../../src/options/column-rule-table.js';
import { parseOptions } from '../../src/options/parse-options.js';

type Rule = keyof typeof COLUMN_RULE_TABLE;

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return toPlainError(error).message;
  }
  return 'taken';
}

const FLAG = 'columns.a';

describe('a rule of a column', () => {
  const taken: readonly (readonly [Rule, given: unknown, value: unknown])[] = [
    ['nulls', 'auto', 'auto'],
    ['nulls', 'NA', ['NA']],
    ['nulls', ['NA', '-', '', -999], ['NA', '-', '', '-999']],
    ['numbers', 'off', 'off'],
    ['numbers', { decimal: ',' }, { decimal: ',', thousands: null }],
    ['numbers', { decimal: ',', thousands: null }, { decimal: ',', thousands: null }],
    ['numbers', new Map([['decimal', '.']]), { decimal: '.', thousands: null }],
    ['numbers', { decimal: '.', thousands: "'" }, { decimal: '.', thousands: "'" }],
    ['booleans', 'auto', 'auto'],
    ['dates', 'auto', 'auto'],
    ['dates', 'DD.MM.YYYY', { format: 'DD.MM.YYYY' }],
    ['fill', '0', { kind: 'text', text: '0' }],
    ['fill', '', { kind: 'text', text: '' }],
    ['fill', { down: true }, { kind: 'down' }],
    ['fill', new Map([['down', 'true']]), { kind: 'down' }],
    ['unicode', 'nfkc', 'nfkc'],
    ['squeeze', true, true],
    ['mojibake', 'auto', 'auto'],
    ['case', 'title', 'title'],
    [
      'replace',
      { Berln: 'Berlin', '': 'unknown' },
      [
        { from: 'Berln', to: 'Berlin' },
        { from: '', to: 'unknown' },
      ],
    ],
    ['replace', new Map([['__proto__', 'x']]), [{ from: '__proto__', to: 'x' }]],
    ['required', 'true', true],
    ['unique', false, false],
    ['type', 'integer', 'integer'],
    ['min', -1.5, -1.5],
    ['min', '0', 0],
    ['max', '2024-12-31', '2024-12-31'],
    ['max', '2024-12-31T23:59', '2024-12-31T23:59'],
    ['pattern', '^[A-Z]{2}\\d+$', '^[A-Z]{2}\\d+$'],
    ['allowed', ['x', 'y'], ['x', 'y']],
    ['onInvalid', 'null', 'null'],
    ['onInvalid', null, 'null'],
  ];
  test.each(taken)('%s takes %j', (rule, given, value) => {
    expect(COLUMN_RULE_TABLE[rule].parse(given, FLAG)).toEqual(value);
  });

  const convention = 'auto, off, or a convention such as 1.234,5';
  const refused: readonly (readonly [Rule, given: unknown, message: string])[] = [
    ['nulls', [null], 'columns.a null: expected a text'],
    ['nulls', { NA: true }, 'columns.a {"NA":true}: expected a text'],
    ['numbers', 'german', `columns.a german: expected ${convention}`],
    ['numbers', { decimal: ';' }, `columns.a {"decimal":";"}: expected ${convention}`],
    ['numbers', { thousands: '.' }, `columns.a {"thousands":"."}: expected ${convention}`],
    [
      'numbers',
      new Map([
        ['decimal', ','],
        ['thousands', ','],
      ]),
      `columns.a {"decimal":",","thousands":","}: expected ${convention}`,
    ],
    [
      'numbers',
      { decimal: '.', thousand: ',' },
      `columns.a {"decimal":".","thousand":","}: expected ${convention}`,
    ],
    [
      'numbers',
      { decimal: '.', thousands: '0' },
      `columns.a {"decimal":".","thousands":"0"}: expected ${convention}`,
    ],
    ['booleans', true, 'columns.a true: expected one of auto, off'],
    ['dates', 'soon', 'columns.a soon: expected auto, off, or a format such as DD.MM.YYYY'],
    ['dates', '', 'columns.a "": expected a text that is not empty'],
    ['fill', { down: false }, 'columns.a {"down":false}: expected a text, or { down: true }'],
    ['fill', { up: true }, 'columns.a {"up":true}: expected a text, or { down: true }'],
    ['unicode', 'nfd', 'columns.a nfd: expected one of nfc, nfkc, off'],
    ['squeeze', 'yes', 'columns.a yes: expected true or false'],
    ['case', 'snake', 'columns.a snake: expected one of lower, upper, title'],
    ['replace', ['a', 'b'], 'columns.a ["a","b"]: expected a map from one text to another'],
    ['replace', { a: null }, 'columns.a.a null: expected a text'],
    ['type', 'int', 'columns.a int: expected one of integer, number, boolean, date, text'],
    ['min', 'low', 'columns.a low: expected a number, or a date such as 2024-12-31'],
    ['min', '31.12.2024', 'columns.a 31.12.2024: expected a number, or a date such as 2024-12-31'],
    ['pattern', '[', 'columns.a [: expected a regular expression'],
    ['onInvalid', 'drop', 'columns.a drop: expected one of reject, null, fail'],
  ];
  test.each(refused)('%s refuses %j', (rule, given, message) => {
    expect(refusalOf(() => COLUMN_RULE_TABLE[rule].parse(given, FLAG))).toBe(message);
  });

  test('that is not built yet is refused, never ignored', () => {
    for (const [rule, given] of taken) {
      const read = (): unknown =>
        parseOptions({ inputs: 'a.csv', columns: { a: { [rule]: given } } });
      expect(refusalOf(read)).toBe(
        BUILT_COLUMN_RULES.has(rule)
          ? 'taken'
          : `columns.a.${rule}: this version does not know what to do with it`,
      );
    }
  });
});

describe('columns', () => {
  const read = (columns: unknown) => refusalOf(() => parseOptions({ inputs: 'a.csv', columns }));

  test('come as a map, a plain object or pairs, in their order', () => {
    const wanted = [
      { column: 'b', rules: {} },
      { column: '__proto__', rules: {} },
    ];
    for (const columns of [
      new Map([
        ['b', {}],
        ['__proto__', null],
      ]),
      [
        ['b', {}],
        ['__proto__', new Map()],
      ],
      JSON.parse('{"b": {}, "__proto__": {}}'),
    ]) {
      expect(parseOptions({ inputs: 'a.csv', columns }).columns).toEqual(wanted);
    }
  });

  test('are refused in clear words, when they are something else', () => {
    expect(read('a')).toBe('columns a: expected a map from column to rules');
    expect(read(['a'])).toBe('columns a: expected a column and its rules');
    expect(
      read([
        ['a', {}],
        ['a', {}],
      ]),
    ).toBe('columns a: expected each column once');
    expect(read({ a: 'numbers' })).toBe('columns.a numbers: expected a map of rules');
    expect(read({ a: { number: 'auto' } })).toBe('columns.a.number: there is no rule "number"');
  });

  test('name the nearest rule, when one does not exist', () => {
    const remedyOf = (rules: object): string | undefined => {
      try {
        parseOptions({ inputs: 'a.csv', columns: { a: rules } });
      } catch (error) {
        return toPlainError(error).remedy;
      }
      return 'taken';
    };
    expect(remedyOf({ number: 'auto' })).toBe('Did you mean numbers?');
    expect(remedyOf(JSON.parse('{"__proto__": 1}'))).toMatch(/^Rules are nulls, numbers, /);
  });
});
