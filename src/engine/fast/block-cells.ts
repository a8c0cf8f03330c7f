/** What expressions ask of a block: its cells, with what an outlier action made of some of them. */
import { isMissing } from '../../csv/missing.js';
import type { Value } from '../expression/tree.js';
import type { CellSource } from '../expression/vector/cell-source.js';
import type { Numbers, Selection, Vector } from '../expression/vector/vectors.js';
import type { Block } from './block.js';
import { createTextReader, readNumbers, setNumber } from './read-cells.js';

/** Cells that are no longer what their bytes say: new texts by column and record. */
export type Edits = ReadonlyMap<number, ReadonlyMap<number, string>>;

export const NO_EDITS: Edits = new Map();

/** @param derived the vector of a derived column's slot. */
export function createBlockCells(
  block: Block,
  edits: Edits,
  derived: (slot: number) => Vector,
): CellSource {
  const edited = new Map<number, Numbers>();
  return {
    rowCount: block.recordCount,
    numbers(slot) {
      const changes = edits.get(slot);
      const [numbers] = readNumbers(block, [slot]);
      if (changes === undefined) return numbers!;
      let copy = edited.get(slot);
      if (copy === undefined) {
        copy = { values: numbers!.values.slice(), kinds: numbers!.kinds.slice() };
        for (const [record, text] of changes) setNumber(copy, record, text);
        edited.set(slot, copy);
      }
      return copy;
    },
    texts(slot, selection, out) {
      writeTexts(block, slot, selection, edits.get(slot), out);
    },
    derived,
  };
}

function writeTexts(
  block: Block,
  slot: number,
  { rows, count }: Selection,
  changes: ReadonlyMap<number, string> | undefined,
  out: Value[],
): void {
  const read = createTextReader(block, slot);
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const text = changes?.get(row) ?? read(row);
    out[row] = isMissing(text) ? null : text;
  }
}
