/**
 * The aggregates that a pass settles, and what becomes of their states at its end. Shared by the
 * engines and the passes over spans; who adds rows to states is theirs.
 */
import { CsvcleanError } from '../base/error.js';
import { formatCount } from '../base/format-count.js';
import { type AggregateState, aggregateValue, createAggregate } from './expression/aggregates.js';
import type { CompiledAggregate } from './expression/compile-expression.js';
import type { GroupedState } from './expression/grouped-aggregates.js';
import type { AggregateValue } from './expression/grouped-value.js';
import { expressionCompiler } from './expression/load-compiler.js';
import { aggregatesOf, type TablePlan } from './plan-table.js';

/** An aggregate, and the option it stands in. */
export interface PassAggregate {
  readonly one: CompiledAggregate;
  readonly flag: '--where' | '--derive';
  readonly source: string;
}

/** Of an aggregate over all rows, or by groups. */
export type PassState = AggregateState | GroupedState;

/** In order of first use. */
export function aggregatesOfWhere({ where }: TablePlan): readonly PassAggregate[] {
  if (where === null) return [];
  const { source, compiled } = where;
  return compiled.aggregates.map((one) => ({ one, flag: '--where', source }));
}

/** In the order of `aggregatesOf`. */
export function aggregatesOfDerives(plan: TablePlan, level: number): readonly PassAggregate[] {
  return aggregatesOf(plan, level).map(({ at, i }) => {
    const { source, compiled } = plan.derives[at]!;
    return { one: compiled.aggregates[i]!, flag: '--derive', source };
  });
}

/** Of no rows yet. */
export function createState({ one }: PassAggregate, { rules }: TablePlan): PassState {
  if (one.by === null) return createAggregate(one.name);
  return expressionCompiler().createGrouped(one.name, rules.maxGroups);
}

export function isGrouped(state: PassState): state is GroupedState {
  return 'keys' in state;
}

/**
 * The value over all rows added.
 * @throws CsvcleanError TOO_MANY_GROUPS.
 */
export function settledValue(
  state: PassState,
  aggregate: PassAggregate,
  plan: TablePlan,
): AggregateValue {
  if (!isGrouped(state)) return aggregateValue(state);
  refuseManyGroups(state.keys.length, aggregate, plan);
  return expressionCompiler().groupedValue(state);
}

/** @throws CsvcleanError TOO_MANY_GROUPS. No line: it would depend on how the input is cut. */
export function refuseManyGroups(
  groupCount: number,
  { flag, source }: PassAggregate,
  { rules: { maxGroups } }: TablePlan,
): void {
  if (groupCount <= maxGroups) return;
  throw new CsvcleanError(
    'TOO_MANY_GROUPS',
    `${flag} "${source}": more than ${formatCount(maxGroups)} groups`,
    { remedy: 'Group by columns with fewer different values, or raise --max-groups.' },
  );
}
