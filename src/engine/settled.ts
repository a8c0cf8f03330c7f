/** What the passes over one table have found out so far. Shared by the engines. */
import type { Warning } from './engine.js';
import type { AggregateValue } from './expression/grouped-value.js';
import { createCounts, type ExpressionCounts } from './expression/tree.js';
import type { TablePlan } from './plan-table.js';
import type { JudgedColumn } from './rows/find-outliers.js';
import type { GroupNumbers } from './rows/group-rows.js';
import type { ColumnVerdict } from './values/verdict.js';

/**
 * The settled aggregates of each derived column, in the order of `plan.derives`; null until
 * settled.
 */
export type DeriveAggregates = readonly AggregateValue[][];

/** The keys of a range of records in a stream of `Spill`: see `fast/dedup/key-sections`. */
export interface KeyStream {
  readonly stream: number;
  /** Of each of its sections, in order: the line of its first row. */
  readonly lines: Float64Array;
  /** And where it begins in the stream. */
  readonly offsets: Float64Array;
}

/** Where the duplicates of an input that does not stay in memory are told. */
export interface SettledDuplicates {
  /** Streams of results, each of some of the hashes: see `fast/dedup/merge-parts`. */
  readonly resultStreams: readonly number[];
  /** Of each section of the whole input, in order: the line of its first row. */
  readonly sectionLines: Float64Array;
}

export interface Settled {
  whereAggregates: readonly AggregateValue[];
  readonly whereCounts: ExpressionCounts;
  /** In the order of `keyPlans`, of an input in spans; empty where blocks are marked in memory. */
  duplicates: readonly SettledDuplicates[];
  judged: readonly JudgedColumn[];
  readonly groups: GroupNumbers;
  readonly deriveAggregates: DeriveAggregates;
  readonly deriveCounts: readonly ExpressionCounts[];
  readonly warnings: Warning[];
  /** In the order of `plan.values`; empty until settled. */
  values: readonly ColumnVerdict[];
  /** Passes begun: for progress only. */
  passesBegun: number;
}

/** Before any pass has run. */
export function createSettled(plan: TablePlan): Settled {
  return {
    whereAggregates: [],
    whereCounts: createCounts(),
    duplicates: [],
    judged: [],
    groups: new Map(),
    deriveAggregates: plan.derives.map((derive) => derive.compiled.aggregates.map(() => null)),
    deriveCounts: plan.derives.map(createCounts),
    warnings: [],
    values: [],
    passesBegun: 0,
  };
}
