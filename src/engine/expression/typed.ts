/**
 * A compiled piece of an expression: its type and the closure that reads it, and the ways in which
 * an operator or function takes one as a number, a text or a condition. What cannot be taken is
 * refused here, before any row.
 */
import { parseNumber } from '../../csv/parse-number.js';
import type { GroupSlots } from './group-key.js';
import type { AggregateValue } from './grouped-value.js';
import { refuse, showNode } from './refuse.js';
import type { RowFunction } from './row-functions.js';
import {
  type ExpressionCounts,
  type Node,
  type Slot,
  toCell,
  type Value,
  type ValueType,
} from './tree.js';

/**
 * Evaluates a piece for one row: values by slot, aggregates by their place in the compiled
 * expression.
 */
export type Read<T extends Value = Value> = (
  row: readonly Value[],
  aggregateValues: readonly AggregateValue[],
  counts: ExpressionCounts,
) => T;

/** `missing` is the type of the literal `null`: it goes with every other. */
export interface Typed {
  readonly type: ValueType | 'missing';
  readonly read: Read;
  readonly node: Node;
  /** What `read` reads, left to right: none for literals, columns and aggregates. */
  readonly operands: readonly Typed[];
  /** Of a column only. */
  readonly column?: ColumnRead;
  /** Of an aggregate by groups only. */
  readonly grouped?: GroupedRead;
  /** What joins the operands, where it is one of these. */
  readonly rowFunction?: RowFunction;
}

/** How a column is read. */
export interface ColumnRead {
  readonly slot: Slot;
  /** True where a missing value is a missing operand, which `read` counts. */
  readonly isOperand: boolean;
}

/** How an aggregate by groups is read. */
export interface GroupedRead {
  /** Its place among the aggregates of the expression. */
  readonly place: number;
  readonly by: GroupSlots;
  /** True where a missing value is a missing operand, which `read` counts. */
  readonly isOperand: boolean;
}

/** Who takes an operand, for messages: `"+" at character 5`. */
export interface Taker {
  readonly name: string;
  readonly at: number;
}

/**
 * `operand` as a number. A text in a cell is missing and counted; typed text and booleans are
 * refused.
 */
export function asNumber(operand: Typed, taker: Taker): Read<number | null> {
  if (operand.type === 'text') {
    const { node } = operand;
    const isNumeral = node.kind === 'literal' && !Number.isNaN(parseNumber(String(node.value)));
    refuse(
      `${described(taker)} takes numbers, but ${showNode(node)} is text`,
      isNumeral
        ? `Write ${String((node as { value: Value }).value)} without quotes.`
        : 'Use a number or a column with numbers.',
      node.stretch,
    );
  }
  if (operand.type === 'boolean') {
    refuse(
      `${described(taker)} takes numbers, but ${showNode(operand.node)} is true or false`,
      `Write if(${showNode(operand.node)}, 1, 0).`,
      operand.node.stretch,
    );
  }
  return numberReader(operand);
}

/** `operand` as a number, when its type is known to allow it. */
export function numberReader(operand: Typed): Read<number | null> {
  const { read } = operand;
  if (operand.type === 'number') return read as Read<number | null>;
  return (row, aggregateValues, counts) => {
    const value = read(row, aggregateValues, counts);
    if (value === null) return null;
    const number = numberOf(value);
    if (number === null) counts.textCells++;
    return number;
  };
}

/** The number that a value is or spells, or null. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const number = parseNumber(value);
  return Number.isNaN(number) ? null : number;
}

/** `operand` as text. Typed numbers and booleans are refused. */
export function asText(operand: Typed, taker: Taker): Read<string | null> {
  if (operand.type === 'number' || operand.type === 'boolean') {
    refuse(
      `${described(taker)} takes text, but ${showNode(operand.node)} is ${nameOfType(operand)}`,
      'Use a column or a text in quotes.',
      operand.node.stretch,
    );
  }
  return textReader(operand);
}

/** `operand` as text; numbers and booleans in a cell as they are printed. */
export function textReader(operand: Typed): Read<string | null> {
  const { read } = operand;
  return (row, aggregateValues, counts) => {
    const value = read(row, aggregateValues, counts);
    return value === null ? null : toCell(value);
  };
}

/** `operand` as a condition. Everything but booleans and `null` is refused. */
export function asCondition(operand: Typed, taker: Taker): Read<boolean | null> {
  if (operand.type !== 'boolean' && operand.type !== 'missing') {
    refuse(
      `${described(taker)} takes conditions, but ${showNode(operand.node)} is ${nameOfType(operand)}`,
      'Compare it with something, as in x == 1.',
      operand.node.stretch,
    );
  }
  return operand.read as Read<boolean | null>;
}

/** "a number", "text", … for messages. */
export function nameOfType(operand: Pick<Typed, 'type'>): string {
  switch (operand.type) {
    case 'number':
      return 'a number';
    case 'text':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'cell':
      return 'a cell';
    case 'missing':
      return 'null';
  }
}

/** `"round" at character 1`, for messages. */
export function described(taker: Taker): string {
  return `"${taker.name}" at character ${taker.at}`;
}
