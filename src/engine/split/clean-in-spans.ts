/** One large input in spans, from the first byte to the report. */
import type { TableReport } from '../engine.js';
import type { TablePlan } from '../plan-table.js';
import type { SampleLimits } from './limits.js';
import { settleTable } from './settle-table.js';
import {
  cleanTable,
  countTable,
  measureTable,
  type SplitTable,
  type Steps,
} from './table-steps.js';

export function* cleanInSpans(table: SplitTable, limits: SampleLimits): Steps<TableReport> {
  const run = yield* countTable(table);
  const { plan, spans } = table;
  const extent = { lastSpan: spans.length - 1, lineEnds: run.lineEnds, limits };
  const passes = settleTable(plan, run.settled, extent);
  let ask = passes.next();
  while (ask.done !== true) ask = passes.next(yield* measureTable(run, ask.value));
  return yield* cleanTable(run);
}

/** Whether a table can be measured in bounded memory, and so be cut into spans. */
export function canSplit(plan: TablePlan): boolean {
  const compiled = [...plan.derives.map((derive) => derive.compiled)];
  if (plan.where !== null) compiled.push(plan.where.compiled);
  const hasMedian = compiled.some(({ aggregates }) =>
    aggregates.some(({ name }) => name === 'median'),
  );
  return plan.groupBy.length === 0 && !hasMedian;
}
