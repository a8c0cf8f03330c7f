/**
 * From findings to the verdict of a column: what is said of it, and the flag that would settle it.
 * Shared by those who have all values at hand and those who saw them in passes. Decides nothing.
 */
import { formatCount } from '../../base/format-count.js';
import type { Quartiles } from '../statistics/quantile.js';
import type { Skip } from './eligibility.js';
import { clumpRemedy, explainClump } from './explain.js';
import type { Clump } from './gap-rule.js';
import type { ColumnFigures, Fence, Verdict } from './verdict.js';

/** The column that is judged. */
export interface JudgedGroups {
  /** Its final name. */
  readonly name: string;
  readonly isGrouped: boolean;
  /** 1 when ungrouped. */
  readonly groupCount: number;
}

/** The verdict of a column with at least one fence. */
export function verdictOfFences(
  column: JudgedGroups,
  figures: ColumnFigures,
  fences: readonly (Fence | null)[],
  clump: Clump | null,
  outlierCount: number,
): Verdict {
  const found = `outliers: ${formatCount(outlierCount)} of ${formatCount(figures.n)} values`;
  return {
    column: column.name,
    fences,
    reason: null,
    detail: clump === null ? found : `${found}; ${explainClump(clump)}, and stay`,
    remedy: remedyForClump(column, clump),
    outlierCount,
    figures,
  };
}

/** Why a column whose values are told apart like those of an identifier is left whole. */
export function idLikeSkip(why: string, outlierCount: number): Skip {
  const detail = `${why}; values far out, left in: ${formatCount(outlierCount)}`;
  return { reason: 'id_like', detail };
}

/** The verdict of a column that is left whole; a clump is told of whatever the reason. */
export function verdictOfSkip(
  column: JudgedGroups,
  figures: ColumnFigures,
  skip: Skip,
  clump: Clump | null,
): Verdict {
  let { detail } = skip;
  if (clump !== null) {
    detail = skip.reason === 'clump' ? explainClump(clump) : `${detail}; ${explainClump(clump)}`;
  }
  return {
    column: column.name,
    fences: new Array<Fence | null>(column.groupCount).fill(null),
    reason: skip.reason,
    detail,
    remedy: remedyFor(column, skip, clump),
    outlierCount: 0,
    figures,
  };
}

/** A bound holds for the whole column, so a clump in one of several groups has no remedy. */
function remedyForClump({ name, isGrouped }: JudgedGroups, clump: Clump | null): string | null {
  return clump === null || isGrouped ? null : clumpRemedy(name, clump);
}

function remedyFor(column: JudgedGroups, skip: Skip, clump: Clump | null): string | null {
  if (clump !== null) return remedyForClump(column, clump);
  if (skip.reason === 'id_like') {
    return `if these are measurements, --outlier-columns ${column.name} judges them all the same`;
  }
  return null;
}

/** @param quartiles null when they were not asked for, or there are no values. */
export function figuresOf(n: number, quartiles: Quartiles | null): ColumnFigures {
  if (quartiles === null) return { n, q1: null, median: null, q3: null };
  const { q1, median, q3 } = quartiles;
  return { n, q1, median, q3 };
}
