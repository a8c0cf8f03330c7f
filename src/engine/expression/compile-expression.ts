/**
 * From a tree to closures: resolves the columns, settles the types, and refuses what does not fit
 * before any row is read. No source text is ever run: there is no eval here, and values are reached
 * by index alone.
 *
 * A missing operand is counted where it comes from, once: at the column, aggregate or `null` that
 * an operator or function reads, through the branch that `if` took or the last argument of
 * `coalesce`. What is missing because its own operands were is not counted again.
 */
import { isMissing } from '../../csv/missing.js';
import { type AggregateName, isAggregate } from './check-calls.js';
import { compileBetween, compileIn, compileRowFunction } from './compile-row-function.js';
import { compileFunction } from './functions.js';
import { type GroupSlots, groupKeyOf } from './group-key.js';
import { type AggregateValue, type GroupedValue, valueOfKey } from './grouped-value.js';
import { compileBinary, compileUnary } from './operators.js';
import { refuse } from './refuse.js';
import { rowFunction } from './row-functions.js';
import type { Expression } from './syntax.js';
import {
  type CallNode,
  type ColumnNode,
  columnNamesOf,
  type ExpressionCounts,
  type GroupClause,
  type Node,
  printNode,
  type Slot,
  type Value,
  type ValueType,
} from './tree.js';
import { asCondition, asNumber, nameOfType, type Read, type Typed } from './typed.js';

/** An aggregate that must be known before the rows are evaluated. */
export interface CompiledAggregate {
  readonly name: AggregateName;
  /** The row indexes that its argument and its groups read, each once. */
  readonly slots: readonly number[];
  /** What tells its groups apart; null where it is over all rows. */
  readonly by: GroupSlots | null;
  /** What it is over; null for `count()`, which counts rows. */
  readonly argument: Typed | null;
  /**
   * What `addToAggregate` takes for one row; null is passed over. A text where a number is needed
   * is counted, a missing argument is not: aggregates are about the others. `count` gives 1 for
   * every row that it counts.
   */
  evaluate(row: readonly Value[], counts: ExpressionCounts): number | null;
}

/** An expression that can be evaluated row by row. */
export interface CompiledExpression {
  readonly type: ValueType;
  /** In order of first use; the same aggregate written twice is one. */
  readonly aggregates: readonly CompiledAggregate[];
  /** What its aggregates are by, each once. */
  readonly groupings: readonly GroupSlots[];
  /** The whole of it, for those who evaluate many rows at once. */
  readonly root: Typed;
  /**
   * The value for one row: `row` by slot index, a `cell` slot as trimmed text; `aggregateValues` by
   * place in `aggregates`. Never throws; adds to `counts`.
   */
  evaluate(
    row: readonly Value[],
    aggregateValues: readonly AggregateValue[],
    counts: ExpressionCounts,
  ): Value;
}

interface Context {
  readonly slotByName: ReadonlyMap<string, Slot>;
  readonly aggregates: CompiledAggregate[];
  readonly groupings: GroupSlots[];
  /** Place in `aggregates` by printed call. */
  readonly placeByAggregate: Map<string, number>;
}

/**
 * @param resolve gives the slot of a column, asked once for each name in order of first use; throws
 *   for unknown ones, and that error passes through.
 * @throws BAD_EXPRESSION where types do not fit, with the 1-based character and what to write
 *   instead.
 */
export function compileExpression(
  expression: Expression,
  resolve: (name: string) => Slot,
): CompiledExpression {
  const slotByName = new Map(expression.columnNames.map((name) => [name, resolve(name)] as const));
  const context: Context = {
    ...{ slotByName, aggregates: [], groupings: [], placeByAggregate: new Map() },
  };
  const root = compileNode(expression.tree, context, false);
  return {
    type: root.type === 'missing' ? 'cell' : root.type,
    aggregates: context.aggregates,
    groupings: context.groupings,
    root,
    evaluate: root.read,
  };
}

/** Throws `BAD_EXPRESSION` unless `compiled`, written as `source`, is a condition. */
export function requireBoolean(compiled: CompiledExpression, source: string): void {
  if (compiled.type === 'boolean') return;
  refuse(
    `the condition is ${nameOfType(compiled)}, not true or false`,
    `Compare it with something, as in ${source.length <= 40 ? source.trim() : '…'} == 1.`,
    compiled.root.node.stretch,
  );
}

/** @param isOperand true where a missing value is a missing operand, to be counted. */
function compileNode(node: Node, context: Context, isOperand: boolean): Typed {
  switch (node.kind) {
    case 'literal': {
      const read = counting(() => node.value, isOperand);
      return { type: literalType(node.value), read, node, operands: [] };
    }
    case 'column':
      return compileColumn(node, context, isOperand);
    case 'unary':
      return compileUnary(node, compileNode(node.argument, context, true));
    case 'binary': {
      const left = compileNode(node.left, context, true);
      const right = compileNode(node.right, context, true);
      return node.operator === '||'
        ? compileRowFunction(rowFunction('||')!, node, [left, right])
        : compileBinary(node, left, right);
    }
    case 'call':
      return compileCall(node, context, isOperand);
  }
}

function literalType(value: Value): Typed['type'] {
  if (value === null) return 'missing';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'boolean';
}

