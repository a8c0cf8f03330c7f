/**
 * Settles several tables as if they were one, in their order: the same fences, and the same
 * aggregates, for all. Columns are the same when their final names are. A pass asks each table for
 * what it has of the columns that are asked for.
 */
import type { Column } from '../columns.js';
import type { TablePlan } from '../plan-table.js';
import type { JudgedColumn } from '../rows/find-outliers.js';
import { createSettled, type Settled } from '../settled.js';
import { createMoments } from '../statistics/exact-sum.js';
import { NO_TAILS } from '../statistics/tails.js';
import { addFields } from '../tally.js';
import { loadedValueTools } from '../values/load-values.js';
import type { ValueColumn } from '../values/plan-values.js';
import type { SampleLimits } from './limits.js';
import type { ColumnHead, ColumnMeasures, MeasureRequest, Measures } from './measures.js';
import { sumMeasures } from './merge-measures.js';
import type { Ask, Passes } from './passes.js';
import type { SplitExtent } from './settle-columns.js';
import { settleFilter, settleRows } from './settle-table.js';
import type { SplitRun } from './table-steps.js';

/** What one table is asked for in a pass. */
export interface TableAsk {
  readonly run: SplitRun;
  readonly ask: Ask;
}

/** Tables that are judged together. */
export interface TogetherRun {
  readonly runs: readonly SplitRun[];
  /** Of all of them. */
  readonly plan: TablePlan;
  readonly settled: Settled;
  readonly extent: SplitExtent;
}

/**
 * What was settled with other tables beside them is forgotten, such as with one that failed since.
 * @param runs at least one, by the same rules.
 */
export function joinTables(runs: readonly SplitRun[], limits: SampleLimits): TogetherRun {
  for (const { table, settled } of runs) {
    const { passesBegun } = settled;
    Object.assign(settled, createSettled(table.plan), { passesBegun });
  }
  const plan = joinPlans(runs.map(({ table }) => table.plan));
  const lastSpan = runs.reduce((sum, { table }) => sum + table.spans.length, 0) - 1;
  const lineEnds = runs.reduce((sum, run) => sum + run.lineEnds, 0);
  return { runs, plan, settled: createSettled(plan), extent: { lastSpan, lineEnds, limits } };
}

/** Yields what to ask; is told the answers in the same order. */
type Asks = Generator<readonly TableAsk[], void, readonly Measures[]>;

/** What says which rows the filter leaves. Duplicates are those of each table, and come next. */
export function settleFilterOfAll(all: TogetherRun): Asks {
  return settleAll(all, settleFilter(all.plan, all.settled, all.extent));
}

/** What follows from the rows that are left. */
export function* settleRowsOfAll(all: TogetherRun): Asks {
  yield* settleAll(all, settleRows(all.plan, all.settled, all.extent));
  // What is said of all stands with the first.
  all.runs[0]!.settled.warnings.push(...all.settled.warnings);
}

function* settleAll({ runs, plan, settled }: TogetherRun, passes: Passes<void>): Asks {
  let ask = passes.next();
  while (ask.done !== true) {
    const { request } = ask.value;
    for (const run of runs) share(run, plan, settled);
    const asks = divideAsk(runs, plan, ask.value);
    const answers = yield asks;
    const sum = sumMeasures(request);
    asks.forEach(({ run }, i) => {
      countExpressions(run, request, answers[i]!);
      sum.add(translateAnswer(run.table.plan, plan, request, answers[i]!));
    });
    ask = passes.next(sum.total());
  }
  for (const run of runs) share(run, plan, settled);
}

/** A plan that judges the columns of all tables, each name once; values likewise. */
function joinPlans(plans: readonly TablePlan[]): TablePlan {
  const judged: Column[] = [];
  for (const column of plans.flatMap((plan) => plan.judged)) {
    if (judged.some(({ name }) => name === column.name)) continue;
    judged.push({ ...column, index: judged.length });
  }
  const values: ValueColumn[] = [];
  for (const one of plans.flatMap((plan) => plan.values)) {
    if (values.some(({ column }) => column.name === one.column.name)) continue;
    values.push({ ...one, column: { ...one.column, index: values.length } });
  }
  return { ...plans[0]!, judged, values };
}

/** The column of that name, or undefined. */
function findIn(plan: TablePlan, { name }: Column): Column | undefined {
  return plan.judged.find((column) => column.name === name);
}

/** The place of the column of that name among those with rules for their values. */
function valueIn(plan: TablePlan, { name }: Column): number {
  return plan.values.findIndex(({ column }) => column.name === name);
}

