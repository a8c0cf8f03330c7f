/**
 * Judges one column: guards in their order, then the method on each group, then the test for
 * identifiers. The one entry to the outlier rules. Sees numbers only; rows, files and the file cap
 * are the caller's.
 */
import { assert } from '../../base/assert.js';
import { formatCount } from '../../base/format-count.js';
import type { OutlierMethod } from '../rules.js';
import { type OrderedValues, orderValues } from '../statistics/ordered-values.js';
import { type Quartiles, quartileRanksOf, quartilesOf } from '../statistics/quantile.js';
import { type ColumnSample, groupOf, splitGroups } from './column-sample.js';
import { guardColumn, guardGroup, type Skip } from './eligibility.js';
import {
  type ActiveMethod,
  type FenceFinding,
  findFence,
  largerClump,
  spreadOf,
} from './fences.js';
import { tailRanksOf } from './gap-rule.js';
import { idLikeReason } from './id-like.js';
import { type Fence, isBeyond, SKIP_REASONS, type SkipReason, type Verdict } from './verdict.js';
import { figuresOf, idLikeSkip, verdictOfFences, verdictOfSkip } from './verdict-of.js';

/**
 * Finds the fences of a column by `method` (not `off`), or the reason why nothing goes.
 *
 * The first guard that fails gives the reason: `not_numeric`; of each group `few_values`,
 * `few_distinct`, `iqr_zero`, `not_finite`, then `clump` and `no_gap` of the gap rule; last, only
 * if a value lies beyond a fence, `id_like`. A group that fails is left whole; when all do, the
 * commonest of their reasons is the column's. The same values in another order give the same
 * fences; only `id_like` looks at file order.
 *
 * @param named a method or columns were named by the user, which lifts `id_like`.
 */
export function judgeColumn(sample: ColumnSample, method: OutlierMethod, named: boolean): Verdict {
  assert(method.kind !== 'off', 'a column is judged by a method');
  const { name, textCount, isText, values, groups, groupCount } = sample;
  const column = { name, isGrouped: groups !== null, groupCount };
  const whole = orderGroup(values);
  const figures = figuresOf(values.length, whole.quartiles);
  const unfit = guardColumn({ valueCount: values.length, textCount, isText });
  if (unfit !== null) return verdictOfSkip(column, figures, unfit, null);

  const parts = groups === null ? [whole] : splitGroups(sample).map(orderGroup);
  const findings = parts.map((group) => judgeGroup(group, method));
  const fences = findings.map((finding) => finding.fence);
  const clump = findings.map((finding) => finding.clump).reduce(largerClump, null);
  if (fences.every((fence) => fence === null)) {
    return verdictOfSkip(column, figures, commonestSkip(findings), clump);
  }
  const outlierCount = countBeyond(parts, fences);
  if (outlierCount > 0 && !named) {
    const idLike = idLikeReason(sample, (index) => isCandidate(sample, fences, index));
    if (idLike !== null) {
      return verdictOfSkip(column, figures, idLikeSkip(idLike, outlierCount), clump);
    }
  }
  return verdictOfFences(column, figures, fences, clump, outlierCount);
}

/** The values of one group, as they came and by rank; no quartiles of none. */
interface Group {
  readonly values: Float64Array;
  readonly ordered: OrderedValues;
  readonly quartiles: Quartiles | null;
}

function orderGroup(values: Float64Array): Group {
  const n = values.length;
  const ordered = orderValues(values, [...quartileRanksOf(n), ...tailRanksOf(n)]);
  return { values, ordered, quartiles: values.length === 0 ? null : quartilesOf(ordered) };
}

/** Guards and method for one group. */
function judgeGroup({ values, ordered, quartiles }: Group, method: ActiveMethod): FenceFinding {
  const skip = guardGroup(ordered, quartiles);
  if (skip !== null || quartiles === null) return { fence: null, skip, clump: null };
  return findFence(spreadOf(values), ordered, quartiles, method);
}

function isCandidate(
  sample: ColumnSample,
  fences: readonly (Fence | null)[],
  index: number,
): boolean {
  const fence = fences[groupOf(sample, index)]!;
  return fence !== null && isBeyond(sample.values[index]!, fence);
}

/** How many values lie beyond the fence of their group. */
function countBeyond(groups: readonly Group[], fences: readonly (Fence | null)[]): number {
  return groups.reduce((sum, { values }, i) => sum + countBeyondFence(values, fences[i]!), 0);
}

function countBeyondFence(values: Float64Array, fence: Fence | null): number {
  if (fence === null) return 0;
  const { keepMin, keepMax } = fence;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < keepMin || values[i]! > keepMax) count++;
  }
  return count;
}

/**
 * The reason of most groups, none of which has a fence; of several, the first of `SKIP_REASONS`.
 */
function commonestSkip(findings: readonly FenceFinding[]): Skip {
  const counts = new Map<SkipReason, number>();
  for (const { skip } of findings) {
    if (skip !== null) counts.set(skip.reason, (counts.get(skip.reason) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  const reason = SKIP_REASONS.find((candidate) => counts.get(candidate) === most);
  const first = findings.find(({ skip }) => skip !== null && skip.reason === reason)?.skip;
  assert(first !== undefined && first !== null, 'a group without a fence has a reason');
  if (findings.length === 1) return first;
  const share = `${formatCount(most)} of ${formatCount(findings.length)} groups`;
  return { reason: first.reason, detail: `in ${share}, the first: ${first.detail}` };
}
