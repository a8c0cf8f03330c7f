/** The functions over several values of a row, for the selected rows. */
import { type RowFunction, takenAs } from '../row-functions.js';
import type { Value } from '../tree.js';
import {
  countLost,
  createNode,
  type NumberOperand,
  numbersOf,
  numberWriters,
  type Run,
  truthWriters,
  type ValueOperand,
  type VectorNode,
  valuesOf,
  valueWriters,
} from './vector-node.js';
import { FALSE, MISSING, NUMBER, type Selection, TRUE } from './vectors.js';

type Operand = NumberOperand | ValueOperand;

/** Told the value of each selected row. */
type Put = (row: number, value: Value) => void;

export function rowFunctionNode(
  rowFunction: RowFunction,
  operands: readonly VectorNode[],
): VectorNode {
  const { gives } = rowFunction;
  const values = new Array<Value>(operands.length).fill(null);
  const walk = (run: Run, selection: Selection, put: Put): void => {
    const read = operands.map((operand, i) =>
      takenAs(rowFunction, i) === 'number'
        ? numbersOf(operand, run, selection)
        : valuesOf(operand, run, selection),
    );
    applyToRows(rowFunction, read, values, run, selection, put);
    for (const operand of read) if ('kinds' in operand) countLost(operand, run.counts);
  };
  switch (gives) {
    case 'number':
      return createNode(
        'number',
        numberWriters((run, selection, out) => {
          walk(run, selection, (row, value) => {
            out.kinds[row] = value === null ? MISSING : NUMBER;
            out.values[row] = (value as number | null) ?? 0;
          });
        }),
      );
    case 'boolean':
      return createNode(
        'boolean',
        truthWriters((run, selection, out) => {
          walk(run, selection, (row, value) => {
            out[row] = value === null ? MISSING : value === true ? TRUE : FALSE;
          });
        }),
      );
    case 'text':
      return createNode(
        'text',
        valueWriters((run, selection, out) => {
          walk(run, selection, (row, value) => {
            out[row] = value;
          });
        }),
      );
  }
}

function applyToRows(
  { apply, missing }: RowFunction,
  operands: readonly Operand[],
  values: Value[],
  { counts }: Run,
  { rows, count }: Selection,
  put: Put,
): void {
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    let isComplete = true;
    for (let i = 0; i < operands.length; i++) {
      const value = valueAt(operands[i]!, row);
      values[i] = value;
      if (value === null) isComplete = false;
    }
    put(row, isComplete || missing !== undefined ? apply(values, counts) : null);
  }
}

function valueAt(operand: Operand, row: number): Value {
  const at = row & operand.mask;
  if (!('kinds' in operand)) return operand.values[at]!;
  const kind = operand.kinds[at]!;
  if (kind >= NUMBER) return operand.values[at]!;
  operand.lost[kind]!++;
  return null;
}
