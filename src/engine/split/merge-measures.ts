/** Adds up what spans answered, in their order. */
import { type AggregateState, createAggregate, mergeAggregate } from '../expression/aggregates.js';
import type { ExpressionCounts } from '../expression/tree.js';
import { createMoments, type Moments, mergeMoments } from '../statistics/exact-sum.js';
import { type IntervalCounts, mergeIntervals } from '../statistics/interval-counts.js';
import { mergeTails, type TailsRecord } from '../statistics/tails.js';
import { addFields } from '../tally.js';
import { TAIL_LIMIT } from './limits.js';
import type { ColumnHead, ColumnMeasures } from './measures.js';
import type { Answers } from './passes.js';

/** What is known of a whole column. */
export interface ColumnTotals {
  readonly valueCount: number;
  readonly textCount: number;
  /** So many texts stand before the first number that nothing else counts. */
  readonly isText: boolean;
  readonly intervals: readonly IntervalCounts[];
  readonly tails: TailsRecord | null;
  readonly moments: Moments | null;
}

/** Whether the column is text already by these, its first spans. */
export function isText(parts: readonly ColumnMeasures[], textLimit: number): boolean {
  let leading = 0;
  for (const { valueCount, leadingTextCount } of parts) {
    leading += leadingTextCount;
    if (leading >= textLimit) return true;
    if (valueCount > 0) return false;
  }
  return false;
}

/**
 * @param textLimit a column that begins with so many texts is text.
 * @param mostKept how many values of an interval may be kept.
 */
export function mergeColumn(
  parts: readonly ColumnMeasures[],
  textLimit: number,
  mostKept: number,
): ColumnTotals {
  const isAllText = isText(parts, textLimit);
  const sum = (of: (part: ColumnMeasures) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    valueCount: isAllText ? 0 : sum(({ valueCount }) => valueCount),
    textCount: isAllText ? textLimit : sum(({ textCount }) => textCount),
    isText: isAllText,
    intervals: mergeIntervals(
      parts.map(({ intervals }) => intervals),
      mostKept,
    ),
    tails: mergeAllTails(parts.map(({ tails }) => tails)),
    moments: mergeAllMoments(parts.map(({ moments }) => moments)),
  };
}

function mergeAllTails(parts: readonly (TailsRecord | null)[]): TailsRecord | null {
  return parts.reduce((all, part) =>
    all === null || part === null ? null : mergeTails(all, part, TAIL_LIMIT),
  );
}

function mergeAllMoments(parts: readonly (Moments | null)[]): Moments | null {
  if (parts.includes(null)) return null;
  const all = createMoments();
  for (const part of parts) mergeMoments(all, part!);
  return all;
}

/** The first `limit` values of a column, from those of its spans. */
export function mergeHeads(parts: readonly ColumnHead[], limit: number): ColumnHead {
  const count = Math.min(
    limit,
    parts.reduce((sum, { values }) => sum + values.length, 0),
  );
  const values = new Float64Array(count);
  const notations = new Uint8Array(count);
  let filled = 0;
  for (const part of parts) {
    const more = Math.min(part.values.length, count - filled);
    values.set(part.values.subarray(0, more), filled);
    notations.set(part.notations.subarray(0, more), filled);
    filled += more;
  }
  return { values, notations };
}

/** The states of all spans as one, and all counts added to `counts`. */
export function mergeAggregates(
  parts: Answers<'aggregates'>,
  counts: readonly ExpressionCounts[],
): readonly AggregateState[] {
  const states = parts[0]!.states.map(({ name }) => createAggregate(name));
  for (const part of parts) {
    part.states.forEach((state, i) => {
      mergeAggregate(states[i]!, state);
    });
    part.counts.forEach((one, i) => {
      addFields(counts[i]!, one);
    });
  }
  return states;
}
