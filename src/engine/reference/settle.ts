/** The measuring passes: each reads what the rules need to know about all rows before the next may run. */

import { release } from '../../base/memory-budget.js';
import { addToAggregate, aggregateValue, createAggregate } from '../expression/aggregates.js';
import type { CompiledAggregate } from '../expression/compile-expression.js';
import { exceedsFileCap, FILE_CAP_SHARE } from '../outliers/file-cap.js';
import { judgeColumn } from '../outliers/judge-column.js';
import type { Verdict } from '../outliers/verdict.js';
import { createCounts, deriveColumns } from './derive-columns.js';
import { applyAction, findOutliers, type JudgedColumn } from './find-outliers.js';
import type { Row } from './read-rows.js';
import {
  addToSample,
  createSample,
  finishSample,
  type GrowingSample,
  groupOfRow,
} from './sample-columns.js';
import { type Pass, walkAllRows, walkPass } from './walk-pass.js';

/** Settles the aggregates of `--where`, over all rows that are neither blank nor rejected. */
export function settleWhere(pass: Pass): void {
  const aggregates = pass.plan.where?.compiled.aggregates ?? [];
  if (aggregates.length === 0) return;
  pass.settled.whereAggregates = aggregate(aggregates, walkAllRows(pass));
}

function aggregate(
  aggregates: readonly CompiledAggregate[],
  rows: Iterable<Row>,
): (number | null)[] {
  const states = aggregates.map(({ name }) => createAggregate(name));
  const counts = createCounts();
  for (const row of rows) {
    aggregates.forEach((one, i) => {
      addToAggregate(states[i]!, one.evaluate(row.cells, counts));
    });
  }
  return states.map(aggregateValue);
}

/** Settles the fences of every judged column, over the rows the filter lets through. */
export function settleOutliers(pass: Pass): void {
  const { plan, settled, context } = pass;
  if (plan.judged.length === 0) return;
  const before = context.budget.reservedBytes;
  const samples = plan.judged.map((column) => createSample(column, context.budget));
  let rowCount = 0;
  for (const row of walkPass(pass)) {
    rowCount++;
    const group = groupOfRow(row, plan.groupBy, settled.groups);
    for (const sample of samples) {
      const text = row.cells[sample.column.index] as string;
      addToSample(sample, text, group, context.budget);
    }
  }
  settled.judged = samples.map((sample) => judge(sample, pass));
  release(context.budget, context.budget.reservedBytes - before);
  capFile(pass, rowCount);
}

function judge(sample: GrowingSample, pass: Pass): JudgedColumn {
  const { plan, settled } = pass;
  const groupCount = plan.groupBy.length === 0 ? 0 : Math.max(1, settled.groups.size);
  const { method, named } = plan.rules.outliers;
  return {
    column: sample.column,
    verdict: judgeColumn(finishSample(sample, groupCount), method, named),
  };
}

/** `auto` sets aside at most 1 % of the rows: beyond that every column is only reported. */
function capFile(pass: Pass, rowCount: number): void {
  const { plan, settled } = pass;
  if (plan.rules.outliers.named || settled.judged.every(({ verdict }) => verdict.reason !== null)) {
    return;
  }
  const fencesOnly = { ...plan, bounds: [] };
  let outlierRows = 0;
  for (const row of walkPass(pass)) {
    const group = groupOfRow(row, plan.groupBy, settled.groups);
    if (findOutliers(row, fencesOnly, settled.judged, group).length > 0) outlierRows++;
  }
  if (!exceedsFileCap(outlierRows, rowCount)) return;
  settled.judged = settled.judged.map(({ column, verdict }) => ({
    column,
    verdict: verdict.reason === null ? capped(verdict, outlierRows, rowCount) : verdict,
  }));
}

function capped(verdict: Verdict, outlierRows: number, rowCount: number): Verdict {
  const share = FILE_CAP_SHARE * 100;
  return {
    ...verdict,
    fences: verdict.fences.map(() => null),
    reason: 'file_cap',
    detail:
      `${outlierRows.toLocaleString('en-US')} of ${rowCount.toLocaleString('en-US')} rows ` +
      `would go, more than ${share} %`,
    remedy: '--outliers gap takes them out all the same',
    outlierCount: 0,
  };
}

/** Settles the aggregates of `--derive` level by level, over the rows that are left after outliers. */
export function settleDerives(pass: Pass): void {
  const { derives } = pass.plan;
  const levels = Math.max(0, ...derives.flatMap((derive) => derive.aggregateLevels));
  for (let level = 1; level <= levels; level++) {
    const wanted = derives.flatMap((derive, at) =>
      derive.aggregateLevels.flatMap((one, i) => (one === level ? [{ at, i }] : [])),
    );
    const values = aggregate(
      wanted.map(({ at, i }) => derives[at]!.compiled.aggregates[i]!),
      walkLeft(pass, level - 1),
    );
    wanted.forEach(({ at, i }, k) => {
      pass.settled.deriveAggregates[at]![i] = values[k]!;
    });
  }
}

/** The rows that will be written, with derived columns up to `level`. */
function* walkLeft(pass: Pass, level: number): Generator<Row> {
  const { plan, settled } = pass;
  const counts = plan.derives.map(createCounts);
  const { action } = plan.rules.outliers;
  for (const row of walkPass(pass)) {
    const group = groupOfRow(row, plan.groupBy, settled.groups);
    const findings = findOutliers(row, plan, settled.judged, group);
    if (findings.length > 0 && action === 'drop') continue;
    applyAction(row, findings, action, plan.flagSlot);
    deriveColumns(row, plan.derives, settled.deriveAggregates, counts, level);
    yield row;
  }
}
