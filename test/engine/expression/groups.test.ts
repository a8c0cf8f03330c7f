/** `by` behind an aggregate: how it is read, and what is refused. */
import { describe, expect, test } from 'vitest';
import { toPlainError } from '../../../src/base/error.js';
import { parseExpression } from '../../../src/engine/expression/syntax.js';
import { printNode } from '../../../src/engine/expression/tree.js';
import { compileFor } from './evaluate-one.js';

const printed = (source: string): string => printNode(parseExpression(source).tree);

function refusal(source: string): string[] {
  try {
    parseExpression(source);
  } catch (error) {
    const { message, remedy } = toPlainError(error);
    return [message, remedy ?? ''];
  }
  return ['not refused'];
}

describe('by', () => {
  test.each([
    ['max(a) by b', 'max(`a`) by `b`'],
    ['max(a)by b', 'max(`a`) by `b`'],
    ['max(a) by (b)', 'max(`a`) by `b`'],
    ['max(a) by ( b , `c d` )', 'max(`a`) by (`b`, `c d`)'],
    ['max(a) by(b,c)', 'max(`a`) by (`b`, `c`)'],
    ['count() by b', 'count() by `b`'],
    // It belongs to the aggregate alone.
    ['a / sum(a) by b', '(`a` / sum(`a`) by `b`)'],
    ['sum(a) by b / a', '(sum(`a`) by `b` / `a`)'],
    ['sum(a) by b ** 2', '(sum(`a`) by `b` ** 2)'],
    ['-max(a) by b', '(- max(`a`) by `b`)'],
    ['a == max(a) by b and not b == c', '((`a` == max(`a`) by `b`) and (not (`b` == `c`)))'],
    ['max(a) by b between 1 and 2', '(max(`a`) by `b` between 1 and 2)'],
    ['max(a) by b in (1, 2)', '(max(`a`) by `b` in (1, 2))'],
    ['a in (1) and max(a) by b > 1', '((`a` in (1)) and (max(`a`) by `b` > 1))'],
    ['round(max(a) by b, 2)', 'round(max(`a`) by `b`, 2)'],
    ['(max(a) by b) * 2', '(max(`a`) by `b` * 2)'],
    // Elsewhere it is a name.
    ['by', '`by`'],
    ['by + by', '(`by` + `by`)'],
    ['max(by) by by', 'max(`by`) by `by`'],
    ['max(by) by (by, bye) - by', '(max(`by`) by (`by`, `bye`) - `by`)'],
    ['count() by in', 'count() by `in`'],
    ['max(a) by größe', 'max(`a`) by `größe`'],
  ])('reads %s', (source, tree) => {
    expect(printed(source)).toBe(tree);
    expect(printed(tree)).toBe(tree);
  });

  test('names columns like the rest of an expression', () => {
    expect(parseExpression('a / max(b) by (c, a)').columnNames).toEqual(['a', 'b', 'c']);
  });

  const USAGE = 'Write by vendor, or by (vendor, region) for groups by several columns.';
  test.each([
    ['max(a) by', 'the "by" at character 8 lacks its columns', USAGE],
    ['max(a) by (', 'the "by" at character 8 lacks its columns', USAGE],
    ['max(a) by (b', 'the "(" at character 11 is not closed', 'Add the missing ).'],
    ['max(a) by ()', 'found ")" at character 12 behind "by", where a column is expected', USAGE],
    ['max(a) by 1', 'found "1" at character 11 behind "by", where a column is expected', USAGE],
    ["max(a) by 'b'", 'found "\'" at character 11 behind "by", where a column is expected', USAGE],
    ['max(a) by null', 'found "n" at character 11 behind "by", where a column is expected', USAGE],
    ['max(a) by and b', 'found "a" at character 11 behind "by", where a column is expected', USAGE],
    [
      'max(a) by (b c)',
      'found "c" at character 14 behind "by", where "," or ")" is expected',
      USAGE,
    ],
    ['max(a) by (b, )', 'found ")" at character 15 behind "by", where a column is expected', USAGE],
    [
      'max(a) by (b + 1)',
      'found "+" at character 14 behind "by", where "," or ")" is expected',
      USAGE,
    ],
    [
      'max(a) by lower(b)',
      'the groups at character 11 are by lower(…), which is no column',
      "Derive a column first, as in --derive 'key = lower(…)', and write by key.",
    ],
    [
      'lower(a) by b',
      'the "by" at character 10 stands behind "lower", which is no aggregate',
      'Aggregates go by groups: min, max, mean, median, sum, std, count, as in max(x) by b.',
    ],
    [
      'max(mean(a) by b) by c',
      '"mean" at character 5 stands inside "max", an aggregate',
      'Derive a column with the inner one first, and aggregate that.',
    ],
    [
      'a by b',
      'found "by" at character 3 where an operator is expected',
      'Only an aggregate goes by groups, as in max(x) by vendor; a name of several words stands in backticks.',
    ],
    [
      '(max(a)) by b',
      'found "by" at character 10 where an operator is expected',
      'Only an aggregate goes by groups, as in max(x) by vendor; a name of several words stands in backticks.',
    ],
    [
      'a in (1) by b',
      'found "by" at character 10 where an operator is expected',
      'Only an aggregate goes by groups, as in max(x) by vendor; a name of several words stands in backticks.',
    ],
    [
      'max(a) by b by c',
      'found "by" at character 13 where an operator is expected',
      'Only an aggregate goes by groups, as in max(x) by vendor; a name of several words stands in backticks.',
    ],
    [
      'max(a) by b c',
      'found "c" at character 13 where an operator is expected',
      'Put an operator between, such as + or and.',
    ],
    [
      'sum(a) over (partition by b)',
      'found "over" at character 8 where an operator is expected',
      'Write max(x) by vendor.',
    ],
  ])('refuses %s', (source, message, remedy) => {
    expect(refusal(source)).toEqual([message, remedy]);
  });

  test('makes of an aggregate a number, refused where text is wanted', () => {
    const columns = [['a', 'cell'] as const, ['b', 'cell'] as const];
    expect(compileFor('a / max(a) by b', columns).type).toBe('number');
    const compile = (): unknown => compileFor('lower(max(a) by b)', columns);
    expect(compile).toThrow('"lower" at character 1 takes text, but max(a) by b is a number');
  });

  test('is one aggregate when written twice, and one grouping for several', () => {
    const compiled = compileFor('max(a) by b - min(a) by b + max(a) by b + max(a) by (b, a)', [
      ['a', 'cell'],
      ['b', 'cell'],
    ]);
    expect(compiled.aggregates).toHaveLength(3);
    expect(compiled.groupings.map((by) => by.length)).toEqual([1, 2]);
  });
});
