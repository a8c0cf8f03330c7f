/** The properties that short and long runs share. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { CsvcleanError } from '../../../src/base/error.js';
import { compileExpression } from '../../../src/engine/expression/compile-expression.js';
import { parseDerive, parseExpression } from '../../../src/engine/expression/syntax.js';
import { printNode, type ValueType } from '../../../src/engine/expression/tree.js';
import { compileFor, noCounts } from './evaluate-one.js';
import { interpret, typeOf } from './naive-interpreter.js';
import { COLUMNS, randomRow, randomTree, writeTree } from './random-tree.js';

/**
 * A tree written as source parses to itself, has its type, and evaluates as the naive interpreter
 * does.
 */
export function checkTrees(seed: number, numRuns: number): void {
  const rows = fc.array(randomRow, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(randomTree, rows, fc.infiniteStream(fc.nat(9)), (tree, table, random) => {
      const source = writeTree(tree, () => random.next().value === 0);
      expect(printNode(parseExpression(source).tree)).toBe(printNode(tree));
      expect(printNode(parseExpression(printNode(tree)).tree)).toBe(printNode(tree));
      const compiled = compileFor(source, COLUMNS);
      expect(compiled.type).toBe(typeOf(tree));
      const counts = noCounts();
      const expectedCounts = noCounts();
      for (const row of table) {
        const expected = interpret(tree, row, expectedCounts);
        expect(compiled.evaluate(row, [], counts)).toBe(expected);
        expect(counts).toEqual(expectedCounts);
      }
    }),
    { seed, numRuns },
  );
}

const TOKENS = [
  ...['a', 'b', 'max', 'if', 'not', 'and', 'or', 'true', 'null', 'this', 'is_missing', 'round'],
  ...[
    'by',
    'coalesce',
    'lower',
    'sum',
    'count',
    'constructor',
    '__proto__',
    '`a b`',
    '``',
    '`',
    'é',
    '😀',
  ],
  ...['1', '.5', '1e9', '1e', '0x1', '2.', "'x'", '"y"', "'", '"', '\\', "'\\", ''],
  ...['+', '-', '*', '/', '%', '**', '==', '!=', '<', '<=', '>', '>=', '=', '===', '&&', '||', '!'],
  ...['(', ')', '(', ')', '(', ')', ',', '.', '[', ']', '{', '}', '?', ':', ';', '@', '#', '\0'],
  ...[' ', '\t', '\n', '\u00a0', '\u2028', '\ud800', '=>', '//', '/*', '${', '~', '^', '|'],
];
const NO_GROUPS = { keys: [], values: new Float64Array(0) };
const TYPES: readonly ValueType[] = ['number', 'text', 'boolean', 'cell'];

/**
 * Whatever is typed is parsed and compiled, or refused with a remedy; nothing else is ever thrown.
 */
export function checkSoup(seed: number, numRuns: number): void {
  const soup = fc
    .tuple(fc.array(fc.constantFrom(...TOKENS), { maxLength: 25 }), fc.constantFrom('', ' '))
    .map(([tokens, glue]) => tokens.join(glue));
  const spoilt = fc
    .tuple(randomTree, fc.nat(), fc.constantFrom(...TOKENS))
    .map(([tree, place, token]) => {
      const source = writeTree(tree, () => false);
      const at = place % (source.length + 1);
      return source.slice(0, at) + token + source.slice(at + (place % 3));
    });
  const source = fc.oneof(soup, soup, spoilt, fc.string({ unit: 'binary', maxLength: 40 }));
  fc.assert(
    fc.property(source, fc.nat(3), (text, shift) => {
      onlyRefuses(() => parseDerive(text));
      onlyRefuses(() => {
        const expression = parseExpression(text);
        const printed = printNode(expression.tree);
        expect(printNode(parseExpression(printed).tree)).toBe(printed);
        const compiled = compileExpression(expression, (name) => ({
          index: 0,
          type: TYPES[(name.length + shift) % TYPES.length]!,
        }));
        compiled.evaluate(
          [null],
          compiled.aggregates.map(({ by }) => (by === null ? null : NO_GROUPS)),
          noCounts(),
        );
        for (const aggregate of compiled.aggregates) aggregate.evaluate([null], noCounts());
      });
    }),
    { seed, numRuns },
  );
}

function onlyRefuses(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof CsvcleanError)) throw error;
    expect(error.code).toBe('BAD_EXPRESSION');
    expect(error.message).not.toBe('');
    expect(error.remedy).toMatch(/[.?]$/);
  }
}
