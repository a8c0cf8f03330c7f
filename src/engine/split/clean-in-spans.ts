/** One large input in spans, from the first byte to the report. */
import type { TableReport } from '../engine.js';
import type { CompiledAggregate } from '../expression/compile-expression.js';
import { keyPlans } from '../plan-keys.js';
import { countPasses, type TablePlan } from '../plan-table.js';
import type { SampleLimits } from './limits.js';
import type { Passes } from './passes.js';
import { settleDuplicates } from './settle-duplicates.js';
import { settleFilter, settleRows } from './settle-table.js';
import {
  beginTable,
  cleanTable,
  countTable,
  measureTable,
  type SplitRun,
  type SplitTable,
  type Steps,
} from './table-steps.js';

export function* cleanInSpans(table: SplitTable, limits: SampleLimits): Steps<TableReport> {
  const { plan, spans } = table;
  const run = isEnteredUncounted(plan) ? beginTable(table) : yield* countTable(table);
  const extent = { lastSpan: spans.length - 1, lineEnds: run.lineEnds, limits };
  yield* measureAll(run, settleFilter(plan, run.settled, extent));
  yield* settleDuplicates(run);
  yield* measureAll(run, settleRows(plan, run.settled, extent));
  return yield* cleanTable(run);
}

function* measureAll(run: SplitRun, passes: Passes<void>): Steps<void> {
  let ask = passes.next();
  while (ask.done !== true) ask = passes.next(yield* measureTable(run, ask.value));
}

/**
 * Whether the first pass does without a count of what stands before each span: it looks at all
 * records, and so proves where each span begins and on which line. Ranks are looked for by a sample
 * whose density follows from the count, and cleaning tells lines before any pass has.
 */
function isEnteredUncounted(plan: TablePlan): boolean {
  const aggregates = aggregatesIn(plan);
  const seeksRanks = plan.judged.length > 0 || aggregates.some(({ name }) => name === 'median');
  // Values that are no numbers, and the like, are told with their lines; so are duplicates.
  const hasFirstLook = (plan.where?.compiled.aggregates.length ?? 0) > 0;
  const tellsLines = plan.values.length > 0 || (keyPlans(plan).length > 0 && !hasFirstLook);
  return aggregates.length > 0 && !seeksRanks && !tellsLines;
}

/** All of its values are needed at once. */
export function isGroupedMedian({ name, by }: CompiledAggregate): boolean {
  return name === 'median' && by !== null;
}

function aggregatesIn({ where, derives }: TablePlan): readonly CompiledAggregate[] {
  const inWhere = where?.compiled.aggregates ?? [];
  return [...inWhere, ...derives.flatMap(({ compiled }) => compiled.aggregates)];
}

/** How many steps there are at the most. */
export function countSteps(plan: TablePlan): number {
  const merges = keyPlans(plan).length;
  return countPasses(plan) + merges + (isEnteredUncounted(plan) ? 0 : 1);
}

/**
 * Whether a table can be cut into spans: groups are judged by all of their values at once, which
 * medians of groups need as well; a cell that is filled from above may need one of another span.
 */
export function canSplit(plan: TablePlan): boolean {
  if (aggregatesIn(plan).some(isGroupedMedian)) return false;
  const fillsDown = plan.values.some(({ rules }) => rules.fill?.kind === 'down');
  return plan.groupBy.length === 0 && !fillsDown;
}
