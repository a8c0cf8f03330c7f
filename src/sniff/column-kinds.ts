/** What the columns of a table hold, and how much their cells agree on it. */

import { type CellType, type Family, familyOf, isTypedFamily, typeOf } from './cell-type.js';
import type { Row } from './read-rows.js';

export interface ColumnKind {
  /** The most frequent family; `none` when all cells are empty or missing. */
  readonly family: Family;
  /** Share of the cells with a value that are of this family, 0 … 1. */
  readonly share: number;
  /** How many cells have a value. */
  readonly values: number;
}

/** Beyond, columns are not looked at: they say the same again. */
export const MOST_COLUMNS = 256;

export function describeColumns(rows: readonly Row[], width: number): ColumnKind[] {
  return Array.from({ length: Math.min(width, MOST_COLUMNS) }, (_, column) =>
    kindOf(rows.map((row) => typeOf(row.cells[column] ?? ''))),
  );
}

/** The kind of a column of cells of these types. */
export function kindOf(types: readonly CellType[]): ColumnKind {
  const counts = new Map<Family, number>();
  let values = 0;
  for (const type of types) {
    const family = familyOf(type);
    if (family === 'none') continue;
    values++;
    counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  let family: Family = 'none';
  let most = 0;
  for (const [one, count] of counts) {
    if (count > most) {
      family = one;
      most = count;
    }
  }
  return { family, share: values === 0 ? 0 : most / values, values };
}

/** Whether the column certainly holds numbers, dates, addresses or ids. */
export function isTypedColumn(kind: ColumnKind): boolean {
  return isTypedFamily(kind.family) && kind.share >= TYPED_SHARE && kind.values >= 1;
}

export function isNumberColumn(kind: ColumnKind): boolean {
  return kind.family === 'number' && isTypedColumn(kind);
}

/** The columns whose kind is so, from 0. */
export function columnsWhere(
  kinds: readonly ColumnKind[],
  isWanted: (kind: ColumnKind, column: number) => boolean,
): number[] {
  return kinds.flatMap((kind, column) => (isWanted(kind, column) ? [column] : []));
}

/** A column is typed when so many of its values agree: one in ten may be damaged. */
const TYPED_SHARE = 0.85;
