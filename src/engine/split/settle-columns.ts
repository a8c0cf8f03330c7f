/**
 * Settles the fences of the judged columns by passes over spans, in bounded memory: exactly those
 * that a look at all values at once would give (`outliers/judge-column`, the twin). A pass asks,
 * its answers are merged in the order of the spans, and the next one asks what they leave open.
 */
import type { Warning } from '../engine.js';
import { capFile, isCapped, warnOfMany } from '../judge-table.js';
import { NOTATION_LIMIT, TEXT_LIMIT } from '../outliers/column-sample.js';
import { guardColumn, guardCounts, guardGroup } from '../outliers/eligibility.js';
import { type FenceFinding, findFence } from '../outliers/fences.js';
import { idLikeReason } from '../outliers/id-like.js';
import { type Fence, isBeyond, type Verdict } from '../outliers/verdict.js';
import { figuresOf, idLikeSkip, verdictOfFences, verdictOfSkip } from '../outliers/verdict-of.js';
import type { TablePlan } from '../plan-table.js';
import type { JudgedColumn } from '../rows/find-outliers.js';
import type { OutlierMethod } from '../rules.js';
import type { Interval, IntervalCounts } from '../statistics/interval-counts.js';
import { orderKnown } from '../statistics/known-ranks.js';
import {
  type Quartiles,
  quartileRanksOf,
  quartilesOf,
  ranksAround,
} from '../statistics/quantile.js';
import { findRanks, medianOf, type OpenQuest, type RankQuest, wholeLine } from './find-ranks.js';
import { type SampleLimits, samplePerColumn } from './limits.js';
import type { ColumnHead, ColumnMeasures, ColumnRequest, MeasureRequest } from './measures.js';
import { sumMeasures } from './merge-measures.js';
import { type Answer, askSpans, type Passes } from './passes.js';

/** The input that is measured. */
export interface SplitExtent {
  readonly lastSpan: number;
  /** At least as many as there are rows. */
  readonly lineEnds: number;
  readonly limits: SampleLimits;
}

type ActiveMethod = Exclude<OutlierMethod, { readonly kind: 'off' }>;

/** A column on its way to a verdict. */
interface Candidate {
  readonly place: number;
  readonly name: string;
  readonly totals: ColumnTotals;
  quartiles: Quartiles | null;
  finding: FenceFinding;
}

/**
 * @param show makes verdicts known to the passes that follow, before they are final.
 * @returns the verdicts in the order of `plan.judged`, and warnings.
 */
export function* settleColumns(
  plan: TablePlan,
  extent: SplitExtent,
  show: (judged: readonly JudgedColumn[]) => void,
): Passes<{ readonly judged: readonly JudgedColumn[]; readonly warnings: readonly Warning[] }> {
  const method = plan.rules.outliers.method as ActiveMethod;
  const { named } = plan.rules.outliers;
  const stride = strideFor(extent, plan.judged.length);
  const totals = yield* measureTotals(plan, extent, stride, method.kind === 'zscore');
  const candidates = yield* findFences(plan, totals, method, extent, stride);
  const byPlace = new Map(candidates.map((one) => [one.place, one]));
  const idLike = named ? new Map<number, string>() : yield* findIdLike(plan, candidates, extent);
  const judgedWith = (valuesBeyond: readonly number[] | null): readonly JudgedColumn[] =>
    plan.judged.map((column, place) => ({
      column,
      verdict: verdictAt(
        column.name,
        totals[place]!,
        byPlace.get(place) ?? null,
        idLike.get(place) ?? null,
        valuesBeyond?.[place] ?? null,
      ),
    }));
  let judged = judgedWith(null);
  let beyond: Answer<'beyond'> | null = null;
  const hasFences = judged.some(({ verdict }) => verdict.reason === null);
  if (hasFences && (method.kind !== 'gap' || isCapped(judged, plan))) {
    show(judged);
    beyond = yield* askSpans<'beyond'>({ kind: 'beyond' }, 0, extent.lastSpan);
    judged = judgedWith(beyond.valuesBeyond);
  }
  const warnings = [...warnOfMany(judged, plan)];
  if (beyond !== null && isCapped(judged, plan)) {
    const capped = capFile(judged, beyond.rowsBeyond, beyond.rowCount);
    judged = capped.judged;
    warnings.push(...capped.warnings);
  }
  show(judged);
  return { judged, warnings };
}

/** So that about as many values are kept as may be. */
export function strideFor({ lineEnds, limits }: SplitExtent, columnCount: number): number {
  return Math.max(1, Math.ceil(lineEnds / samplePerColumn(limits, columnCount)));
}

