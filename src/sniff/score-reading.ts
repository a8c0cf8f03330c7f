/**
 * Scores how well a sample reads in one dialect: the product of a pattern score over field counts
 * and a type score over cells, after van den Burg, Nazábal and Sutton, "Wrangling messy CSV files
 * by detecting row and type patterns" (2019), and of how alike the cells of each column are. Unlike
 * there, pieces of values count against a dialect, and sparse rows around the table do not.
 */

import { ESCAPED, QUOTED } from '../csv/scan-fields.js';
import { qualityOf } from './cell-quality.js';
import { type CellType, familyOf, typeOf } from './cell-type.js';
import {
  type ColumnKind,
  columnsWhere,
  isTypedColumn,
  kindOf,
  MOST_COLUMNS,
} from './column-kinds.js';
import { isBroken, type Row } from './read-rows.js';
import { evenRowsOf, findBlock, type TableBlock } from './table-block.js';
import type { TextDialect } from './text-dialect.js';

/** A sample in one dialect, and what speaks for it. */
export interface Reading {
  readonly dialect: TextDialect;
  readonly rows: readonly Row[];
  readonly block: TableBlock;
  /** Share of the rows that have the table's width, 0 … 1. */
  readonly even: number;
  /** Mean quality of the cells with a value, 0 … 1. */
  readonly typed: number;
  /** Mean share of each column's values that are of its commonest family, 0 … 1. */
  readonly alike: number;
  /** even × typed × (0.6 + 0.4 × alike) × (1 − 1 / (4 × width)). */
  readonly score: number;
  /** Of the rows below the first. */
  readonly columns: readonly ColumnKind[];
  readonly marks: MarkCounts;
}

/** How many cells of all rows were read as what. */
export interface MarkCounts {
  readonly quoted: number;
  readonly escaped: number;
  readonly stray: number;
}

/** Cells that are judged, about; the first rows of a wide table do. */
const MOST_CELLS = 3000;
const FEWEST_ROWS = 6;

/** null: every record has one field, or all but one column are empty. */
export function scoreReading(dialect: TextDialect, rows: readonly Row[]): Reading | null {
  const block = findBlock(rows);
  if (block === null) return null;
  const { width } = block;
  const judgedRows = Math.max(FEWEST_ROWS, Math.floor(MOST_CELLS / width));
  const even = evenRowsOf(rows, block).slice(0, judgedRows);
  const judged = judgeCells(even, Math.min(width, MOST_COLUMNS));
  if (judged.filledColumns < 2) return null;

  const evenShare = block.evenRows / block.judgedRows;
  const typed = judged.quality * Math.sqrt(judged.filledColumns / Math.min(width, MOST_COLUMNS));
  const withValues = judged.columns.filter(({ values }) => values > 1);
  const shares = withValues.reduce((sum, { share }) => sum + share, 0);
  const alike = withValues.length === 0 ? 1 : shares / withValues.length;
  return {
    dialect,
    rows,
    block,
    even: evenShare,
    typed,
    alike,
    score: evenShare * typed * (0.6 + 0.4 * alike) * (1 - 1 / (4 * width)),
    columns: judged.columns,
    marks: countMarks(rows),
  };
}

/** The columns of the reading that certainly hold more than text. */
export function typedColumnsOf({ columns }: Reading): number[] {
  return columnsWhere(columns, isTypedColumn);
}

interface JudgedCells {
  readonly quality: number;
  readonly filledColumns: number;
  readonly columns: readonly ColumnKind[];
}

function judgeCells(rows: readonly Row[], width: number): JudgedCells {
  let sum = 0;
  let count = 0;
  let filledColumns = 0;
  const columns: ColumnKind[] = [];
  for (let column = 0; column < width; column++) {
    const types: CellType[] = [];
    let isFilled = false;
    for (const row of rows) {
      const text = row.cells[column]!;
      const type = typeOf(text);
      types.push(type);
      if (text !== '') isFilled = true;
      if (familyOf(type) === 'none') continue;
      sum += qualityOf(text, type, row.marks[column]!);
      count++;
    }
    if (isFilled) filledColumns++;
    columns.push(kindOf(types.length > 1 ? types.slice(1) : types));
  }
  return { quality: count === 0 ? 0 : sum / count, filledColumns, columns };
}

function countMarks(rows: readonly Row[]): MarkCounts {
  let quoted = 0;
  let escaped = 0;
  let stray = 0;
  for (const { marks } of rows) {
    for (const mark of marks) {
      if (isBroken(mark)) stray++;
      else if ((mark & QUOTED) !== 0) {
        quoted++;
        if ((mark & ESCAPED) !== 0) escaped++;
      }
    }
  }
  return { quoted, escaped, stray };
}
