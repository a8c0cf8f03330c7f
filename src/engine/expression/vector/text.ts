/** The functions of texts, over the texts of the selected rows. */
import { countCodePoints } from '../functions.js';
import { toCell } from '../tree.js';
import {
  createNode,
  numberWriters,
  type VectorNode,
  valuesOf,
  valueWriters,
} from './vector-node.js';
import { MISSING, NUMBER } from './vectors.js';

/** A function from text to text. */
export function textNode(map: (text: string) => string, operand: VectorNode): VectorNode {
  const writers = valueWriters((run, selection, out) => {
    operand.writeValues(run, selection, out);
    for (let k = 0; k < selection.count; k++) {
      const row = selection.rows[k]!;
      const value = out[row]!;
      if (value !== null) out[row] = map(toCell(value));
    }
  });
  return createNode('text', writers);
}

/** `length`: how many code points. */
export function lengthNode(operand: VectorNode): VectorNode {
  const writers = numberWriters((run, selection, out) => {
    const { values, mask } = valuesOf(operand, run, selection);
    for (let k = 0; k < selection.count; k++) {
      const row = selection.rows[k]!;
      const value = values[row & mask]!;
      out.kinds[row] = value === null ? MISSING : NUMBER;
      if (value !== null) out.values[row] = countCodePoints(toCell(value));
    }
  });
  return createNode('number', writers);
}