/**
 * The first look at all judged columns. The first span is asked alone: a column that begins with
 * texts is text, and the others need not look at it.
 */
function* measureTotals(
  plan: TablePlan,
  { lastSpan, limits }: SplitExtent,
  stride: number,
  wantsMoments: boolean,
): Passes<readonly ColumnTotals[]> {
  const textLimit = plan.rules.outliers.columns === null ? TEXT_LIMIT : Number.POSITIVE_INFINITY;
  const intervals: readonly Interval[] = [wholeLine(stride)];
  const mostKept = samplePerColumn(limits, plan.judged.length);
  const requests: ColumnRequest[] = plan.judged.map(({ index }) => ({
    column: index,
    intervals,
    mostKept,
    distanceFrom: null,
    wantsTails: true,
    wantsMoments,
  }));
  const columns = (yield* askSpans<'columns'>({ kind: 'columns', columns: requests }, 0, 0))
    .columns;
  const isOpen = columns.map((column) => !isText(column, textLimit));
  const open = requests.filter((_, i) => isOpen[i]);
  if (lastSpan === 0 || open.length === 0) {
    return columns.map((column) => totalsOf(column, textLimit));
  }
  const request: MeasureRequest = { kind: 'columns', columns: open };
  const sum = sumMeasures(request);
  sum.add({ kind: 'columns', columns: columns.filter((_, i) => isOpen[i]) });
  sum.add(yield* askSpans<'columns'>(request, 1, lastSpan));
  const rest = [...(sum.total() as Answer<'columns'>).columns];
  return columns.map((column, i) => totalsOf(isOpen[i] ? rest.shift()! : column, textLimit));
}

/** Whether the column begins with so many texts that it is text. */
function isText({ leadingTextCount }: ColumnMeasures, textLimit: number): boolean {
  return leadingTextCount >= textLimit;
}

/** What is known of a whole column. */
interface ColumnTotals extends ColumnMeasures {
  readonly isText: boolean;
}

/** Nothing counts of a column that is text but the texts that made it one. */
function totalsOf(measures: ColumnMeasures, textLimit: number): ColumnTotals {
  if (!isText(measures, textLimit)) return { ...measures, isText: false };
  return { ...measures, valueCount: 0, textCount: textLimit, isText: true };
}

/** The columns that pass the guards of a whole column, with what was found in them. */
function* findFences(
  plan: TablePlan,
  totals: readonly ColumnTotals[],
  method: ActiveMethod,
  extent: SplitExtent,
  stride: number,
): Passes<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  plan.judged.forEach(({ name }, place) => {
    const total = totals[place]!;
    if (guardColumn(total) !== null) return;
    const skip = guardCounts(orderKnown(total.valueCount, new Map(), total.tails!));
    const finding = { fence: null, skip, clump: null };
    candidates.push({ place, name, totals: total, quartiles: null, finding });
  });
  const open = candidates.filter(({ finding }) => finding.skip === null);
  const sampleLimit = samplePerColumn(extent.limits, open.length);
  const columnOf = ({ place }: Candidate): number => plan.judged[place]!.index;
  const quests = open.map(
    ({ totals: { valueCount, intervals } }): RankQuest => ({
      ranks: ranksFor(valueCount, method),
      whole: intervals[0]!,
      stride,
    }),
  );
  const columns = open.map((one) => ({ column: columnOf(one), distanceFrom: null }));
  const found = yield* findRanks(quests, sampleLimit, askColumns(columns, extent, sampleLimit));
  const ordered = open.map(({ totals: { valueCount, tails } }, i) =>
    orderKnown(valueCount, found[i]!, tails!),
  );
  open.forEach((one, i) => {
    one.quartiles = quartilesOf(ordered[i]!);
    one.finding = { ...one.finding, skip: guardGroup(ordered[i]!, one.quartiles) };
  });
  const fit = open.filter(({ finding }) => finding.skip === null);
  const mads =
    method.kind === 'mad'
      ? yield* findMads(
          fit.map((one) => [columnOf(one), one] as const),
          extent,
          stride,
        )
      : [];
  fit.forEach((one, i) => {
    const spread = { moments: () => one.totals.moments!, mad: () => mads[i]! };
    one.finding = findFence(spread, ordered[open.indexOf(one)]!, one.quartiles!, method);
  });
  return candidates;
}

function ranksFor(n: number, method: ActiveMethod): readonly number[] {
  const ranks = [...quartileRanksOf(n)];
  if (method.kind === 'percentile') {
    ranks.push(...ranksAround(n, method.low / 100), ...ranksAround(n, method.high / 100));
  }
  return [...new Set(ranks)];
}

