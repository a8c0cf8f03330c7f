/**
 * One large input in spans, from the first byte to the report: which steps there are, what each is
 * to work on, and what follows from their results. Who runs a step on its spans, and where, is not
 * known here; results come back in the order of the spans.
 */
import { assert } from '../../base/assert.js';
import type { TableReport } from '../engine.js';
import { aggregateValue } from '../expression/aggregates.js';
import { aggregatesOf, deriveLevels, type TablePlan } from '../plan-table.js';
import type { Header } from '../read-header.js';
import { createSettled, type Settled } from '../settled.js';
import { tableReport } from '../table-report.js';
import { addFields, assertBalance, createTally, mergeCounts } from '../tally.js';
import type { RecordPosition } from '../walk-records.js';
import type { SampleLimits } from './limits.js';
import type { MeasureRequest, Measures } from './measures.js';
import { mergeAggregates } from './merge-measures.js';
import { askSpans, type Passes } from './passes.js';
import { settleColumns } from './settle-columns.js';
import type { Span } from './span.js';
import type {
  SpanCleaned,
  SpanCounts,
  SpanEntry,
  SpanExtent,
  SpanMeasured,
  SpanWork,
  SplitSettled,
} from './span-engine.js';

/** A table that is cleaned in spans. */
export interface SplitTable {
  readonly plan: TablePlan;
  readonly header: Header;
  readonly sizeBytes: number;
  readonly spans: readonly Span[];
  readonly limits: SampleLimits;
  readonly wantsSamples: boolean;
}

/** To be run on each of its spans; `clean` in their order, as far as the order shows. */
export type Step =
  | { readonly kind: 'count'; readonly spans: readonly Span[] }
  | {
      readonly kind: 'measure';
      readonly work: readonly SpanWork[];
      readonly settled: SplitSettled;
      readonly request: MeasureRequest;
    }
  | { readonly kind: 'clean'; readonly work: readonly SpanWork[]; readonly settled: SplitSettled };

export type StepResults = readonly SpanCounts[] | readonly SpanMeasured[] | readonly SpanCleaned[];

export type Steps<Result> = Generator<Step, Result, StepResults>;

/** Where spans begin, as far as that is certain. */
interface Starts {
  readonly entries: readonly SpanEntry[];
  /** The first record of each span; behind the last span, the end of the last record. */
  readonly certain: (RecordPosition | null)[];
}

export function* cleanInSpans(table: SplitTable): Steps<TableReport> {
  const { plan, header, spans } = table;
  const counts = (yield { kind: 'count', spans }) as readonly SpanCounts[];
  const starts: Starts = {
    entries: entriesOf(counts, header),
    certain: [header.dataStart, ...spans.map(() => null)],
  };
  const settled = createSettled(plan);
  const lineEnds = counts.reduce((sum, one) => sum + one.lineEnds, 0);
  yield* runPasses(table, starts, settled, settleTable(table, settled, lineEnds));
  const work = workOn(table, starts, 0, spans.length - 1);
  const cleaned = (yield { kind: 'clean', work, settled: shown(settled) }) as SpanCleaned[];
  cleaned.forEach((result, i) => {
    const isAccepted = accept(table, starts, i, result);
    assert(isAccepted, 'a span is written from where the one before it ends');
  });
  return reportOf(table, settled, cleaned);
}

/** What is known at the first byte of each span. */
function entriesOf(counts: readonly SpanCounts[], { dataStart }: Header): readonly SpanEntry[] {
  let quotes = 0;
  let { line } = dataStart;
  return counts.map((one) => {
    const entry = { isQuoted: quotes % 2 === 1, line };
    quotes += one.quotes;
    line += one.lineEnds;
    return entry;
  });
}

/** Plain data for those who work on spans. */
function shown({ whereAggregates, judged, deriveAggregates }: Settled): SplitSettled {
  return { whereAggregates, judged, deriveAggregates };
}

