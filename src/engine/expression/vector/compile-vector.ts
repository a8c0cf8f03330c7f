/**
 * From a compiled expression to one that is evaluated a block of rows at a time, with the same
 * values and counts as its closures give row by row. What fits and what is refused was settled by
 * `compile-expression`, its oracle; here only loops are chosen.
 */
import { assert } from '../../../base/assert.js';
import type { AggregateState } from '../aggregates.js';
import type { CompiledAggregate, CompiledExpression } from '../compile-expression.js';
import { numberFunction, TEXT_FUNCTIONS } from '../functions.js';
import type { GroupSlots } from '../group-key.js';
import type { GroupedState } from '../grouped-aggregates.js';
import type { AggregateValue } from '../grouped-value.js';
import type { ArithmeticOperator, CallNode, ExpressionCounts, Value } from '../tree.js';
import type { Typed } from '../typed.js';
import { addRows } from './aggregate-rows.js';
import { arithmeticNode, functionNode, signNode } from './arithmetic.js';
import type { CellSource } from './cell-source.js';
import { coalesceNode, ifNode } from './choice.js';
import { comparisonNode } from './comparison.js';
import { addGroupRows, groupedNode } from './grouped.js';
import { derivedNode, inputNode, scalarNode } from './leaves.js';
import { isMissingNode, logicNode, notNode } from './logic.js';
import { rowFunctionNode } from './row-function.js';
import {
  createNumbers,
  createScratch,
  createValues,
  growScratch,
  mark,
  release,
  type Scratch,
  takeBytes,
} from './scratch.js';
import { lengthNode, textNode } from './text.js';
import type { Run, VectorNode } from './vector-node.js';
import { type Selection, TRUE, type Vector } from './vectors.js';

export interface VectorExpression {
  /** In the order of `CompiledExpression.aggregates`. */
  readonly aggregates: readonly VectorAggregate[];
  /**
   * The values of the selected rows. The vector is this expression's own, and valid until it is
   * evaluated again. Its type follows from the expression's: `number` and `boolean` have their own,
   * `text` and `cell` are values. Never throws, unless `source` does; adds to `counts`.
   */
  evaluate(
    source: CellSource,
    selection: Selection,
    aggregateValues: readonly AggregateValue[],
    counts: ExpressionCounts,
  ): Vector;
  /**
   * Of a condition: leaves in `selection` the rows for which it is true, and writes `mark` into
   * `marks` for the others. @returns how many are left.
   */
  keepTrue(
    source: CellSource,
    selection: Selection,
    aggregateValues: readonly AggregateValue[],
    counts: ExpressionCounts,
    marks: Uint8Array,
    mark: number,
  ): number;
}

export interface VectorAggregate {
  /**
   * Adds the argument's values in the selected rows to `state`, an aggregate of the same name; adds
   * to `counts` as `CompiledAggregate.evaluate` does.
   */
  add(
    state: AggregateState | GroupedState,
    source: CellSource,
    selection: Selection,
    counts: ExpressionCounts,
  ): void;
}

/**
 * @param inputCount slots below it are input cells, the others derived columns.
 * @param scratch may be shared by all expressions of one thread.
 */
export function compileVector(
  compiled: CompiledExpression,
  inputCount: number,
  scratch: Scratch = createScratch(),
): VectorExpression {
  const { groupings } = compiled;
  const root = compileTyped(compiled.root, inputCount, groupings);
  const write = resultWriter(root);
  return {
    aggregates: compiled.aggregates.map((one) => compileAggregate(one, inputCount, scratch)),
    evaluate(source, selection, aggregateValues, counts) {
      const groups = groupings.map((by) => source.groups(by, selection));
      const run = { source, aggregateValues, groups, counts, scratch };
      return inScratch(run, () => write(run, selection));
    },
    keepTrue(source, selection, aggregateValues, counts, marks, mark) {
      if (selection.count === 0) return 0;
      const groups = groupings.map((by) => source.groups(by, selection));
      const run = { source, aggregateValues, groups, counts, scratch };
      return inScratch(run, () => {
        if (root.keep !== undefined) return root.keep(run, selection, marks, mark);
        const truths = takeBytes(scratch);
        root.writeTruths(run, selection, truths);
        return keepWhereTrue(selection, truths, marks, mark);
      });
    },
  };
}

