/**
 * What expressions mean: types, missing values, three-valued logic, counts, and refusals before any
 * row.
 */
import { describe, expect, test } from 'vitest';
import { CsvcleanError, toPlainError } from '../../../src/base/error.js';
import {
  compileExpression,
  requireBoolean,
} from '../../../src/engine/expression/compile-expression.js';
import { parseExpression } from '../../../src/engine/expression/syntax.js';
import { toCell, type Value, type ValueType } from '../../../src/engine/expression/tree.js';
import { compileFor, evaluateCells, evaluateRows } from './evaluate-one.js';

const TEXT = { textCells: 1 };
const MISSING = { missingOperands: 1 };
const BY_ZERO = { divisionsByZero: 1 };
const NOT_FINITE = { notFinite: 1 };

/** One cell, `x`. */
type Case = readonly [source: string, x: string, value: Value, counts: object];

const ARITHMETIC: readonly Case[] = [
  ['x + 1', '2', 3, {}],
  ['x - 1', '2', 1, {}],
  ['x * 2', '1e3', 2000, {}],
  ['x / 4', '1', 0.25, {}],
  ['x % 3', '-7', -1, {}],
  ['x % 3', '7.5', 1.5, {}],
  ['x ** 3 ** 2', '2', 512, {}],
  ['-x ** 2', '3', -9, {}],
  ['+x', '+.5', 0.5, {}],
  ['x + x', '2', 4, {}],
  ['x + 1', 'abc', null, TEXT],
  ['x + 1', '0x10', null, TEXT],
  ['x + 1', '1,234', null, TEXT],
  ['x + 1', '1e400', null, TEXT],
  ['x + 1', '', null, MISSING],
  ['x + 1', 'NA', null, MISSING],
  ['x + x', '#DIV/0!', null, { missingOperands: 2 }],
  ['x + 1 + 2 * 3', '', null, MISSING],
  ['null + x', '1', null, MISSING],
  ['1 / x', '0', null, BY_ZERO],
  ['1 / x', '-0', null, BY_ZERO],
  ['x % 0', '5', null, BY_ZERO],
  ['x / 0 + 1', '5', null, BY_ZERO],
  ['x * 10', '1e308', null, NOT_FINITE],
  ['x ** 0.5', '-1', null, NOT_FINITE],
  ['0 ** x', '-1', null, NOT_FINITE],
];

const NOT_A_DATE = { notDates: 1 };

