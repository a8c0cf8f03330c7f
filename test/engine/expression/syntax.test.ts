/**
 * The grammar: what is parsed to which tree, and that everything else is refused by name, place and
 * remedy.
 */
import jsep from 'jsep';
import { describe, expect, test } from 'vitest';
import { toPlainError } from '../../../src/base/error.js';
import { parseDerive, parseExpression } from '../../../src/engine/expression/syntax.js';
import { printNode } from '../../../src/engine/expression/tree.js';

const printed = (source: string): string => printNode(parseExpression(source).tree);

function refusal(parse: () => unknown): string[] {
  try {
    parse();
  } catch (error) {
    const { code, message, remedy } = toPlainError(error);
    return code === 'BAD_EXPRESSION' ? [message, remedy ?? ''] : [code, message];
  }
  return ['not refused'];
}

describe('parseExpression', () => {
  test.each([
    ['a + b * c ** d ** e', '(`a` + (`b` * (`c` ** (`d` ** `e`))))'],
    ['a - b - c', '((`a` - `b`) - `c`)'],
    ['a / b % c * d', '(((`a` / `b`) % `c`) * `d`)'],
    ['-2 ** 2', '(- (2 ** 2))'],
    ['2 ** -1 ** 2', '(2 ** (- (1 ** 2)))'],
    ['-a * b', '((- `a`) * `b`)'],
    ['a - -b', '(`a` - (- `b`))'],
    ['+a', '(+ `a`)'],
    ['not a == b', '(not (`a` == `b`))'],
    ['not a + 1 < b and c', '((not ((`a` + 1) < `b`)) and `c`)'],
    ['not not a', '(not (not `a`))'],
    ['a or b and not c or d', '((`a` or (`b` and (not `c`))) or `d`)'],
    ['not (a or b)', '(not (`a` or `b`))'],
    ['(a < b) == (c < d)', '((`a` < `b`) == (`c` < `d`))'],
    ['((a))', '`a`'],
    ['if(a > 1, b, c) + 1', '(if((`a` > 1), `b`, `c`) + 1)'],
    ['round (x , 2)', 'round(`x`, 2)'],
    ['count()', 'count()'],
    ['max + max(max)', '(`max` + max(`max`))'],
    ['if == `if`', '(`if` == `if`)'],
    ['order and android or notice', '((`order` and `android`) or `notice`)'],
    ['`Vendor Name` == "x"', "(`Vendor Name` == 'x')"],
    ['`a``b`', '`a``b`'],
    ['`this` + `and`', '(`this` + `and`)'],
    ['größe > 名前', '(`größe` > `名前`)'],
    ['_a$1', '`_a$1`'],
    ['.5 + 1. + 1e-9 + 1.5E+3 + 007', '((((0.5 + 1) + 1e-9) + 1500) + 7)'],
    ["'it\\'s' == \"a\\\\b\\n\"", "('it\\'s' == 'a\\\\b\n')"],
    ['a==b', '(`a` == `b`)'],
    ['a--1', '(`a` - (- 1))'],
    ['a<-1', '(`a` < (- 1))'],
    ['\ttrue\n!= false', '(true != false)'],
    ['null', 'null'],
    ['True', '`True`'],
    ['__proto__ + constructor', '(`__proto__` + `constructor`)'],
  ])('reads %s', (source, tree) => {
    expect(printed(source)).toBe(tree);
    expect(printed(tree)).toBe(tree);
  });

  test('lists the columns in order of first use, those in aggregates included', () => {
    const { columnNames, source } = parseExpression(' b / max(a) + b * `c d` ');
    expect(columnNames).toEqual(['b', 'a', 'c d']);
    expect(source).toBe('b / max(a) + b * `c d`');
  });

  test('places an operation at its operator, anything else at its start, in characters', () => {
    const { tree } = parseExpression(" ('😀' == a) or b");
    expect(tree).toMatchObject({ kind: 'binary', operator: 'or', at: 13 });
    expect(tree).toMatchObject({ left: { at: 7, left: { at: 3 }, right: { at: 10 } } });
    expect(tree).toMatchObject({ right: { at: 16 } });
  });

  test('leaves jsep as it was for others in the process', () => {
    expect(refusal(() => parseExpression('a ='))).not.toEqual(['not refused']);
    parseExpression('a and b');
    expect(jsep('a && !b')).toMatchObject({ operator: '&&', right: { operator: '!' } });
    expect(jsep('and')).toMatchObject({ type: 'Identifier' });
  });
});

