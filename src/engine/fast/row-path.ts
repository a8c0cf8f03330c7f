/** One record of a block by itself, with the same steps as in the reference engine. */
import type { ByteWriter } from '../byte-writer.js';
import type { Vector } from '../expression/vector/vectors.js';
import { type CleaningContext, cleanRow } from '../rows/clean-row.js';
import { applyChanges, rejectMisfits } from '../rows/convert-row.js';
import { takeDuplicate } from '../rows/duplicate-row.js';
import { readRow, tallyFiltered } from '../rows/read-row.js';
import { applySchema, takeRepeated } from '../rows/schema-row.js';
import type { Tally } from '../tally.js';
import { type Block, DUPLICATE, FILTERED, REPEATED, walkedAt } from './block.js';
import { changesOf } from './block-values.js';
import { valueAt } from './made-cells.js';
import { twinOf } from './reject-listed.js';
import type { Table } from './table.js';

/**
 * A function that deals with one record after another: counts it, and writes it or takes it out.
 *
 * @param vectors of the derived columns, evaluated for all records that are left.
 */
export function createRowPath(
  table: Table,
  block: Block,
  vectors: readonly Vector[],
  tally: Tally,
  writer: ByteWriter,
): (record: number) => void {
  const { plan, context, judged, groups } = table;
  let now = 0;
  const cleaning: CleaningContext = {
    plan,
    dialect: context.dialect,
    judged,
    groups,
    derive(row) {
      plan.derives.forEach(({ slot }, i) => {
        row.cells[slot] = valueAt(vectors[i]!, now);
      });
    },
  };
  return (record) => {
    now = record;
    const walked = walkedAt(block, record);
    const row = readRow(walked, context, plan, tally);
    if (row === null) return;
    if (block.values !== null) {
      const changes = changesOf(block.values, record, row);
      if (rejectMisfits(row, changes, tally)) return;
      applyChanges(row, changes, tally);
    }
    if (!applySchema(row, plan.schema, tally)) return;
    const fate = block.fates[record];
    if (fate === FILTERED) tallyFiltered(tally, walked);
    else if (fate === DUPLICATE || fate === REPEATED) {
      const { of, line } = twinOf(block, record);
      if (of.unique === null) takeDuplicate(row, of, line, tally);
      else takeRepeated(row, of.unique, line, tally);
    } else cleanRow(row, cleaning, tally, writer);
  };
}
