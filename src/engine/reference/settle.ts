/**
 * The measuring passes: each reads what the rules need to know about all rows before the next may
 * run.
 */

import { type MemoryBudget, release, reserve } from '../../base/memory-budget.js';
import { addToAggregate, aggregateValue, createAggregate } from '../expression/aggregates.js';
import type { CompiledAggregate } from '../expression/compile-expression.js';
import { createCounts, type ExpressionCounts } from '../expression/tree.js';
import { capFile, isCapped, warnOfMany } from '../judge-table.js';
import { judgeColumn } from '../outliers/judge-column.js';
import { aggregatesOf, deriveLevels } from '../plan-table.js';
import { applyAction, findOutliers, type JudgedColumn } from '../rows/find-outliers.js';
import { groupOfRow } from '../rows/group-rows.js';
import type { Row } from '../rows/read-row.js';
import { addToSample, createSample, finishSample, type GrowingSample } from '../sample-columns.js';
import { deriveColumns } from './derive-columns.js';
import { type Pass, walkAllRows, walkPass } from './walk-pass.js';

/** Settles the aggregates of `--where`, over all rows that are neither blank nor rejected. */
export function settleWhere(pass: Pass): void {
  const aggregates = pass.plan.where?.compiled.aggregates ?? [];
  if (aggregates.length === 0) return;
  const { whereCounts } = pass.settled;
  const wanted = aggregates.map((one) => ({ one, counts: whereCounts }));
  pass.settled.whereAggregates = aggregate(wanted, walkAllRows(pass), pass.context.budget);
}

/** Rows between two looks at the budget. */
const ROWS_PER_RESERVE = 65_536;
/** A median keeps every value, in an array that doubles. */
const MEDIAN_BYTES_PER_ROW = 16;

/** An aggregate, and where the texts it passes over are counted. */
interface Wanted {
  readonly one: CompiledAggregate;
  readonly counts: ExpressionCounts;
}

function aggregate(
  aggregates: readonly Wanted[],
  rows: Iterable<Row>,
  budget: MemoryBudget,
): (number | null)[] {
  const states = aggregates.map(({ one }) => createAggregate(one.name));
  const medianCount = aggregates.filter(({ one }) => one.name === 'median').length;
  const stepBytes = medianCount * ROWS_PER_RESERVE * MEDIAN_BYTES_PER_ROW;
  let rowCount = 0;
  for (const row of rows) {
    if (rowCount % ROWS_PER_RESERVE === 0) reserve(budget, stepBytes, 'the values of a median');
    rowCount++;
    aggregates.forEach(({ one, counts }, i) => {
      addToAggregate(states[i]!, one.evaluate(row.cells, counts));
    });
  }
  release(budget, stepBytes * Math.ceil(rowCount / ROWS_PER_RESERVE));
  return states.map(aggregateValue);
}

/** Settles the fences of every judged column, over the rows the filter lets through. */
export function settleOutliers(pass: Pass): void {
  const { plan, settled, context } = pass;
  if (plan.judged.length === 0) return;
  const before = context.budget.reservedBytes;
  const isNamed = plan.rules.outliers.columns !== null;
  const samples = plan.judged.map((column) => createSample(column, context.budget, isNamed));
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
  settled.warnings.push(...warnOfMany(settled.judged, plan));
  release(context.budget, context.budget.reservedBytes - before);
  if (!isCapped(settled.judged, plan)) return;
  const { judged, warnings } = capFile(settled.judged, countOutlierRows(pass), rowCount);
  settled.judged = judged;
  settled.warnings.push(...warnings);
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

/** How many rows have a value beyond a fence; bounds do not count. */
function countOutlierRows(pass: Pass): number {
  const { plan, settled } = pass;
  const fencesOnly = { ...plan, bounds: [] };
  let outlierRows = 0;
  for (const row of walkPass(pass)) {
    const group = groupOfRow(row, plan.groupBy, settled.groups);
    if (findOutliers(row, fencesOnly, settled.judged, group).length > 0) outlierRows++;
  }
  return outlierRows;
}

/**
 * Settles the aggregates of `--derive` level by level, over the rows that are left after outliers.
 */
export function settleDerives(pass: Pass): void {
  const { derives } = pass.plan;
  for (let level = 1; level <= deriveLevels(pass.plan); level++) {
    const wanted = aggregatesOf(pass.plan, level);
    const values = aggregate(
      wanted.map(({ at, i }) => ({
        one: derives[at]!.compiled.aggregates[i]!,
        counts: pass.settled.deriveCounts[at]!,
      })),
      walkLeft(pass, level - 1),
      pass.context.budget,
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
