/** Three-valued logic, and the test for missing values. */
import type { LogicalOperator } from '../tree.js';
import { takeBytes, takeNumbers, takeRows, takeValues } from './scratch.js';
import { createNode, type Run, truthWriters, type VectorNode } from './vector-node.js';
import {
  FALSE,
  MISSING,
  negateTruths,
  OTHER,
  type Selection,
  selectOthers,
  TRUE,
} from './vectors.js';

/** `and` or `or`; the right side is evaluated only where the left one does not decide. */
export function logicNode(
  operator: LogicalOperator,
  left: VectorNode,
  right: VectorNode,
): VectorNode {
  const decisive = operator === 'or' ? TRUE : FALSE;
  const writers = truthWriters((run, selection, out) => {
    left.writeTruths(run, selection, out);
    const open = selectOthers(selection, out, decisive, takeRows(run.scratch));
    const truths = takeBytes(run.scratch);
    right.writeTruths(run, open, truths);
    for (let k = 0; k < open.count; k++) {
      const row = open.rows[k]!;
      const truth = truths[row]!;
      // A missing left side stays so, unless the right one decides.
      if (truth === decisive || out[row] !== MISSING) out[row] = truth;
    }
  });
  return createNode('boolean', writers);
}

export function notNode(operand: VectorNode): VectorNode {
  const writers = truthWriters((run, selection, out) => {
    operand.writeTruths(run, selection, out);
    negateTruths(out, selection);
  });
  return createNode('boolean', writers);
}

export function isMissingNode(operand: VectorNode): VectorNode {
  const writers = truthWriters((run, selection, out) => {
    const bytes = presenceOf(operand, run, selection, out);
    for (let k = 0; k < selection.count; k++) {
      const row = selection.rows[k]!;
      out[row] = bytes[row] === MISSING ? TRUE : FALSE;
    }
  });
  return createNode('boolean', writers);
}

/** A byte for each selected row, in `room` or elsewhere: `MISSING`, or anything else. */
export function presenceOf(
  operand: VectorNode,
  run: Run,
  selection: Selection,
  room: Uint8Array,
): Uint8Array {
  switch (operand.type) {
    case 'boolean':
      operand.writeTruths(run, selection, room);
      return room;
    case 'text': {
      const values = takeValues(run.scratch);
      operand.writeValues(run, selection, values);
      for (let k = 0; k < selection.count; k++) {
        const row = selection.rows[k]!;
        room[row] = values[row] === null ? MISSING : OTHER;
      }
      return room;
    }
    default: {
      // Numbers and cells: the kind shows it without decoding.
      if (operand.ready !== undefined) return operand.ready.read(run).kinds;
      const numbers = takeNumbers(run.scratch);
      operand.writeNumbers(run, selection, numbers);
      return numbers.kinds;
    }
  }
}
