/**
 * The last steps for one row of the writing pass: outliers, derive, write; each counted where it
 * happens.
 */

import type { Dialect } from '../../csv/dialect.js';
import { looksNa } from '../../csv/missing.js';
import type { ByteWriter } from '../byte-writer.js';
import { toCell } from '../expression/tree.js';
import type { TablePlan } from '../plan-table.js';
import { type Tally, tallySample, tallyTakenOut } from '../tally.js';
import { applyAction, type Finding, findOutliers, type JudgedColumn } from './find-outliers.js';
import { type GroupNumbers, groupOfRow } from './group-rows.js';
import { type Row, recordText } from './read-row.js';
import { writeRow } from './write-row.js';

/** What is known once every measuring pass is over. */
export interface CleaningContext {
  readonly plan: TablePlan;
  readonly dialect: Dialect;
  readonly judged: readonly JudgedColumn[];
  readonly groups: GroupNumbers;
  /** Fills the slots of the derived columns. */
  derive(row: Row): void;
}

/** Takes the row out or writes it. */
export function cleanRow(
  row: Row,
  context: CleaningContext,
  tally: Tally,
  writer: ByteWriter,
): void {
  const { plan, dialect } = context;
  const { action } = plan.rules.outliers;
  const group = groupOfRow(row, plan, context.groups);
  const findings = findOutliers(row, plan, context.judged, group);
  if (findings.length > 0) {
    if (action === 'drop') {
      takeOut(row, findings, tally);
      return;
    }
    // A value beyond a bound and a fence is one value.
    tally.outlierValues += new Set(findings.map((finding) => finding.column)).size;
  }
  applyAction(row, findings, action, plan.flagSlot);
  for (const finding of findings) {
    const now = row.cells[finding.column.index] as string;
    const { rule, message, column } = finding;
    tallySample(tally, rule, row.walked.line, () => [message, now], column.name);
  }
  context.derive(row);
  for (const derive of plan.derives) {
    const value = row.cells[derive.slot] ?? null;
    const { source, name } = derive;
    tallySample(tally, 'derive', row.walked.line, () => [source, toCell(value)], name);
  }
  for (const column of plan.columns) {
    if (looksNa(row.cells[column.index] as string)) tally.naCells++;
  }
  writeRow(writer, row, plan, dialect, tally);
  tally.rows.kept++;
}

function takeOut(row: Row, findings: readonly Finding[], tally: Tally): void {
  const [first] = findings;
  tallyTakenOut(tally, {
    line: row.walked.line,
    byteOffset: row.walked.offsetBytes,
    rule: first!.rule,
    column: first!.column.name,
    value: first!.value,
    message: findings.map((finding) => finding.message).join('; '),
    record: recordText(row.walked),
  });
}
