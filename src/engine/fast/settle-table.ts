/** The measuring passes of a whole table, in the order of the reference engine's. */
import { capFile, isCapped, warnOfMany } from '../judge-table.js';
import { judgeColumn } from '../outliers/judge-column.js';
import { aggregatesOfDerives, aggregatesOfWhere, settledValue } from '../pass-aggregates.js';
import { aggregatesOf, deriveLevels, needsVerdicts } from '../plan-table.js';
import {
  addAllToSample,
  createSample,
  finishSample,
  freeSample,
  isText,
} from '../sample-columns.js';
import { loadedValueTools } from '../values/load-values.js';
import { expectedRows } from './expected-rows.js';
import { filterSilently, measureBeyond, measureDerives, measureWhere } from './measure-table.js';
import { measureValues } from './measure-values.js';
import { readNumbers } from './read-cells.js';
import { groupsOf } from './select-rows.js';
import type { Table } from './table.js';
import { walkBlocks } from './walk-blocks.js';

/** Settles how the columns with rules for their values are read, and what converts them. */
export function settleValues(table: Table): void {
  const { plan } = table;
  if (plan.values.length === 0) return;
  const { judgeAll, createConverters } = loadedValueTools();
  table.values = judgeAll(plan.values, needsVerdicts(plan) ? measureValues(table) : null);
  table.converters = createConverters(plan.values, table.values);
}

/** Settles the aggregates of `--where`, over all rows that are neither blank nor rejected. */
export function settleWhere(table: Table): void {
  const { plan } = table;
  const wanted = aggregatesOfWhere(plan);
  if (wanted.length === 0) return;
  table.whereAggregates = measureWhere(table).map((state, i) =>
    settledValue(state, wanted[i]!, plan),
  );
}

/** Settles the fences of every judged column, over the rows the filter lets through. */
export function settleOutliers(table: Table): void {
  const { plan, context } = table;
  if (plan.judged.length === 0) return;
  const { budget } = context;
  const isNamed = plan.rules.outliers.columns !== null;
  const samples = plan.judged.map((column) => createSample(column, budget, isNamed));
  let rowCount = 0;
  for (const block of walkBlocks(table)) {
    const selection = filterSilently(table, block);
    const groups = groupsOf(table, block, selection);
    rowCount += selection.count;
    const open = samples.filter((sample) => !isText(sample));
    const columns = readNumbers(
      block,
      open.map(({ column }) => column.index),
    );
    const expected = expectedRows(table, block, rowCount);
    open.forEach((sample, i) => {
      addAllToSample(sample, columns[i]!, selection, groups, budget, expected);
    });
  }
  const { method, named } = plan.rules.outliers;
  const groupCount = plan.groupBy.length === 0 ? 0 : Math.max(1, table.groups.size);
  table.judged = samples.map((sample) => ({
    column: sample.column,
    verdict: judgeColumn(finishSample(sample, groupCount), method, named),
  }));
  table.warnings.push(...warnOfMany(table.judged, plan));
  for (const sample of samples) freeSample(sample, budget);
  if (!isCapped(table.judged, plan)) return;
  const { judged, warnings } = capFile(table.judged, measureBeyond(table).rowsBeyond, rowCount);
  table.judged = judged;
  table.warnings.push(...warnings);
}

/**
 * Settles the aggregates of `--derive` level by level, over the rows that are left after outliers.
 */
export function settleDerives(table: Table): void {
  const { plan } = table;
  for (let level = 1; level <= deriveLevels(plan); level++) {
    const states = measureDerives(table, level);
    const wanted = aggregatesOfDerives(plan, level);
    const values = states.map((state, k) => settledValue(state, wanted[k]!, plan));
    aggregatesOf(plan, level).forEach(({ at, i }, k) => {
      table.deriveAggregates[at]![i] = values[k]!;
    });
  }
}