function compileAggregate(
  { name, argument, by }: CompiledAggregate,
  inputCount: number,
  scratch: Scratch,
): VectorAggregate {
  const node = argument === null ? null : compileTyped(argument, inputCount, []);
  return {
    add(state, source, selection, counts) {
      assert(state.name === name, 'values are added to their own aggregate');
      const run = { source, aggregateValues: [], groups: [], counts, scratch };
      inScratch(run, () => {
        if (by === null) addRows(state as AggregateState, node, run, selection);
        else {
          const groups = source.groups(by, selection);
          addGroupRows(state as GroupedState, node, run, selection, groups);
        }
      });
    },
  };
}

function keepWhereTrue(
  { rows, count }: Selection,
  truths: Uint8Array,
  marks: Uint8Array,
  mark: number,
): number {
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    rows[kept] = row;
    if (truths[row] === TRUE) kept++;
    else marks[row] = mark;
  }
  return kept;
}

/** Gives back what `work` takes, also where the source throws. */
function inScratch<T>({ scratch, source }: Run, work: () => T): T {
  growScratch(scratch, source.rowCount);
  const before = mark(scratch);
  try {
    return work();
  } finally {
    release(scratch, before);
  }
}

/** Writes into arrays of its own that grow with the largest block. */
function resultWriter(root: VectorNode): (run: Run, selection: Selection) => Vector {
  switch (root.type) {
    case 'number': {
      let own = createNumbers(0);
      return (run, selection) => {
        const { rowCount } = run.source;
        if (own.kinds.length < rowCount) own = createNumbers(rowCount);
        root.writeNumbers(run, selection, own);
        return { type: 'number', values: own.values, kinds: own.kinds };
      };
    }
    case 'boolean': {
      let truths = new Uint8Array(0);
      return (run, selection) => {
        const { rowCount } = run.source;
        if (truths.length < rowCount) truths = new Uint8Array(rowCount);
        root.writeTruths(run, selection, truths);
        return { type: 'boolean', truths };
      };
    }
    default: {
      let values: Value[] = [];
      return (run, selection) => {
        const { rowCount } = run.source;
        if (values.length < rowCount) values = createValues(rowCount);
        root.writeValues(run, selection, values);
        return { type: 'value', values };
      };
    }
  }
}

function compileTyped(
  typed: Typed,
  inputCount: number,
  groupings: readonly GroupSlots[],
): VectorNode {
  const { node, column, grouped, operands } = typed;
  if (column !== undefined) {
    return column.slot.index < inputCount ? inputNode(column) : derivedNode(column);
  }
  if (grouped !== undefined) {
    return groupedNode(grouped.place, groupings.indexOf(grouped.by), grouped.isOperand);
  }
  const nodes = operands.map((operand) => compileTyped(operand, inputCount, groupings));
  // Literals and aggregates over all rows have no operands.
  if (nodes.every(({ readScalar }) => readScalar !== undefined)) return scalarNode(typed);
  if (typed.rowFunction !== undefined) return rowFunctionNode(typed.rowFunction, nodes);
  const [first, second] = nodes as [VectorNode, VectorNode];
  switch (node.kind) {
    case 'unary':
      if (node.operator === 'not') return notNode(first);
      return signNode(node.operator === '-' ? -1 : 1, first);
    case 'binary':
      switch (node.operator) {
        case 'and':
        case 'or':
          return logicNode(node.operator, first, second);
        case '==':
        case '!=':
        case '<':
        case '<=':
        case '>':
        case '>=':
          return comparisonNode(node.operator, first, second);
        default:
          return arithmeticNode(node.operator as ArithmeticOperator, first, second);
      }
    case 'call':
      return compileCall(node, typed, nodes);
    default:
      return scalarNode(typed);
  }
}

function compileCall(node: CallNode, typed: Typed, nodes: readonly VectorNode[]): VectorNode {
  const [first, second, third] = nodes as [VectorNode, VectorNode, VectorNode];
  switch (node.name) {
    case 'if':
      return ifNode(typed.type, first, second, third);
    case 'coalesce':
      return coalesceNode(typed.type, nodes);
    case 'is_missing':
      return isMissingNode(first);
    case 'length':
      return lengthNode(first);
    default: {
      const ofText = TEXT_FUNCTIONS.get(node.name);
      return ofText === undefined
        ? functionNode(numberFunction(node), first)
        : textNode(ofText, first);
    }
  }
}
