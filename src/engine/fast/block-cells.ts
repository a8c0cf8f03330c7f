/** What expressions ask of a block: its cells, with what an outlier action made of some of them. */
import { isMissing } from '../../csv/missing.js';
import type { Value } from '../expression/tree.js';
import type { CellSource, RowGroups } from '../expression/vector/cell-source.js';
import type { Numbers, Selection, Vector } from '../expression/vector/vectors.js';
import type { Block } from './block.js';
import type { Edits } from './edits.js';
import type { Grouping } from './groups/grouping.js';
import { groupTools } from './groups/load-groups.js';
import { createTextReader, readNumbers, setNumber } from './read-cells.js';
import type { Table } from './table.js';

/** @param derived the vector of a derived column's slot. */
export function createBlockCells(
  table: Table,
  block: Block,
  edits: Edits,
  derived: (slot: number) => Vector,
): CellSource {
  const edited = new Map<number, Numbers>();
  const grouped = new Map<Grouping, RowGroups>();
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
    groups(by, selection) {
      const { groupingOf, numberRows } = groupTools();
      const grouping = groupingOf(table.groupings, by);
      let groups = grouped.get(grouping);
      if (groups === undefined) {
        groups = numberRows(table, block, grouping, edits, { derived }, selection);
        grouped.set(grouping, groups);
      }
      return groups;
    },
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
