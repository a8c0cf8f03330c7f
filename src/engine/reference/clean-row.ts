/**
 * The last steps for one row of the writing pass: outliers, derive, write; each counted where it
 * happens.
 */

import { looksNa } from '../../csv/missing.js';
import type { ByteWriter } from '../byte-writer.js';
import { toCell } from '../expression/tree.js';
import { type Tally, tallySample, tallyTakenOut } from '../tally.js';
import { deriveColumns } from './derive-columns.js';
import { applyAction, type Finding, findOutliers } from './find-outliers.js';
import { type Row, recordText } from './read-rows.js';
import { groupOfRow } from './sample-columns.js';
import type { Pass } from './walk-pass.js';
import { writeRow } from './write-row.js';

/** Takes the row out or writes it. */
export function cleanRow(row: Row, pass: Pass, tally: Tally, writer: ByteWriter): void {
  const { plan, settled, context } = pass;
  const { action } = plan.rules.outliers;
  const group = groupOfRow(row, plan.groupBy, settled.groups);
  const findings = findOutliers(row, plan, settled.judged, group);
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
    tallySample(tally, finding.rule, row.walked.line, () => [finding.message, now]);
  }
  const level = Number.MAX_SAFE_INTEGER;
  deriveColumns(row, plan.derives, settled.deriveAggregates, settled.deriveCounts, level);
  for (const derive of plan.derives) {
    const value = row.cells[derive.slot] ?? null;
    tallySample(tally, 'derive', row.walked.line, () => [derive.source, toCell(value)]);
  }
  for (const column of plan.columns) {
    if (looksNa(row.cells[column.index] as string)) tally.naCells++;
  }
  writeRow(writer, row, plan, context.dialect, tally);
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