function workOn({ spans }: SplitTable, starts: Starts, first: number, last: number): SpanWork[] {
  return spans.slice(first, last + 1).map((span) => ({
    span,
    entry: starts.entries[span.index]!,
    start: starts.certain[span.index] ?? null,
  }));
}

/** The measuring passes, in the order of the reference engine's. */
function* settleTable(table: SplitTable, settled: Settled, lineEnds: number): Passes<void> {
  const { plan, spans, limits } = table;
  const lastSpan = spans.length - 1;
  if ((plan.where?.compiled.aggregates.length ?? 0) > 0) {
    const answers = yield* askSpans<'aggregates'>({ kind: 'where' }, 0, lastSpan);
    const states = mergeAggregates(answers, [settled.whereCounts]);
    settled.whereAggregates = states.map(aggregateValue);
  }
  if (plan.judged.length > 0) {
    const { warnings } = yield* settleColumns(plan, { lastSpan, lineEnds, limits }, (judged) => {
      settled.judged = judged;
    });
    settled.warnings.push(...warnings);
  }
  for (let level = 1; level <= deriveLevels(plan); level++) {
    const answers = yield* askSpans<'aggregates'>({ kind: 'derive', level }, 0, lastSpan);
    const states = mergeAggregates(answers, settled.deriveCounts);
    aggregatesOf(plan, level).forEach(({ at, i }, k) => {
      settled.deriveAggregates[at]![i] = aggregateValue(states[k]!);
    });
  }
}

/** Runs passes as steps; a span that was entered at a wrong place is measured again. */
function* runPasses(
  table: SplitTable,
  starts: Starts,
  settled: Settled,
  passes: Passes<void>,
): Steps<void> {
  let ask = passes.next();
  while (ask.done !== true) {
    const { request, firstSpan, lastSpan } = ask.value;
    const measure = (first: number, last: number): Step => ({
      kind: 'measure',
      work: workOn(table, starts, first, last),
      settled: shown(settled),
      request,
    });
    const results = (yield measure(firstSpan, lastSpan)) as SpanMeasured[];
    const answers: Measures[] = [];
    for (let i = firstSpan; i <= lastSpan; i++) {
      let result = results[i - firstSpan]!;
      // All of a span's records are looked at, but for heads.
      if (request.kind !== 'heads' && !accept(table, starts, i, result)) {
        [result] = (yield measure(i, i)) as [SpanMeasured];
        assert(accept(table, starts, i, result), 'a span begins where it was told to');
      }
      answers.push(result.measures!);
    }
    ask = passes.next(answers);
  }
}

/**
 * Whether span `i` was entered where the one before it ends, and came through; then it is certain
 * where the next one begins.
 */
function accept(
  { spans, sizeBytes }: SplitTable,
  { certain }: Starts,
  i: number,
  { start, end, measures }: SpanExtent & Partial<SpanMeasured>,
): boolean {
  if (measures === null) return false;
  const wanted = certain[i]!;
  if (start === null) {
    // Looked for, and none starts there.
    if (wanted.offsetBytes < Math.min(spans[i]!.endBytes, sizeBytes)) return false;
    certain[i + 1] = wanted;
    return true;
  }
  if (start.offsetBytes !== wanted.offsetBytes) return false;
  assert(start.line === wanted.line, 'lines are counted alike from both sides');
  certain[i + 1] = end;
  return true;
}

function reportOf(
  { plan, header, wantsSamples }: SplitTable,
  settled: Settled,
  cleaned: readonly SpanCleaned[],
): TableReport {
  const tally = createTally(() => {}, wantsSamples);
  tally.rows.in += header.leadingBlankRows;
  tally.rows.blank += header.leadingBlankRows;
  for (const part of cleaned) {
    mergeCounts(tally, part.tally);
    addFields(settled.whereCounts, part.whereCounts);
    part.deriveCounts.forEach((counts, i) => {
      addFields(settled.deriveCounts[i]!, counts);
    });
  }
  assertBalance(tally.rows);
  return tableReport('fast', plan, header, settled, tally);
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
