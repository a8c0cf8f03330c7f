/**
 * Parses, compiles and evaluates a source over one row or a small table, for the tests of
 * expressions.
 */
import {
  addToAggregate,
  aggregateValue,
  createAggregate,
} from '../../../src/engine/expression/aggregates.js';
import {
  type CompiledExpression,
  compileExpression,
} from '../../../src/engine/expression/compile-expression.js';
import { parseExpression } from '../../../src/engine/expression/syntax.js';
import type {
  ExpressionCounts,
  Slot,
  Value,
  ValueType,
} from '../../../src/engine/expression/tree.js';

export function noCounts(): ExpressionCounts {
  return { textCells: 0, missingOperands: 0, divisionsByZero: 0, notFinite: 0, notDates: 0 };
}

/** Compiles against typed columns, in the order of their slots. */
export function compileFor(
  source: string,
  columns: readonly (readonly [name: string, type: ValueType])[],
): CompiledExpression {
  const slots = new Map<string, Slot>(
    columns.map(([name, type], index) => [name, { index, type }] as const),
  );
  return compileExpression(parseExpression(source), (name) => {
    const slot = slots.get(name);
    if (slot === undefined) throw new Error(`no column ${name}`);
    return slot;
  });
}

/**
 * Every row's value, after the aggregates over all rows; `counts` of the rows and of the aggregates
 * apart.
 */
export function evaluateRows(compiled: CompiledExpression, rows: readonly (readonly Value[])[]) {
  const counts = noCounts();
  const aggregateCounts = noCounts();
  const settled = compiled.aggregates.map((aggregate) => {
    const state = createAggregate(aggregate.name);
    for (const row of rows) addToAggregate(state, aggregate.evaluate(row, aggregateCounts));
    return aggregateValue(state);
  });
  const values = rows.map((row) => compiled.evaluate(row, settled, counts));
  return { values, settled, counts, aggregateCounts };
}

/** The value of `source` where every column is an input cell, and the counts that are not 0. */
export function evaluateCells(source: string, cells: Readonly<Record<string, string>>) {
  const columns = Object.keys(cells).map((name) => [name, 'cell'] as const);
  const compiled = compileFor(source, columns);
  const { values, counts } = evaluateRows(compiled, [Object.values(cells)]);
  const seen = Object.entries(counts).filter(([, count]) => count > 0);
  return { value: values[0], counts: Object.fromEntries(seen) };
}