const PROPERTY =
  'There are no properties; put a column name with a point in backticks, as in `a.b`.';
const LIST = 'There are no lists; put a column name with a bracket in backticks, as in `a[1]`.';
const CALLED = 'Write * to multiply; only functions are called, as in round(x).';
const BEFORE = 'Put a column, a number or a text in quotes before it.';
const NOT_NUMBER =
  'Write numbers as 12, 0.5 or 1e-9, and a column name that begins with a digit in backticks.';
const SPLIT = 'Split it over several derived columns.';
const CHAIN = 'Write a < b and b < c, or put one of them in parentheses.';
const ALL_FUNCTIONS =
  'There are if, coalesce, is_missing, round, abs, floor, ceil, sqrt, log, exp, lower, upper, trim, ' +
  'length, min, max, mean, median, sum, std, count, least, greatest, year, month, day, weekday, hour, minute, second, date_diff, contains, starts_with, ends_with, replace, substr, split_part, concat.';
const DIGITS = 'Write a whole number from 0 to 15, as in round(x, 2).';

describe('parseExpression refuses', () => {
  test.each([
    ['', 'the expression is empty', 'Write one, such as value <= 500.'],
    [' \n', 'the expression is empty', 'Write one, such as value <= 500.'],
    [
      'a = 1',
      'found "=" at character 3',
      'Write == to compare; only --derive takes "name = expression".',
    ],
    ['a === 1', 'found "===" at character 3', 'Write ==.'],
    ['a !== 1', 'found "!==" at character 3', 'Write !=.'],
    ['a <> 1', 'found "<>" at character 3', 'Write !=.'],
    ['a => 1', 'found "=>" at character 3', 'Write >=.'],
    ['a =< 1', 'found "=<" at character 3', 'Write <=.'],
    ['a && b', 'found "&&" at character 3', 'Write and.'],
    ['a | b', 'found "|" at character 3', 'Write or.'],
    ['a & b', 'found "&" at character 3', 'Write and.'],
    ['a | b', 'found "|" at character 3', 'Write or.'],
    ['!a', 'found "!" at character 1', 'Write not.'],
    ['a ^ 2', 'found "^" at character 3', 'Write ** for a power.'],
    ['a // b', 'found "//" at character 3', 'Write floor(a / b) for a whole quotient.'],
    ['a ?? b', 'found "??" at character 3', 'Write coalesce(a, b).'],
    ['a ? b : c', 'found "?" at character 3', 'Write if(condition, a, b).'],
    ['a?.b', 'found "?" at character 2', 'Write if(condition, a, b).'],
    ['a; b', 'found ";" at character 2', 'Write one expression; repeat --derive for more.'],
    ['a.b', 'found "." at character 2', PROPERTY],
    ['a.5', 'found "." at character 2', PROPERTY],
    ['a[1]', 'found "[" at character 2', LIST],
    ['[1, 2]', 'found "[" at character 1', LIST],
    ['{}', 'found "{" at character 1', 'Put a column name with such a character in backticks.'],
    ['a ≤ b', 'found "≤" at character 3', 'Write <=.'],
    ['“a”', 'found "“" at character 1', 'Write straight quotes: " or \'.'],
    [
      'a\u00a0+ b',
      'found "\u00a0" at character 2',
      'Write an ordinary space; this one is a no-break space.',
    ],
    [
      '"😀" + 😀',
      'found "😀" at character 7',
      'Put a column name with such a character in backticks.',
    ],
    ['a < b < c', 'found a second comparison at character 7 in one chain', CHAIN],
    ['a < b == c', 'found a second comparison at character 7 in one chain', CHAIN],
    ['this', 'found "this" at character 1', 'Write a column of that name in backticks: `this`.'],
    ['this.a', 'found "this" at character 1', 'Write a column of that name in backticks: `this`.'],
    ['/a/', 'found "/" at character 1 where a value is expected', BEFORE],
    ['a + * b', 'found "*" at character 5 where a value is expected', BEFORE],
    ['and', 'found "and" at character 1 where a value is expected', BEFORE],
    [
      'not',
      'the expression ends after "not" where a value is expected',
      'Complete it, or take the end away.',
    ],
    [
      'a +',
      'the expression ends after "+" where a value is expected',
      'Complete it, or take the end away.',
    ],
    [
      'a and',
      'the expression ends after "and" where a value is expected',
      'Complete it, or take the end away.',
    ],
    ['2 * not a', 'found "not" at character 5 after "*"', 'Put "not …" in parentheses.'],
    ['(a', 'the "(" at character 1 is not closed', 'Add the missing ).'],
    ['a)', 'found ")" at character 2 without its "("', 'Take it away, or open it before.'],
    ['()', 'found ")" at character 2 where a value is expected', 'Put a value before it.'],
    ['max(,a)', 'found "," at character 5 where a value is expected', 'Put a value before it.'],
    ['if(a,)', 'found ")" at character 6 where a value is expected', 'Put a value before it.'],
    [
      '1,5',
      'found "," at character 2 outside a function',
      'Decimals take a point, as in 1.5; commas stand between the arguments of a function.',
    ],
    [
      'Vendor Name == 1',
      'found "Name" at character 8 where an operator is expected',
      'Put an operator between, or a name of several words in backticks: `Vendor Name`.',
    ],
    [
      '1 2',
      'found "2" at character 3 where an operator is expected',
      'Put an operator between, such as + or and.',
    ],
    [
      'a AND b',
      'found "AND" at character 3 where an operator is expected',
      'Write and in small letters, between two conditions.',
    ],
    [
      'NOT a',
      'found "a" at character 5 where an operator is expected',
      'Write not before a whole condition, as in not a == b.',
    ],
    [
      'a is null',
      'found "is" at character 3 where an operator is expected',
      'Write is_missing(x), or == to compare.',
    ],
    ['a in 1', '"in" at character 3 has no list', "Write x in ('a', 'b')."],
    ['a in ()', 'the list of "in" at character 3 is empty', "Write x in ('a', 'b')."],
    ['a in (1,)', 'found ")" at character 9 where a value is expected', 'Put a value before it.'],
    ['in()', '"in" at character 1 has no value before it', "Write x in ('a', 'b')."],
    ['a > 1 and in(a, 1)', '"in" at character 11 has no value before it', "Write x in ('a', 'b')."],
    [
      'between(a, 1, 2)',
      '"between" at character 1 has no value before it',
      'Write x between 1 and 9.',
    ],
    ['a between 1', 'the "between" at character 3 lacks its "and"', 'Write x between 1 and 9.'],
    [
      'a between 1 or 2',
      'the "between" at character 3 lacks its "and"',
      'Write x between 1 and 9.',
    ],
    [
      '(a between 1) and 2',
      'the "between" at character 4 lacks its "and"',
      'Write x between 1 and 9.',
    ],
    [
      'a between 1 and 2 == b',
      'found a second comparison at character 19 in one chain',
      'Write a < b and b < c, or put one of them in parentheses.',
    ],
    [
      "date_diff(a, b, 'weeks')",
      '"date_diff" at character 1 takes its unit as a plain text',
      "Write one of 'days', 'hours', 'minutes', 'seconds', or leave it out for days.",
    ],
    [
      'date_diff(a, b, c)',
      '"date_diff" at character 1 takes its unit as a plain text',
      "Write one of 'days', 'hours', 'minutes', 'seconds', or leave it out for days.",
    ],
    ['least(a)', '"least" at character 1 has 1 argument', 'Write least(a, b, …).'],
    [
      "'it''s'",
      'found "\'s\'" at character 5 where an operator is expected',
      "Write \\' for a ' within a text.",
    ],
    ['2(a)', 'found "(" at character 2 where an operator is expected', CALLED],
    ['(a)(b)', 'found "(" at character 4 where an operator is expected', CALLED],
    ['max(a)(b)', 'found "(" at character 7 where an operator is expected', CALLED],
    ['`max`(a)', 'found "(" at character 6 where an operator is expected', CALLED],
    ['true(1)', 'found "(" at character 5 where an operator is expected', CALLED],
    ["'abc", 'the text that begins at character 1 is not closed', "Add the missing '."],
    ['a == "b\\"', 'the text that begins at character 6 is not closed', 'Add the missing ".'],
    [
      "'a\\d'",
      'found "\\d" at character 3 in a text',
      'Write \\\\ for a backslash. Only \\\\, \\\', \\", \\n, \\r and \\t have a meaning.',
    ],
    [
      '1 + `a',
      'the column name that begins at character 5 is not closed',
      'Add the missing `. A ` within a name is written twice.',
    ],
    ['``', 'the column name at character 1 is empty', 'Put a name between the backticks.'],
    ['0x10', '"0x10" at character 1 is not a number', NOT_NUMBER],
    ['1e', '"1e" at character 1 is not a number', NOT_NUMBER],
    ['1_000', '"1_000" at character 1 is not a number', NOT_NUMBER],
    ['1.5.2', '"1.5.2" at character 1 is not a number', NOT_NUMBER],
    [
      'a < 1e400',
      'the number at character 5 is too large',
      'The largest is 1.7976931348623157e308.',
    ],
    ['\ud800', 'half a character stands at character 1', 'Write the expression in valid Unicode.'],
    [
      'rond(a)',
      'there is no function "rond", at character 1',
      'Did you mean round(x) or round(x, digits)?',
    ],
    ['1 + MAX(a)', 'there is no function "MAX", at character 5', 'Did you mean max(x)?'],
    ['eval("1")', 'there is no function "eval", at character 1', ALL_FUNCTIONS],
    ['max()', '"max" at character 1 has 0 arguments', 'Write max(x).'],
    [
      'max(a, b)',
      '"max" at character 1 has 2 arguments',
      'max(x) looks at all rows; of values in one row take greatest(a, b).',
    ],
    ['sum(a, b)', '"sum" at character 1 has 2 arguments', 'Write sum(x).'],
    ['coalesce(a)', '"coalesce" at character 1 has 1 argument', 'Write coalesce(a, b, …).'],
    ['if(a, b)', '"if" at character 1 has 2 arguments', 'Write if(condition, a, b).'],
    ['round(a, b)', '"round" at character 1 takes its digits as a plain number', DIGITS],
    ['round(a, 1.5)', '"round" at character 1 takes its digits as a plain number', DIGITS],
    ['round(a, -1)', '"round" at character 1 takes its digits as a plain number', DIGITS],
    ['round(a, 16)', '"round" at character 1 takes its digits as a plain number', DIGITS],
    [
      'mean(a / max(b))',
      '"max" at character 10 stands inside "mean", an aggregate',
      'Derive a column with the inner one first, and aggregate that.',
    ],
  ])('%j', (source, message, remedy) => {
    expect(refusal(() => parseExpression(source))).toEqual([message, remedy]);
  });

  test.each([
    ['parentheses', `${'('.repeat(101)}a${')'.repeat(101)}`, 101],
    ['prefixes', `${'- '.repeat(101)}a`, 201],
    ['calls and prefixes', `${'abs(-'.repeat(51)}a${')'.repeat(51)}`, 254],
  ])('%s nested more than 100 deep', (_, source, at) => {
    const message = `the expression is nested more than 100 deep at character ${at}`;
    expect(refusal(() => parseExpression(source))).toEqual([message, SPLIT]);
  });

  test('more than 1,000 operators and more than 10,000 characters', () => {
    const operators = `a${'+a'.repeat(1001)}`;
    expect(refusal(() => parseExpression(operators))).toEqual([
      'the expression has more than 1000 operators',
      SPLIT,
    ]);
    expect(refusal(() => parseExpression('1'.repeat(10_001)))).toEqual([
      'the expression has 10001 characters, more than 10000',
      SPLIT,
    ]);
  });

  test.each([
    'constructor.constructor("return 1")()',
    '"".constructor',
    '__proto__.polluted = 1',
    'a["constructor"]',
    '(a)["b"]',
    'toString()',
    'constructor("return process")()',
    'import("fs")',
    'globalThis.process',
    '`a`.length',
    'new Date()',
    'a => a',
    'function() { return 1 }',
    '1;process.exit()',
    '...a',
    '@a',
    'a\0b',
    'a /* b */',
    '#a',
  ])('the payload %j', (source) => {
    const [message, remedy] = refusal(() => parseExpression(source));
    expect(message).toMatch(/^(found|there is no function) "/);
    expect(remedy).toMatch(/\.$/);
  });
});

describe('limits', () => {
  test.each([
    ['100 parentheses', `${'('.repeat(100)}a${')'.repeat(100)}`],
    ['100 prefixes', `${'not '.repeat(99)}(a > 1)`],
    ['1,000 sums', `a${'+a'.repeat(1000)}`],
    ['1,000 powers', `a${'**a'.repeat(1000)}`],
    ['500 powers of negatives', `a${'**-a'.repeat(500)}`],
  ])('let %s through', (_, source) => {
    expect(parseExpression(source).columnNames).toEqual(['a']);
  });
});

const HOW_TO_DERIVE = "Write 'name = expression', such as 'total = price * amount'.";

describe('parseDerive', () => {
  test.each([
    ['n = a / 2', 'n', 'a / 2', '(`a` / 2)'],
    ['n=a==b', 'n', 'a==b', '(`a` == `b`)'],
    [' net amount = a <= b', 'net amount', 'a <= b', '(`a` <= `b`)'],
    ['`x = ``y``` = a', 'x = `y`', 'a', '`a`'],
    ['größe (%)'.replace(' (%)', '_%=a'), 'größe_%', 'a', '`a`'],
    ['__proto__ = 1', '__proto__', '1', '1'],
  ])('reads %s', (text, name, source, tree) => {
    const derived = parseDerive(text);
    expect(derived.name).toBe(name);
    expect(derived.expression.source).toBe(source);
    expect(printNode(derived.expression.tree)).toBe(tree);
  });

  test('counts characters from the start of the whole text', () => {
    expect(parseDerive('x = a + b').expression.tree.at).toBe(7);
    expect(refusal(() => parseDerive('x = a = b'))[0]).toBe('found "=" at character 7');
  });

  test.each([
    ['= a', 'found no name before the "=" at character 1', HOW_TO_DERIVE],
    [' = a', 'found no name before the "=" at character 2', HOW_TO_DERIVE],
    ['a + b', 'found no name and "=" before the expression', HOW_TO_DERIVE],
    ['', 'found no name and "=" before the expression', HOW_TO_DERIVE],
    ['a == b', 'found no name and "=" before the expression', HOW_TO_DERIVE],
    ['a <= b', 'found no name and "=" before the expression', HOW_TO_DERIVE],
    ['`a` == b', 'found no "=" behind the name, at character 4', HOW_TO_DERIVE],
    ['`` = b', 'the column name at character 1 is empty', 'Put a name between the backticks.'],
    [
      'f(x) = 3',
      'found ( in the name, at character 2',
      'Put a name with such a character in backticks.',
    ],
    ['x = ', 'the expression is empty', 'Write one, such as value <= 500.'],
  ])('refuses %j', (text, message, remedy) => {
    expect(refusal(() => parseDerive(text))).toEqual([message, remedy]);
  });
});