const ROW_FUNCTIONS: readonly Case[] = [
  ['least(x, 3, 5)', '4', 3, {}],
  ['greatest(x, 3, null)', '4', 4, {}],
  ['greatest(x, null)', 'NA', null, {}],
  ['least(x, 3)', 'abc', 3, TEXT],
  ['year(x)', '2024-02-29', 2024, {}],
  ['month(x)', '2024-02-29T10:20', 2, {}],
  ['day(x)', '2024-02-29 10:20:30.5Z', 29, {}],
  ['weekday(x)', '2026-11-30', 1, {}],
  ['weekday(x)', '1969-12-28', 7, {}],
  ['hour(x)', '2024-02-29T10:20+02:00', 10, {}],
  ['hour(x)', '2024-02-29', 0, {}],
  ['second(x)', '2024-02-29T10:20:30.25', 30.25, {}],
  ['year(x)', '2023-02-29', null, NOT_A_DATE],
  ['year(x)', '2023-2-9', null, NOT_A_DATE],
  ['year(x)', '2024-02-29T24:00', null, NOT_A_DATE],
  ['year(x)', '29.02.2024', null, NOT_A_DATE],
  ['year(x)', '', null, MISSING],
  ["date_diff(x, '2024-03-01')", '2024-02-28', 2, {}],
  ["date_diff(x, '2024-02-28T12:00')", '2024-02-28', 0.5, {}],
  ["date_diff('2024-03-31T00:00Z', x, 'hours')", '2024-03-31T12:00+02:00', 10, {}],
  ["date_diff(x, x, 'minutes')", 'soon', null, { notDates: 2 }],
  ["contains(x, 'b')", 'abc', true, {}],
  ["starts_with(x, 'b')", 'abc', false, {}],
  ["ends_with(x, 'bc')", 'abc', true, {}],
  ["contains(x, '')", 'abc', true, {}],
  ["contains(x, 'a')", 'NA', null, MISSING],
  ["replace(x, 'b', '$&')", 'abcb', 'a$&c$&', {}],
  ["replace(x, '', '-')", 'abc', 'abc', {}],
  ['substr(x, 2)', 'a😀c', '😀c', {}],
  ['substr(x, 2, 1)', 'a😀c', '😀', {}],
  ['substr(x, -2)', 'abc', 'bc', {}],
  ['substr(x, 9)', 'abc', '', {}],
  ["split_part(x, '-', 2)", 'a-b-c', 'b', {}],
  ["split_part(x, '-', -1)", 'a-b-c', 'c', {}],
  ["split_part(x, '-', 4)", 'a-b-c', null, {}],
  ["x || '-' || 1 + 1", 'a', 'a-2', {}],
  ["x || 'b'", '', null, MISSING],
  ["concat(x, '-', 1.50, true)", 'NA', '-1.5true', {}],
  ["x in ('a', 'b')", 'b', true, {}],
  ["x not in ('a', 'b')", 'b', false, {}],
  ["x in ('a')", 'A', false, {}],
  ['x in (1, -2.5)', '-2.50', true, {}],
  ['x in (1, 2)', 'abc', null, TEXT],
  ['x not in (1, 2)', '', null, MISSING],
  ['x between 1 and 10', '10', true, {}],
  ['x between 1 and 10', '9.99', true, {}],
  ['not x between 1 and 10', '0', true, {}],
  ['x not between 2 + 1 and -1 * -10', '2', true, {}],
  ['x between 1 and 10 and x != 5', '5', false, {}],
  ["x between '2024-01-01' and '2024-12-31'", '2024-06-01', true, {}],
  ['x between 5 and null + 1', '1', false, MISSING],
  ['x between 5 and null + 1', '6', null, MISSING],
];

const FUNCTIONS: readonly Case[] = [
  ['abs(x)', '-2.5', 2.5, {}],
  ['floor(x)', '-2.5', -3, {}],
  ['ceil(x)', '2.1', 3, {}],
  ['round(x)', '2.5', 3, {}],
  ['round(x)', '-2.5', -3, {}],
  ['round(x, 2)', '1.005', 1.01, {}],
  ['sqrt(x)', '9', 3, {}],
  ['sqrt(x)', '-9', null, NOT_FINITE],
  ['log(x)', '1', 0, {}],
  ['log(x)', '0', null, NOT_FINITE],
  ['exp(x)', '0', 1, {}],
  ['exp(x)', '1000', null, NOT_FINITE],
  ['abs(x)', 'abc', null, TEXT],
  ['abs(x)', '-', null, MISSING],
  ['lower(x)', 'ÄB1', 'äb1', {}],
  ['upper(x)', 'straße', 'STRASSE', {}],
  ["trim(' \u3000a ')", '', 'a', {}],
  ['length(x)', 'a😀é', 3, {}],
  ['length(x)', '007', 3, {}],
  ['lower(x)', 'None', null, MISSING],
  ['length(x)', '', null, MISSING],
  ['is_missing(x)', '', true, {}],
  ['is_missing(x)', '#N/A', true, {}],
  ['is_missing(x)', 'na', false, {}],
  ['is_missing(x + 1)', 'a', true, TEXT],
  ['is_missing(null)', '', true, {}],
  ['if(x > 1, 10, 20)', '2', 10, {}],
  ['if(x > 1, 10, 20)', '1', 20, {}],
  ['if(x > 1, 10, 20)', '', 20, MISSING],
  ['if(x == 0, 0, 1 / x)', '0', 0, {}],
  ["if(x > 1, x, 'low')", '1', 'low', {}],
  ["if(x > 1, x, 'low')", '1e1', '1e1', {}],
  ['if(x > 1, null, 1) + 1', '2', null, MISSING],
  ['coalesce(x, 7)', '', 7, {}],
  ['coalesce(x, 7)', 'abc', 'abc', {}],
  ['coalesce(x, 7) + 1', 'NULL', 8, {}],
  ['coalesce(x, 7) + 1', 'abc', null, TEXT],
  ['coalesce(x, null, x) + 1', '', null, MISSING],
  ['coalesce(x * 1, x + 1) * 2', '', null, { missingOperands: 2 }],
  ['coalesce(x, 1 / 0)', '5', '5', {}],
];

