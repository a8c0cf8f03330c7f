/** What an expression begins with: values that are the same in every row, and columns. */
import { assert } from '../../../base/assert.js';
import { isMissing } from '../../../csv/missing.js';
import { createCounts, type Value } from '../tree.js';
import { type ColumnRead, numberOf, type Typed } from '../typed.js';
import {
  createNode,
  kindOf,
  numberWriters,
  type ReadyNumbers,
  type Run,
  truthWriters,
  type VectorNode,
  valueWriters,
  type Write,
} from './vector-node.js';
import { FALSE, MISSING, type Numbers, type Selection, TRUE, type Vector } from './vectors.js';

/**
 * A piece that reads no column: its closure is asked once, and what it counts is counted for every
 * row.
 */
export function scalarNode(typed: Typed): VectorNode {
  const readScalar = (run: Run, rowCount: number): Value => {
    const once = createCounts();
    const value = typed.read([], run.aggregateValues, once);
    run.counts.textCells += once.textCells * rowCount;
    run.counts.missingOperands += once.missingOperands * rowCount;
    run.counts.divisionsByZero += once.divisionsByZero * rowCount;
    run.counts.notFinite += once.notFinite * rowCount;
    run.counts.notDates += once.notDates * rowCount;
    return value;
  };
  return createNode(
    typed.type,
    {
      writeNumbers(run, selection, { values, kinds }) {
        const value = readScalar(run, selection.count);
        const number = numberOf(value);
        const kind = kindOf(value, number);
        for (let k = 0; k < selection.count; k++) {
          const row = selection.rows[k]!;
          values[row] = number ?? 0;
          kinds[row] = kind;
        }
      },
      writeTruths(run, selection, out) {
        const value = readScalar(run, selection.count);
        const truth = value === null ? MISSING : value === true ? TRUE : FALSE;
        for (let k = 0; k < selection.count; k++) out[selection.rows[k]!] = truth;
      },
      writeValues(run, selection, out) {
        const value = readScalar(run, selection.count);
        for (let k = 0; k < selection.count; k++) out[selection.rows[k]!] = value;
      },
    },
    { readScalar },
  );
}

/** An input column: numbers as they lie in the source, texts only when asked for. */
export function inputNode({ slot, isOperand }: ColumnRead): VectorNode {
  const ready = { isOperand, read: (run: Run) => run.source.numbers(slot.index) };
  const { writeTruths, writeNumbers } = numberWriters(copying(ready));
  const writeValues: Write<Value[]> = (run, selection, out) => {
    run.source.texts(slot.index, selection, out);
    if (isOperand) run.counts.missingOperands += countNulls(out, selection);
  };
  const cell = { slot: slot.index, isOperand };
  return createNode('cell', { writeNumbers, writeTruths, writeValues }, { ready, cell });
}

/** A derived column, which is read from the vector it was evaluated to. */
export function derivedNode({ slot, isOperand }: ColumnRead): VectorNode {
  switch (slot.type) {
    case 'number': {
      const ready = { isOperand, read: (run: Run) => derived(run, slot.index, 'number') };
      return createNode('number', numberWriters(copying(ready)), { ready });
    }
    case 'boolean': {
      const writers = truthWriters((run, selection, out) => {
        const { truths } = derived(run, slot.index, 'boolean');
        if (isOperand) run.counts.missingOperands += countMissing(truths, selection);
        for (let k = 0; k < selection.count; k++) {
          const row = selection.rows[k]!;
          out[row] = truths[row]!;
        }
      });
      return createNode('boolean', writers);
    }
    default: {
      const isCell = slot.type === 'cell';
      const writers = valueWriters((run, selection, out) => {
        copyValues(derived(run, slot.index, 'value').values, isCell, selection, out);
        if (isOperand) run.counts.missingOperands += countNulls(out, selection);
      });
      return createNode(slot.type, writers);
    }
  }
}

function derived<T extends Vector['type']>(run: Run, slot: number, type: T) {
  const vector = run.source.derived(slot);
  assert(vector.type === type, 'a derived column is read as the type it was compiled to');
  return vector as Extract<Vector, { type: T }>;
}

function copying({ read, isOperand }: ReadyNumbers): Write<Numbers> {
  return (run, selection, out) => {
    const { values, kinds } = read(run);
    if (isOperand) run.counts.missingOperands += countMissing(kinds, selection);
    for (let k = 0; k < selection.count; k++) {
      const row = selection.rows[k]!;
      out.values[row] = values[row]!;
      out.kinds[row] = kinds[row]!;
    }
  };
}

/** @param isCell true where a text may be a token for no value. */
function copyValues(
  values: readonly Value[],
  isCell: boolean,
  { rows, count }: Selection,
  out: Value[],
): void {
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const value = values[row]!;
    out[row] = isCell && typeof value === 'string' && isMissing(value) ? null : value;
  }
}

/** @returns in how many of the selected rows the byte says that there is no value. */
export function countMissing(bytes: Uint8Array, { rows, count }: Selection): number {
  let missing = 0;
  for (let k = 0; k < count; k++) {
    if (bytes[rows[k]!] === MISSING) missing++;
  }
  return missing;
}

function countNulls(values: readonly Value[], { rows, count }: Selection): number {
  let missing = 0;
  for (let k = 0; k < count; k++) {
    if (values[rows[k]!] === null) missing++;
  }
  return missing;
}
