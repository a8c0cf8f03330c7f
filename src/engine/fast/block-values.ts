/** The cells of a block whose values rules have changed. */
import type { CellChange } from '../rows/convert-row.js';
import type { Row } from '../rows/read-row.js';
import type { CellConverter } from '../values/convert-cell.js';
import { CHANGES } from '../values/value-counts.js';

/** A column of a block in which some cell is changed, or is a misfit. */
export interface ConvertedColumn {
  readonly converter: CellConverter;
  /** The steps that changed the cell of each record, as `convert-row` has them. */
  readonly steps: Uint32Array;
  /** The texts of changed cells, one behind the other with a line feed behind each cell. */
  readonly bytes: Uint8Array;
  /** Where the cell of each record ends in `bytes`; of those that are not changed, it is empty. */
  readonly ends: Uint32Array;
  /** How many cells are changed. */
  readonly changedCount: number;
  /** Whether a changed cell looks like no value, such as NA, or did before. */
  readonly touchesTokens: boolean;
}

export interface BlockValues {
  /** By the index of the column. */
  readonly columns: ReadonlyMap<number, ConvertedColumn>;
  /** Columns whose numbers are those of the changed cells, too. */
  readonly merged: Set<number>;
}

/** Whether the cell has another text than in the input. */
export function isChanged({ steps }: ConvertedColumn, record: number): boolean {
  return (steps[record]! & CHANGES) !== 0;
}

/** The text of a cell that is changed. */
export function changedText({ bytes, ends }: ConvertedColumn, record: number): string {
  const start = record === 0 ? 0 : ends[record - 1]! + 1;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(
    'utf8',
    start,
    ends[record],
  );
}

/** What becomes of the cells of a record that is looked at alone, as `convertRow` finds it. */
export function changesOf(
  { columns }: BlockValues,
  record: number,
  { cells }: Pick<Row, 'cells'>,
): readonly CellChange[] {
  return [...columns].map(([index, column]) => {
    const before = cells[index] as string;
    const text = isChanged(column, record) ? changedText(column, record) : before;
    return { converter: column.converter, before, text, steps: column.steps[record]! };
  });
}