const COMPARISONS: readonly Case[] = [
  ['x <= 500', '500', true, {}],
  ['x <= 500', '5e2', true, {}],
  ['x < 9', '10', false, {}],
  ['x == 1', '1.0', true, {}],
  ['x == 0', '-0', true, {}],
  ['x != 1', 'abc', null, TEXT],
  ['1 == x', 'NA', null, MISSING],
  ["x == '1'", '1.0', false, {}],
  ["x < '9'", '10', true, {}],
  ["x == 'abc'", 'abc', true, {}],
  ["x > 'Z'", 'a', true, {}],
  ["'\uff01' < x", '😀', true, {}],
  ["x != 'abc'", '', null, MISSING],
  ["lower(x) == 'abc'", 'ABC', true, {}],
  ['(x > 1) == (x > 2)', '2', false, {}],
  ['(x > 1) != true', '2', false, {}],
  ["if(x > 1, x, 'a') == 2", '2.0', true, {}],
  ["if(x > 1, x + 0.5, 'a') == '2.5'", '2', true, {}],
];

describe('arithmetic', () => {
  test.each(ARITHMETIC)('%s where x is %j gives %j', (source, x, value, counts) => {
    expect(evaluateCells(source, { x })).toEqual({ value, counts });
  });
});

describe('functions of a row', () => {
  test.each(ROW_FUNCTIONS)('%s where x is %j gives %j', (source, x, value, counts) => {
    expect(evaluateCells(source, { x })).toEqual({ value, counts });
  });
});

describe('functions', () => {
  test.each(FUNCTIONS)('%s where x is %j gives %j', (source, x, value, counts) => {
    expect(evaluateCells(source, { x })).toEqual({ value, counts });
  });
});

describe('comparisons', () => {
  test.each(COMPARISONS)('%s where x is %j gives %j', (source, x, value, counts) => {
    expect(evaluateCells(source, { x })).toEqual({ value, counts });
  });

  test.each([
    ['10', '9', false],
    ['1e1', '10.0', null],
    ['10', '9a', true],
    ['a', 'b', true],
    ['B', 'a', true],
    ['\uff01', '😀', true],
  ])('of the cells %j < %j go by number where both are numeric', (x, y, isLess) => {
    expect(evaluateCells('x < y', { x, y })).toEqual({ value: isLess ?? false, counts: {} });
    expect(evaluateCells('x == y', { x, y }).value).toBe(isLess === null);
    expect(evaluateCells('y >= x', { x, y }).value).toBe(isLess ?? true);
  });

  test('of two cells count each that is missing', () => {
    expect(evaluateCells('x == y', { x: '', y: 'NA' })).toEqual({
      value: null,
      counts: { missingOperands: 2 },
    });
  });
});

describe('logic', () => {
  const TRUTH: readonly (readonly [Value, Value, Value, Value])[] = [
    [true, true, true, true],
    [true, false, false, true],
    [true, null, null, true],
    [false, true, false, true],
    [false, false, false, false],
    [false, null, false, null],
    [null, true, null, true],
    [null, false, false, null],
    [null, null, null, null],
  ];

  test.each(TRUTH)('of %j and %j: and gives %j, or %j', (a, b, both, either) => {
    const columns = [
      ['a', 'boolean'],
      ['b', 'boolean'],
    ] as const;
    expect(evaluateRows(compileFor('a and b', columns), [[a, b]]).values).toEqual([both]);
    expect(evaluateRows(compileFor('a or b', columns), [[a, b]]).values).toEqual([either]);
    const not = evaluateRows(compileFor('not a', columns), [[a, b]]).values;
    expect(not).toEqual([a === null ? null : !a]);
  });

  test('stops at an answer, so that what stands behind is not counted', () => {
    expect(evaluateCells('x != 0 and 1 / x > 2', { x: '0' })).toEqual({ value: false, counts: {} });
    expect(evaluateCells('x == 0 or 1 / x > 2', { x: '0' })).toEqual({ value: true, counts: {} });
  });

  test('goes on past a missing operand', () => {
    expect(evaluateCells('x > 0 and x > 1', { x: '' })).toEqual({
      value: null,
      counts: { missingOperands: 2 },
    });
  });
});

