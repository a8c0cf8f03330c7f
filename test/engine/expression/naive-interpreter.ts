/**
 * Evaluates a tree straight from its meaning, one row at a time and types by looking again, so that
 * the compiler has something to agree with. Slow, and only for well-typed trees.
 */

import { isMissing } from '../../../src/csv/missing.js';
import { roundNumber } from '../../../src/engine/expression/round-number.js';
import type {
  BinaryNode,
  CallNode,
  ExpressionCounts,
  Node,
  Value,
} from '../../../src/engine/expression/tree.js';
import { COLUMNS } from './random-tree.js';

type Type = 'number' | 'text' | 'boolean' | 'cell';

/** The value of `node`, adding to `counts`; `isOperand` where a missing leaf is to be counted. */
export function interpret(
  node: Node,
  row: readonly Value[],
  counts: ExpressionCounts,
  isOperand = false,
): Value {
  const leaf = (value: Value): Value => {
    if (value === null && isOperand) counts.missingOperands += 1;
    return value;
  };
  if (node.kind === 'literal') return leaf(node.value);
  if (node.kind === 'column') {
    const index = COLUMNS.findIndex(([name]) => name === node.name);
    const value = row[index]!;
    return leaf(COLUMNS[index]![1] === 'cell' && isMissing(String(value)) ? null : value);
  }
  const operand = (one: Node): Value => interpret(one, row, counts, true);
  if (node.kind === 'unary') {
    const value = operand(node.argument);
    if (node.operator === 'not') return value === null ? null : value === false;
    const number = readNumber(value, counts);
    return number === null ? null : node.operator === '-' ? -number : number;
  }
  if (node.kind === 'binary') return interpretBinary(node, operand, counts);
  if (node.name === 'if') {
    const branch = operand(node.arguments[0]!) === true ? 1 : 2;
    return interpret(node.arguments[branch]!, row, counts, isOperand);
  }
  if (node.name === 'coalesce') {
    let value: Value = null;
    node.arguments.forEach((argument, i) => {
      const isLast = i === node.arguments.length - 1;
      if (value === null) value = interpret(argument, row, counts, isOperand && isLast);
    });
    return value;
  }
  if (node.name === 'is_missing') return interpret(node.arguments[0]!, row, counts) === null;
  return callFunction(node, operand(node.arguments[0]!), counts);
}

function interpretBinary(
  node: BinaryNode,
  operand: (node: Node) => Value,
  counts: ExpressionCounts,
): Value {
  const a = operand(node.left);
  if (node.operator === 'and' && a === false) return false;
  if (node.operator === 'or' && a === true) return true;
  const types = [typeOf(node.left), typeOf(node.right)];
  const isNumeric = '+-*/%**'.includes(node.operator) || types.includes('number');
  // Both sides are read in full before either is found missing.
  if (isNumeric) {
    const x = readNumber(a, counts);
    const y = readNumber(operand(node.right), counts);
    if (x === null || y === null) return null;
    if ('+-*/%**'.includes(node.operator)) return calculate(node.operator, x, y, counts);
    return order(node.operator, x < y ? -1 : x > y ? 1 : 0);
  }
  const b = operand(node.right);
  if (node.operator === 'and') return b === false ? false : a === null || b === null ? null : true;
  if (node.operator === 'or') return b === true ? true : a === null || b === null ? null : false;
  if (a === null || b === null) return null;
  const x = readNumber(a, null);
  const y = readNumber(b, null);
  if (!types.includes('text') && x !== null && y !== null)
    return order(node.operator, x < y ? -1 : x > y ? 1 : 0);
  return order(node.operator, Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))));
}

function order(operator: string, sign: number): boolean {
  if (operator === '==') return sign === 0;
  if (operator === '!=') return sign !== 0;
  if (sign === 0) return operator.endsWith('=');
  return operator.startsWith('<') === sign < 0;
}

function calculate(operator: string, x: number, y: number, counts: ExpressionCounts): Value {
  if ((operator === '/' || operator === '%') && y === 0) {
    counts.divisionsByZero += 1;
    return null;
  }
  if (operator === '+') return finite(x + y, counts);
  if (operator === '-') return finite(x - y, counts);
  if (operator === '*') return finite(x * y, counts);
  if (operator === '/') return finite(x / y, counts);
  return finite(operator === '%' ? x % y : x ** y, counts);
}

function finite(x: number, counts: ExpressionCounts): number | null {
  if (Number.isNaN(x) || Math.abs(x) === Number.POSITIVE_INFINITY) {
    counts.notFinite += 1;
    return null;
  }
  return x;
}

function callFunction(node: CallNode, value: Value, counts: ExpressionCounts): Value {
  if (['lower', 'upper', 'trim', 'length'].includes(node.name)) {
    if (value === null) return null;
    const text = String(value);
    if (node.name === 'lower') return text.toLowerCase();
    if (node.name === 'upper') return text.toUpperCase();
    return node.name === 'trim' ? text.replace(/^[ \t]+|[ \t]+$/g, '') : [...text].length;
  }
  const x = readNumber(value, counts);
  if (x === null) return null;
  // Adding 0 makes a -0 a 0.
  if (node.name === 'abs') return (x < 0 ? -x : x) + 0;
  if (node.name === 'floor') return Math.floor(x);
  if (node.name === 'ceil') return Math.ceil(x);
  if (node.name === 'sqrt') return finite(Math.sqrt(x), counts);
  if (node.name === 'log') return finite(Math.log(x), counts);
  if (node.name === 'exp') return finite(Math.exp(x), counts);
  const digits = node.arguments[1];
  return roundNumber(x, digits?.kind === 'literal' ? Number(digits.value) : 0);
}

/** Counts a text where `counts` is given. */
function readNumber(value: Value, counts: ExpressionCounts | null): number | null {
  if (value === null || typeof value === 'number') return value;
  const isNumeral =
    typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value);
  if (isNumeral && Number.isFinite(Number(value))) return Number(value) + 0;
  if (counts !== null) counts.textCells += 1;
  return null;
}

/** The type that a tree is known to have before any row. */
export function typeOf(node: Node): Type {
  if (node.kind === 'literal') {
    return typeof node.value === 'string' ? 'text' : (typeof node.value as 'number' | 'boolean');
  }
  if (node.kind === 'column') return COLUMNS.find(([name]) => name === node.name)![1];
  if (node.kind === 'unary') return node.operator === 'not' ? 'boolean' : 'number';
  if (node.kind === 'binary') return '+-*/%**'.includes(node.operator) ? 'number' : 'boolean';
  if (node.name === 'is_missing') return 'boolean';
  if (['lower', 'upper', 'trim'].includes(node.name)) return 'text';
  if (node.name !== 'if' && node.name !== 'coalesce') return 'number';
  const [first, ...rest] = node.arguments.slice(node.name === 'if' ? 1 : 0).map(typeOf);
  return rest.every((type) => type === first) ? first! : 'cell';
}
