/** All that engines take from here, as one thing that is loaded late. */
import {
  addToEvidence,
  areNumbersKnown,
  bytesScreen,
  type ColumnEvidence,
  createColumnEvidence,
  isAllClosed,
  isFormatted,
  mergeColumnEvidence,
  onlyKind,
  passedDates,
  passesNumber,
  tellsByKind,
} from './column-evidence.js';
import { type CellConverter, createConverter, textSteps } from './convert-cell.js';
import { dateReader } from './date-pattern.js';
import { judgeValues } from './judge-values.js';
import { hasBitsOfShape } from './numeral.js';
import type { ValueColumn } from './plan-values.js';
import type { ColumnVerdict } from './verdict.js';

/** For each column with rules; null where nothing must be known of it. */
export type TableEvidence = readonly (ColumnEvidence | null)[];

/** Before any cell was seen. */
function createEvidences(columns: readonly ValueColumn[]): TableEvidence {
  return columns.map(({ kinds }) => (kinds.length === 0 ? null : createColumnEvidence(kinds)));
}

/** Both together; the cells of `later` come behind those of `earlier`. */
function mergeEvidences(earlier: TableEvidence, later: TableEvidence): TableEvidence {
  return earlier.map((one, i) => (one === null ? null : mergeColumnEvidence(one, later[i]!)));
}

function judgeAll(
  columns: readonly ValueColumn[],
  evidence: TableEvidence | null,
): readonly ColumnVerdict[] {
  return columns.map((column, i) => judgeValues(column, evidence?.[i] ?? null));
}

/** Of the columns in which a cell may change. */
function createConverters(
  columns: readonly ValueColumn[],
  verdicts: readonly ColumnVerdict[],
): readonly CellConverter[] {
  return columns.flatMap((column, i) => createConverter(column, i, verdicts[i]!) ?? []);
}

export const valueTools = {
  createEvidences,
  addToEvidence,
  areNumbersKnown,
  isAllClosed,
  onlyKind,
  isFormatted,
  passedDates,
  hasBitsOfShape,
  bytesScreen,
  passesNumber,
  tellsByKind,
  mergeEvidences,
  textSteps,
  judgeAll,
  createConverters,
  dateReader,
};