describe('aggregates', () => {
  const rows = [
    ['4', 'a'],
    ['1', 'a'],
    ['', 'b'],
    ['x', 'NA'],
    ['-2', ''],
  ];
  const columns = [
    ['x', 'cell'],
    ['y', 'cell'],
  ] as const;

  test.each([
    ['min(x)', -2],
    ['max(x)', 4],
    ['sum(x)', 3],
    ['mean(x)', 1],
    ['median(x)', 1],
    ['std(x)', 3],
    ['count(x)', 4],
    ['count(y)', 3],
    ['count()', 5],
    ['count(x > 0)', 3],
    ['sum(if(x > 0, 1, 0))', 2],
    ['median(x * 2)', 2],
  ])('%s over five rows is %d', (source, value) => {
    expect(evaluateRows(compileFor(source, columns), rows).settled).toEqual([value]);
  });

  test('count the texts they pass over, not the missing cells', () => {
    const { aggregateCounts } = evaluateRows(compileFor('sum(x) / mean(x)', columns), rows);
    expect(aggregateCounts).toMatchObject({ textCells: 2, missingOperands: 0 });
  });

  test('are missing of no value, and a missing one is a missing operand', () => {
    const compiled = compileFor('x / max(y)', columns);
    const { values, counts } = evaluateRows(compiled, [['1', 'NA']]);
    expect(values).toEqual([null]);
    expect(counts).toMatchObject({ missingOperands: 1 });
  });

  test('written twice are one, and say which slots they read', () => {
    const compiled = compileFor('max(x + y) - min(y) / max( x+y ) + count()', columns);
    expect(compiled.aggregates.map(({ name, slots }) => [name, slots])).toEqual([
      ['max', [0, 1]],
      ['min', [1]],
      ['count', []],
    ]);
  });

  test('normalise a column by its largest value', () => {
    const compiled = compileFor('x / (max(x) + 1e-9)', columns);
    const { values } = evaluateRows(compiled, [
      ['5', ''],
      ['10', ''],
    ]);
    expect(values).toEqual([5 / (10 + 1e-9), 10 / (10 + 1e-9)]);
  });
});

