/**
 * The measuring passes: each reads what the rules need to know about all rows before the next may
 * run.
 */

import { type MemoryBudget, release, reserve } from '../../base/memory-budget.js';
import {
  type AggregateState,
  addToAggregate,
  aggregateValue,
  createAggregate,
} from '../expression/aggregates.js';
import type { CompiledAggregate } from '../expression/compile-expression.js';
import { groupKeyOf } from '../expression/group-key.js';
import type { AggregateValue } from '../expression/grouped-value.js';
import { createCounts, type ExpressionCounts } from '../expression/tree.js';
import { capFile, isCapped, warnOfMany } from '../judge-table.js';
import { judgeColumn } from '../outliers/judge-column.js';
import {
  aggregatesOfDerives,
  aggregatesOfWhere,
  type PassAggregate,
  refuseManyGroups,
} from '../pass-aggregates.js';
import { aggregatesOf, deriveLevels, type TablePlan } from '../plan-table.js';
import { applyAction, findOutliers, type JudgedColumn } from '../rows/find-outliers.js';
import { groupOfRow } from '../rows/group-rows.js';
import type { Row } from '../rows/read-row.js';
import { addToSample, createSample, finishSample, type GrowingSample } from '../sample-columns.js';
import { deriveColumns } from './derive-columns.js';
import { type Pass, walkAllRows, walkPass } from './walk-pass.js';

/** Settles the aggregates of `--where`, over all rows that are neither blank nor rejected. */
export function settleWhere(pass: Pass): void {
  const aggregates = aggregatesOfWhere(pass.plan);
  if (aggregates.length === 0) return;
  const { whereCounts } = pass.settled;
  const wanted = aggregates.map((aggregate) => ({ aggregate, counts: whereCounts }));
  pass.settled.whereAggregates = aggregateRows(wanted, walkAllRows(pass), pass);
}

/** Rows between two looks at the budget. */
const ROWS_PER_RESERVE = 65_536;
/** A median keeps every value, in an array that doubles. */
const MEDIAN_BYTES_PER_ROW = 16;

/** What a group takes beside the letters of its key, in bytes; with squares of values. */
const GROUP_BYTES = 1000;
const SQUARES_BYTES = 1200;

/** An aggregate, and where the texts it passes over are counted. */
interface Wanted {
  readonly aggregate: PassAggregate;
  readonly counts: ExpressionCounts;
}

/** By the key of their rows: one state for all, or one for each group. */
type States = Map<string, AggregateState>;

function aggregateRows(
  wanted: readonly Wanted[],
  rows: Iterable<Row>,
  { plan, context: { budget } }: Pass,
): AggregateValue[] {
  const before = budget.reservedBytes;
  const states = wanted.map(({ aggregate: { one } }): States => {
    return new Map(one.by === null ? [['', createAggregate(one.name)]] : []);
  });
  const medianCount = wanted.filter(({ aggregate }) => aggregate.one.name === 'median').length;
  const stepBytes = medianCount * ROWS_PER_RESERVE * MEDIAN_BYTES_PER_ROW;
  let rowCount = 0;
  for (const row of rows) {
    if (rowCount % ROWS_PER_RESERVE === 0) reserve(budget, stepBytes, 'the values of a median');
    rowCount++;
    wanted.forEach(({ aggregate: { one }, counts }, i) => {
      const value = one.evaluate(row.cells, counts);
      const key = one.by === null ? '' : groupKeyOf(row.cells, one.by);
      const state = stateOf(states[i]!, key, one, plan, budget);
      if (state !== null) addToAggregate(state, value);
    });
  }
  release(budget, budget.reservedBytes - before);
  return wanted.map(({ aggregate }, i) => settledOf(states[i]!, aggregate, plan));
}

/** The state of a group, a new one where there is none; null where there are too many already. */
function stateOf(
  states: States,
  key: string,
  { name }: CompiledAggregate,
  { rules: { maxGroups } }: TablePlan,
  budget: MemoryBudget,
): AggregateState | null {
  const known = states.get(key);
  if (known !== undefined) return known;
  if (states.size > maxGroups) return null;
  const bytes = GROUP_BYTES + (name === 'std' ? SQUARES_BYTES : 0) + 2 * key.length;
  reserve(budget, bytes, 'the groups of "by"');
  const state = createAggregate(name);
  states.set(key, state);
  return state;
}

function settledOf(states: States, aggregate: PassAggregate, plan: TablePlan): AggregateValue {
  if (aggregate.one.by === null) return aggregateValue(states.get('')!);
  refuseManyGroups(states.size, aggregate, plan);
  const values = [...states.values()].map((state) => aggregateValue(state) ?? Number.NaN);
  return { keys: [...states.keys()], values: Float64Array.from(values) };
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
    const group = groupOfRow(row, plan, settled.groups);
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
    const group = groupOfRow(row, plan, settled.groups);
    if (findOutliers(row, fencesOnly, settled.judged, group).length > 0) outlierRows++;
  }
  return outlierRows;
}

/**
 * Settles the aggregates of `--derive` level by level, over the rows that are left after outliers.
 */
export function settleDerives(pass: Pass): void {
  for (let level = 1; level <= deriveLevels(pass.plan); level++) {
    const wanted = aggregatesOf(pass.plan, level);
    const aggregates = aggregatesOfDerives(pass.plan, level);
    const values = aggregateRows(
      wanted.map(({ at }, k) => ({
        aggregate: aggregates[k]!,
        counts: pass.settled.deriveCounts[at]!,
      })),
      walkLeft(pass, level - 1),
      pass,
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
    const group = groupOfRow(row, plan, settled.groups);
    const findings = findOutliers(row, plan, settled.judged, group);
    if (findings.length > 0 && action === 'drop') continue;
    applyAction(row, findings, action, plan.flagSlot);
    deriveColumns(row, plan.derives, settled.deriveAggregates, counts, level);
    yield row;
  }
}
