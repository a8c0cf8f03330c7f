/**
 * What the operators do: arithmetic, comparison and three-valued logic over compiled operands.
 * Knows no functions and no columns. Both operands of arithmetic and comparison are always read;
 * `and` and `or` stop at an answer.
 */
import { unreachable } from '../../base/assert.js';
import { compareText } from './compare-text.js';
import { refuse, showNode } from './refuse.js';
import {
  type ArithmeticOperator,
  type BinaryNode,
  type BinaryOperator,
  type ComparisonOperator,
  type ExpressionCounts,
  type LogicalOperator,
  toCell,
  type UnaryNode,
  type Value,
  type ValueType,
} from './tree.js';
import {
  asCondition,
  asNumber,
  described,
  nameOfType,
  numberOf,
  numberReader,
  type Read,
  type Taker,
  type Typed,
  textReader,
} from './typed.js';

/** `operand` behind its prefix. */
export function compileUnary(node: UnaryNode, operand: Typed): Typed {
  const taker = { name: node.operator, at: node.at };
  if (node.operator === 'not') {
    const condition = asCondition(operand, taker);
    const read: Read = (row, aggregateValues, counts) => {
      const value = condition(row, aggregateValues, counts);
      return value === null ? null : !value;
    };
    return { type: 'boolean', read, node, operands: [operand] };
  }
  const number = asNumber(operand, taker);
  const sign = node.operator === '-' ? -1 : 1;
  const read: Read = (row, aggregateValues, counts) => {
    const value = number(row, aggregateValues, counts);
    return value === null ? null : sign * value;
  };
  return { type: 'number', read, node, operands: [operand] };
}

/** `left` and `right` joined by the operator of `node`. */
export function compileBinary(node: BinaryNode, left: Typed, right: Typed): Typed {
  const operator = node.operator as Exclude<BinaryOperator, '||'>;
  const taker = { name: operator, at: node.at };
  const operands = [left, right];
  switch (operator) {
    case 'and':
    case 'or':
      return { type: 'boolean', read: logic(operator, left, right, taker), node, operands };
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { type: 'boolean', read: comparison(operator, left, right, taker), node, operands };
    default:
      return { type: 'number', read: arithmetic(operator, left, right, taker), node, operands };
  }
}

/**
 * Three-valued as in SQL: false decides an `and`, true an `or`; else a missing operand makes it
 * missing.
 */
function logic(operator: LogicalOperator, left: Typed, right: Typed, taker: Taker): Read {
  const readLeft = asCondition(left, taker);
  const readRight = asCondition(right, taker);
  const decisive = operator === 'or';
  return (row, aggregateValues, counts) => {
    const a = readLeft(row, aggregateValues, counts);
    if (a === decisive) return decisive;
    const b = readRight(row, aggregateValues, counts);
    if (b === decisive) return decisive;
    return a === null || b === null ? null : !decisive;
  };
}

function arithmetic(operator: ArithmeticOperator, left: Typed, right: Typed, taker: Taker): Read {
  const readLeft = asNumber(left, taker);
  const readRight = asNumber(right, taker);
  return (row, aggregateValues, counts) => {
    const a = readLeft(row, aggregateValues, counts);
    const b = readRight(row, aggregateValues, counts);
    return a === null || b === null ? null : calculate(operator, a, b, counts);
  };
}

function calculate(
  operator: ArithmeticOperator,
  a: number,
  b: number,
  counts: ExpressionCounts,
): number | null {
  switch (operator) {
    case '+':
      return finiteOrMissing(a + b, counts);
    case '-':
      return finiteOrMissing(a - b, counts);
    case '*':
      return finiteOrMissing(a * b, counts);
    case '**':
      return finiteOrMissing(a ** b, counts);
    case '/':
    case '%':
      if (b === 0) {
        counts.divisionsByZero++;
        return null;
      }
      // The remainder has the sign of the dividend, as in JavaScript and C.
      return finiteOrMissing(operator === '/' ? a / b : a % b, counts);
    default:
      return unreachable(operator);
  }
}