/** The median distance from the median of each column. */
function* findMads(
  columns: readonly (readonly [column: number, candidate: Candidate])[],
  extent: SplitExtent,
  stride: number,
): Passes<readonly number[]> {
  if (columns.length === 0) return [];
  const distances = columns.map(([column, { quartiles }]) => ({
    column,
    distanceFrom: quartiles!.median,
  }));
  const mostKept = samplePerColumn(extent.limits, columns.length);
  const line = [wholeLine(stride)];
  const ask = askColumns(distances, extent, mostKept);
  const wholes = yield* ask(distances.map((_, place) => ({ place, intervals: line })));
  const quests = columns.map(
    ([, { totals }], i): RankQuest => ({
      ranks: ranksAround(totals.valueCount, 0.5),
      whole: wholes[i]![0]!,
      stride,
    }),
  );
  const found = yield* findRanks(quests, mostKept, ask);
  return columns.map(([, { totals }], i) => medianOf(totals.valueCount, found[i]!));
}

/** Passes that count the values of some columns, or their distances, in intervals. */
function askColumns(
  columns: readonly Pick<ColumnRequest, 'column' | 'distanceFrom'>[],
  { lastSpan }: SplitExtent,
  mostKept: number,
) {
  return function* (open: readonly OpenQuest[]): Passes<readonly (readonly IntervalCounts[])[]> {
    const requests = open.map(
      ({ place, intervals }): ColumnRequest => ({
        ...columns[place]!,
        intervals,
        mostKept,
        wantsTails: false,
        wantsMoments: false,
      }),
    );
    const request = { kind: 'columns', columns: requests } as const;
    const answer = yield* askSpans<'columns'>(request, 0, lastSpan);
    return answer.columns.map(({ intervals }) => intervals);
  };
}

/** Why columns with a value far out are those of an identifier, by place. */
function* findIdLike(
  plan: TablePlan,
  candidates: readonly Candidate[],
  { lastSpan }: SplitExtent,
): Passes<ReadonlyMap<number, string>> {
  const wanted = candidates.filter(({ finding }) => countOf(finding.fence) > 0);
  const columns = wanted.map(({ place }) => plan.judged[place]!.index);
  if (wanted.length === 0) return new Map();
  const request: MeasureRequest = { kind: 'heads', columns, limit: NOTATION_LIMIT };
  const sum = sumMeasures(request);
  const isFull = ({ values }: ColumnHead, i: number): boolean =>
    values.length >= Math.min(NOTATION_LIMIT, wanted[i]!.totals.valueCount);
  let heads: readonly ColumnHead[] = [];
  for (let span = 0; span <= lastSpan && !(span > 0 && heads.every(isFull)); span++) {
    sum.add(yield* askSpans<'heads'>(request, span, span));
    heads = (sum.total() as Answer<'heads'>).heads;
  }
  const reasons = new Map<number, string>();
  wanted.forEach(({ place, name, finding }, i) => {
    const values = heads[i]!.values.subarray(0, NOTATION_LIMIT);
    const head = { values, notations: heads[i]!.notations };
    const why = idLikeReason({ name, ...head }, (index) =>
      isBeyond(head.values[index]!, finding.fence!),
    );
    if (why !== null) reasons.set(place, why);
  });
  return reasons;
}

/** How many values lie beyond a fence of the gap rule, which knows; 0 without one. */
function countOf(fence: Fence | null): number {
  return (fence?.lower?.count ?? 0) + (fence?.upper?.count ?? 0);
}

/** @param valuesBeyond null as long as nobody has counted them. */
function verdictAt(
  name: string,
  totals: ColumnTotals,
  candidate: Candidate | null,
  idLike: string | null,
  valuesBeyond: number | null,
): Verdict {
  const column = { name, isGrouped: false, groupCount: 1 };
  const figures = figuresOf(totals.valueCount, candidate?.quartiles ?? null);
  const unfit = guardColumn(totals);
  if (unfit !== null || candidate === null) return verdictOfSkip(column, figures, unfit!, null);
  const { fence, skip, clump } = candidate.finding;
  if (fence === null) return verdictOfSkip(column, figures, skip!, clump);
  const known = countOf(fence);
  if (idLike !== null) return verdictOfSkip(column, figures, idLikeSkip(idLike, known), clump);
  // Any count but 0 has them counted.
  const outlierCount = valuesBeyond ?? (known > 0 ? known : 1);
  return verdictOfFences(column, figures, [fence], clump, outlierCount);
}