/** Gives a table what is settled for all. */
function share(
  { table, settled }: SplitRun,
  plan: TablePlan,
  { whereAggregates, judged, deriveAggregates, values }: Settled,
) {
  settled.whereAggregates = whereAggregates;
  if (values.length > 0) {
    settled.values = table.plan.values.map(({ column }) => {
      const verdict = values[valueIn(plan, column)]!;
      return { ...verdict, column: column.index };
    });
  }
  settled.judged = table.plan.judged.flatMap((column): readonly JudgedColumn[] => {
    const found = judged.find((one) => one.column.name === column.name);
    return found === undefined ? [] : [{ column, verdict: found.verdict }];
  });
  deriveAggregates.forEach((values, at) => {
    values.forEach((value, i) => {
      settled.deriveAggregates[at]![i] = value;
    });
  });
}

/** The spans of all tables are numbered through. */
function divideAsk(
  runs: readonly SplitRun[],
  plan: TablePlan,
  { request, firstSpan, lastSpan }: Ask,
): readonly TableAsk[] {
  const asks: TableAsk[] = [];
  let before = 0;
  for (const run of runs) {
    const { spans } = run.table;
    const first = Math.max(firstSpan - before, 0);
    const last = Math.min(lastSpan - before, spans.length - 1);
    before += spans.length;
    if (first > last) continue;
    const own = translateRequest(run.table.plan, plan, request);
    asks.push({ run, ask: { request: own, firstSpan: first, lastSpan: last } });
  }
  return asks;
}

function translateRequest(
  own: TablePlan,
  plan: TablePlan,
  request: MeasureRequest,
): MeasureRequest {
  const indexOf = (column: number): number | undefined => findIn(own, plan.judged[column]!)?.index;
  if (request.kind === 'columns') {
    const columns = request.columns.flatMap((one) => {
      const column = indexOf(one.column);
      return column === undefined ? [] : [{ ...one, column }];
    });
    return { kind: 'columns', columns };
  }
  if (request.kind !== 'heads') return request;
  const columns = request.columns.flatMap((column) => indexOf(column) ?? []);
  return { ...request, columns };
}

const NO_HEAD: ColumnHead = { values: new Float64Array(0), notations: new Uint8Array(0) };

/** The answer as if the table had all columns, those it lacks without a cell. */
function translateAnswer(
  own: TablePlan,
  plan: TablePlan,
  request: MeasureRequest,
  answer: Measures,
): Measures {
  const hasColumn = (column: number): boolean => findIn(own, plan.judged[column]!) !== undefined;
  if (answer.kind === 'columns' && request.kind === 'columns') {
    const rest = [...answer.columns];
    const columns = request.columns.map((one) =>
      hasColumn(one.column) ? rest.shift()! : noCells(one.intervals.length, one),
    );
    return { kind: 'columns', columns };
  }
  if (answer.kind === 'heads' && request.kind === 'heads') {
    const rest = [...answer.heads];
    const heads = request.columns.map((column) => (hasColumn(column) ? rest.shift()! : NO_HEAD));
    return { kind: 'heads', heads };
  }
  if (answer.kind === 'values') {
    const none = loadedValueTools().createEvidences(plan.values);
    const evidence = plan.values.map(({ column }, i) => {
      const at = valueIn(own, column);
      return at < 0 ? none[i]! : answer.evidence[at]!;
    });
    return { kind: 'values', evidence };
  }
  if (answer.kind !== 'beyond') return answer;
  const valuesBeyond = plan.judged.map((column) => {
    const at = own.judged.findIndex(({ name }) => name === column.name);
    return at < 0 ? 0 : answer.valuesBeyond[at]!;
  });
  return { ...answer, valuesBeyond };
}

function noCells(
  intervalCount: number,
  { wantsTails, wantsMoments }: { readonly wantsTails: boolean; readonly wantsMoments: boolean },
): ColumnMeasures {
  return {
    ...{ valueCount: 0, textCount: 0, leadingTextCount: 0 },
    intervals: Array.from({ length: intervalCount }, () => ({
      ...{ below: 0, atLow: 0, inside: 0, atHigh: 0, values: new Float64Array(0) },
    })),
    tails: wantsTails ? NO_TAILS : null,
    moments: wantsMoments ? createMoments() : null,
  };
}

/** What expressions lost on the way is told of each table by itself. */
function countExpressions({ settled }: SplitRun, request: MeasureRequest, answer: Measures): void {
  if (answer.kind !== 'aggregates' || !('isFirst' in request) || !request.isFirst) return;
  const counts = request.kind === 'where' ? [settled.whereCounts] : settled.deriveCounts;
  answer.counts.forEach((one, i) => {
    addFields(counts[i]!, one);
  });
}