describe('types', () => {
  const columns = [
    ['n', 'number'],
    ['t', 'text'],
    ['b', 'boolean'],
    ['c', 'cell'],
  ] as const;

  test.each<[string, ValueType]>([
    ['c', 'cell'],
    ['n + c', 'number'],
    ['c == 1', 'boolean'],
    ['upper(c)', 'text'],
    ['length(t)', 'number'],
    ['max(c)', 'number'],
    ['null', 'cell'],
    ['if(b, 1, 2)', 'number'],
    ['if(b, null, t)', 'text'],
    ['if(b, 1, t)', 'cell'],
    ['coalesce(b, false)', 'boolean'],
    ['coalesce(c, 0)', 'cell'],
    ["'x'", 'text'],
  ])('of %s is %s', (source, type) => {
    expect(compileFor(source, columns).type).toBe(type);
  });

  const CONDITION = 'Compare it with something, as in x == 1.';
  test.each([
    [
      'n + t',
      '"+" at character 3 takes numbers, but t is text',
      'Use a number or a column with numbers.',
    ],
    ["c + '5'", '"+" at character 3 takes numbers, but \'5\' is text', 'Write 5 without quotes.'],
    ['c * b', '"*" at character 3 takes numbers, but b is true or false', 'Write if(b, 1, 0).'],
    [
      '-t',
      '"-" at character 1 takes numbers, but t is text',
      'Use a number or a column with numbers.',
    ],
    [
      'abs(lower(c))',
      '"abs" at character 1 takes numbers, but lower(c) is text',
      'Use a number or a column with numbers.',
    ],
    [
      'sum(n > 1)',
      '"sum" at character 1 takes numbers, but n > 1 is true or false',
      'Write if(n > 1, 1, 0).',
    ],
    [
      'lower(n)',
      '"lower" at character 1 takes text, but n is a number',
      'Use a column or a text in quotes.',
    ],
    [
      'length(b)',
      '"length" at character 1 takes text, but b is true or false',
      'Use a column or a text in quotes.',
    ],
    ['c and b', '"and" at character 3 takes conditions, but c is a cell', CONDITION],
    ['b or n', '"or" at character 3 takes conditions, but n is a number', CONDITION],
    ['not c', '"not" at character 1 takes conditions, but c is a cell', CONDITION],
    ['if(t, 1, 2)', '"if" at character 1 takes conditions, but t is text', CONDITION],
    [
      "n == 'x'",
      '"==" at character 3 compares n (a number) with \'x\' (text)',
      'Write the number without quotes, or compare text with text.',
    ],
    [
      't < max(c)',
      '"<" at character 3 compares max(c) (a number) with t (text)',
      'Write the number without quotes, or compare text with text.',
    ],
    [
      'c == true',
      '"==" at character 3 compares true (true or false) with c (a cell)',
      "Write c == 'true', the text of the cell.",
    ],
    [
      'b == 1',
      '"==" at character 3 compares b (true or false) with 1 (a number)',
      'Compare conditions with conditions, by == or !=.',
    ],
    ['b < b', '"<" at character 3 orders true and false', 'Write == or !=, or and, or.'],
    ['c == null', '"==" at character 3 with null is always missing', 'Write is_missing(c).'],
    [
      "c == ''",
      '"==" at character 3 with \'\' is no test for an empty cell, which is missing',
      'Write is_missing(c).',
    ],
    [
      "'' != c",
      '"!=" at character 4 with \'\' is no test for an empty cell, which is missing',
      'Write not is_missing(c).',
    ],
  ])('that do not fit are refused: %s', (source, message, remedy) => {
    let thrown: unknown;
    try {
      compileFor(source, columns);
    } catch (error) {
      thrown = error;
    }
    expect(toPlainError(thrown)).toMatchObject({ code: 'BAD_EXPRESSION', message, remedy });
  });

  test('of a condition must be boolean', () => {
    requireBoolean(compileFor('c > 1', columns), 'c > 1');
    expect(() => requireBoolean(compileFor('c', columns), 'c')).toThrow(
      new CsvcleanError('BAD_EXPRESSION', 'the condition is a cell, not true or false', {
        remedy: 'Compare it with something, as in c == 1.',
        excerpt: { text: '', start: 1, end: 2 },
      }),
    );
    expect(() => requireBoolean(compileFor('c + 1', columns), 'c + 1')).toThrow(/is a number/);
  });
});

describe('columns', () => {
  test('are resolved once each, in order of first use', () => {
    const asked: string[] = [];
    compileExpression(parseExpression('b + a + max(b) + c'), (name) => {
      asked.push(name);
      return { index: 0, type: 'cell' };
    });
    expect(asked).toEqual(['b', 'a', 'c']);
  });

  test('that are unknown are the resolver’s to refuse', () => {
    const refusal = new CsvcleanError('UNKNOWN_COLUMN', 'no column "valeu"');
    const resolve = () => {
      throw refusal;
    };
    expect(() => compileExpression(parseExpression('valeu > 1'), resolve)).toThrow(refusal);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'max'])(
    'may be called %s',
    (name) => {
      const compiled = compileFor(`${name} + 1`, [[name, 'cell']]);
      expect(evaluateRows(compiled, [['2']]).values).toEqual([3]);
    },
  );

  test('of derived types are read as they are', () => {
    const compiled = compileFor('n + 1', [['n', 'number']]);
    const { values, counts } = evaluateRows(compiled, [[2], [null]]);
    expect(values).toEqual([3, null]);
    expect(counts).toMatchObject({ missingOperands: 1 });
  });
});

test('evaluation leaves a row of a thousand operators well within the stack', () => {
  const compiled = compileFor(`x${' + x'.repeat(1000)}`, [['x', 'cell']]);
  expect(evaluateRows(compiled, [['2']]).values).toEqual([2002]);
});

describe('toCell', () => {
  test.each<[Value, string]>([
    [null, ''],
    [-0, '0'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [true, 'true'],
    [false, 'false'],
    ['a', 'a'],
  ])('prints %j as %j', (value, cell) => {
    expect(toCell(value)).toBe(cell);
  });
});
