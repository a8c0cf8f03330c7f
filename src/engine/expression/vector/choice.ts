/** `if` and `coalesce`: the operands write the rows of one array between them. */
import type { Value } from '../tree.js';
import type { Typed } from '../typed.js';
import { takeBytes, takeRows } from './scratch.js';
import { createNode, type VectorNode, type Write } from './vector-node.js';
import { MISSING, type Selection, selectOthers, selectTruth, TRUE } from './vectors.js';

/** The way in which a node is asked: one of its three writers. */
type WriterOf<T> = (node: VectorNode) => Write<T>;

/** `if`: a missing condition takes the second branch. Each branch sees only its rows. */
export function ifNode(
  type: Typed['type'],
  condition: VectorNode,
  yes: VectorNode,
  no: VectorNode,
): VectorNode {
  const branching =
    <T>(writerOf: WriterOf<T>): Write<T> =>
    (run, selection, out) => {
      const truths = takeBytes(run.scratch);
      condition.writeTruths(run, selection, truths);
      const held = selectTruth(selection, truths, TRUE, takeRows(run.scratch));
      const others = selectOthers(selection, truths, TRUE, takeRows(run.scratch));
      writerOf(yes)(run, held, out);
      writerOf(no)(run, others, out);
    };
  return createNode(type, {
    writeNumbers: branching((node) => node.writeNumbers),
    writeTruths: branching((node) => node.writeTruths),
    writeValues: branching((node) => node.writeValues),
  });
}

/** `coalesce`: each operand sees only the rows that those before it left missing. */
export function coalesceNode(type: Typed['type'], operands: readonly VectorNode[]): VectorNode {
  const filling =
    <T>(
      writerOf: WriterOf<T>,
      selectMissing: (selection: Selection, out: T, rows: Uint32Array) => Selection,
    ): Write<T> =>
    (run, selection, out) => {
      const rows = takeRows(run.scratch);
      let left = selection;
      operands.forEach((operand, i) => {
        // What is selected only shrinks, so its rows can be overwritten in their place.
        if (i > 0) left = selectMissing(left, out, rows);
        writerOf(operand)(run, left, out);
      });
    };
  return createNode(type, {
    writeNumbers: filling(
      (node) => node.writeNumbers,
      (selection, { kinds }, rows) => selectTruth(selection, kinds, MISSING, rows),
    ),
    writeTruths: filling(
      (node) => node.writeTruths,
      (selection, truths, rows) => selectTruth(selection, truths, MISSING, rows),
    ),
    writeValues: filling(
      (node) => node.writeValues,
      (selection, values, rows) => ({ rows, count: writeNullRows(selection, values, rows) }),
    ),
  });
}

function writeNullRows(selection: Selection, values: readonly Value[], rows: Uint32Array): number {
  let count = 0;
  for (let k = 0; k < selection.count; k++) {
    const row = selection.rows[k]!;
    rows[count] = row;
    if (values[row] === null) count++;
  }
  return count;
}