/** `x`, or missing and counted when it is beyond the doubles or not a number. */
export function finiteOrMissing(x: number, counts: ExpressionCounts): number | null {
  if (Number.isFinite(x)) return x;
  counts.notFinite++;
  return null;
}

function comparison(operator: ComparisonOperator, left: Typed, right: Typed, taker: Taker): Read {
  checkComparison(operator, left, right, taker);
  switch (comparedAs(left, right)) {
    case 'boolean':
      return compared(
        operator,
        left.read as Read<boolean | null>,
        right.read as Read<boolean | null>,
        (a, b) => Number(a) - Number(b),
      );
    case 'number':
      return compared(operator, numberReader(left), numberReader(right), compareNumbers);
    case 'text':
      return compared(operator, textReader(left), textReader(right), compareText);
    case 'cell':
      return compared(operator, left.read, right.read, compareCells);
  }
}

/**
 * As what two operands are compared. With a number on one side both are read as numbers; with a
 * text, both as text by UTF-8 bytes. Two cells are compared as numbers where both are numeric in
 * that row, else as text.
 */
export function comparedAs(left: Pick<Typed, 'type'>, right: Pick<Typed, 'type'>): ValueType {
  const types = [left.type, right.type];
  return (['boolean', 'number', 'text'] as const).find((type) => types.includes(type)) ?? 'cell';
}

/** The order of two cells that are not missing. */
export function compareCells(a: Value, b: Value): number {
  const numberA = numberOf(a);
  const numberB = numberOf(b);
  if (numberA !== null && numberB !== null) return compareNumbers(numberA, numberB);
  return compareText(toCell(a), toCell(b));
}

/** Not `a - b`, which may overflow or fall to 0. */
export function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compared<T extends string | number | boolean>(
  operator: ComparisonOperator,
  readLeft: Read<T | null>,
  readRight: Read<T | null>,
  compare: (a: T, b: T) => number,
): Read<boolean | null> {
  const holds = HOLDS[operator];
  return (row, aggregateValues, counts) => {
    const a = readLeft(row, aggregateValues, counts);
    const b = readRight(row, aggregateValues, counts);
    return a === null || b === null ? null : holds(compare(a, b));
  };
}

/** What each comparison makes of an order: below 0, 0 or above 0. */
export const HOLDS: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Refuses what has no order, and what would never be true. */
export function checkComparison(
  operator: ComparisonOperator,
  left: Typed,
  right: Typed,
  taker: Taker,
): void {
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (side.type === 'missing') {
      refuse(
        `${described(taker)} with null is always missing`,
        `Write is_missing(${showNode(other.node)}).`,
        side.node.stretch,
      );
    }
    if (isEmptyText(side) && other.type === 'cell') {
      const asked = `is_missing(${showNode(other.node)})`;
      refuse(
        `${described(taker)} with '' is no test for an empty cell, which is missing`,
        `Write ${operator === '!=' ? 'not ' : ''}${asked}.`,
        side.node.stretch,
      );
    }
    if (side.type === 'boolean') checkBoolean(operator, side, other, taker);
    if (side.type === 'number' && other.type === 'text') {
      refuse(
        `${described(taker)} compares ${showNode(side.node)} (a number) with ${showNode(other.node)} (text)`,
        'Write the number without quotes, or compare text with text.',
        other.node.stretch,
      );
    }
  }
}

function checkBoolean(operator: ComparisonOperator, side: Typed, other: Typed, taker: Taker): void {
  if (other.type !== 'boolean') {
    const literal = side.node.kind === 'literal' && other.type === 'cell';
    refuse(
      `${described(taker)} compares ${showNode(side.node)} (true or false) with ${showNode(other.node)} (${nameOfType(other)})`,
      literal
        ? `Write ${showNode(other.node)} ${operator} '${showNode(side.node)}', the text of the cell.`
        : 'Compare conditions with conditions, by == or !=.',
      side.node.stretch,
    );
  }
  if (operator !== '==' && operator !== '!=') {
    refuse(`${described(taker)} orders true and false`, 'Write == or !=, or and, or.');
  }
}

function isEmptyText(side: Typed): boolean {
  return side.node.kind === 'literal' && side.node.value === '';
}