/** A cell's tokens for "no value" are missing; a column of another type holds null where it is. */
function compileColumn(node: ColumnNode, context: Context, isOperand: boolean): Typed {
  const slot = context.slotByName.get(node.name)!;
  const { index, type } = slot;
  const read: Read =
    type === 'cell'
      ? (row) => {
          const value = row[index]!;
          return typeof value === 'string' && isMissing(value) ? null : value;
        }
      : (row) => row[index]!;
  const column = { slot, isOperand };
  return { type, read: counting(read, isOperand), node, operands: [], column };
}

function counting(read: Read, isOperand: boolean): Read {
  if (!isOperand) return read;
  return (row, aggregateValues, counts) => {
    const value = read(row, aggregateValues, counts);
    if (value === null) counts.missingOperands++;
    return value;
  };
}

function compileCall(node: CallNode, context: Context, isOperand: boolean): Typed {
  if (isAggregate(node.name)) return compileAggregate(node, node.name, context, isOperand);
  switch (node.name) {
    case 'if':
      return compileIf(node, context, isOperand);
    case 'coalesce':
      return compileCoalesce(node, context, isOperand);
    case 'is_missing': {
      const operand = compileNode(node.arguments[0]!, context, false);
      const read: Read = (row, values, counts) => operand.read(row, values, counts) === null;
      return { type: 'boolean', read, node, operands: [operand] };
    }
    case 'in': {
      const [asked, ...list] = node.arguments as [Node, ...Node[]];
      return compileIn(node, compileNode(asked, context, true), list);
    }
    case 'between':
      return compileBetween(
        node,
        node.arguments.map((argument) => compileNode(argument, context, true)),
      );
    default: {
      const ofRow = rowFunction(node.name);
      const isCounted = ofRow?.missing !== 'ignored';
      const operands = node.arguments.map((argument) => compileNode(argument, context, isCounted));
      return ofRow === null
        ? compileFunction(node, operands)
        : compileRowFunction(ofRow, node, operands);
    }
  }
}

/**
 * As CASE in SQL: a missing condition takes the second branch. Only the branch taken is evaluated.
 */
function compileIf(node: CallNode, context: Context, isOperand: boolean): Typed {
  const [condition, yes, no] = node.arguments as [Node, Node, Node];
  const asked = compileNode(condition, context, true);
  const readCondition = asCondition(asked, node);
  const ifTrue = compileNode(yes, context, isOperand);
  const ifNot = compileNode(no, context, isOperand);
  const read: Read = (row, values, counts) =>
    (readCondition(row, values, counts) === true ? ifTrue : ifNot).read(row, values, counts);
  return { type: joinTypes([ifTrue, ifNot]), read, node, operands: [asked, ifTrue, ifNot] };
}

/** The first argument that is not missing; those after it are not evaluated. */
function compileCoalesce(node: CallNode, context: Context, isOperand: boolean): Typed {
  const last = node.arguments.length - 1;
  const choices = node.arguments.map((argument, i) =>
    compileNode(argument, context, isOperand && i === last),
  );
  const read: Read = (row, values, counts) => {
    for (const choice of choices) {
      const value = choice.read(row, values, counts);
      if (value !== null) return value;
    }
    return null;
  };
  return { type: joinTypes(choices), read, node, operands: choices };
}

function joinTypes(choices: readonly Typed[]): Typed['type'] {
  const types = new Set(choices.map((choice) => choice.type));
  types.delete('missing');
  if (types.size === 0) return 'missing';
  return types.size === 1 ? [...types][0]! : 'cell';
}

function compileAggregate(
  node: CallNode,
  name: AggregateName,
  context: Context,
  isOperand: boolean,
): Typed {
  const printed = printNode(node);
  let place = context.placeByAggregate.get(printed);
  if (place === undefined) {
    const first = node.arguments[0];
    const argument = first === undefined ? null : compileNode(first, context, false);
    const evaluate = aggregateReader(node, argument);
    const slots = new Set(
      columnNamesOf(node).map((column) => context.slotByName.get(column)!.index),
    );
    const by = node.by === undefined ? null : compileGroups(node.by, context);
    place = context.aggregates.push({ name, slots: [...slots], by, argument, evaluate }) - 1;
    context.placeByAggregate.set(printed, place);
  }
  const { by } = context.aggregates[place]!;
  const read = by === null ? valueOfAll(place) : valueOfGroup(place, by);
  const grouped = by === null ? {} : { grouped: { place, by, isOperand } };
  return { type: 'number', read: counting(read, isOperand), node, operands: [], ...grouped };
}

/** The same object for the same columns. */
function compileGroups({ columns }: GroupClause, { slotByName, groupings }: Context): GroupSlots {
  const slots = columns.map(({ name }) => slotByName.get(name)!);
  const known = groupings.find(
    (one) => one.length === slots.length && one.every((slot, i) => slot === slots[i]),
  );
  if (known === undefined) groupings.push(slots);
  return known ?? slots;
}

function valueOfAll(place: number): Read {
  return (_, values) => values[place] as number | null;
}

function valueOfGroup(place: number, by: GroupSlots): Read {
  return (row, values) => valueOfKey(values[place] as GroupedValue, groupKeyOf(row, by));
}

function aggregateReader(node: CallNode, argument: Typed | null): CompiledAggregate['evaluate'] {
  if (argument === null) return () => 1;
  if (node.name === 'count') {
    return (row, counts) => (argument.read(row, [], counts) === null ? null : 1);
  }
  const readNumber = asNumber(argument, node);
  return (row, counts) => readNumber(row, [], counts);
}
