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
import { addFields, assertBalance, createTally, mergeCounts, type Tally } from '../tally.js';
import type { RecordPosition } from '../walk-records.js';
import type { SampleLimits } from './limits.js';
import type { MeasureRequest } from './measures.js';
import { sumMeasures } from './merge-measures.js';
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

/**
 * To be run on each of its spans. `take` is told each result, in the order of the spans; it gives
 * the work that must be done again before the next result, or null.
 */
export type Step =
  | {
      readonly kind: 'count';
      readonly spans: readonly Span[];
      readonly take: (counts: SpanCounts) => null;
    }
  | {
      readonly kind: 'measure';
      readonly work: readonly SpanWork[];
      readonly settled: SplitSettled;
      readonly request: MeasureRequest;
      readonly take: (measured: SpanMeasured | null) => SpanWork | null;
    }
  | {
      readonly kind: 'clean';
      readonly work: readonly SpanWork[];
      readonly settled: SplitSettled;
      readonly take: (cleaned: SpanCleaned) => null;
    };

export type Steps<Result> = Generator<Step, Result, void>;

/** Where spans begin, as far as that is certain. */
interface Starts {
  readonly entries: readonly SpanEntry[];
  /** The first record of each span; behind the last span, the end of the last record. */
  readonly certain: (RecordPosition | null)[];
}

export function* cleanInSpans(table: SplitTable): Steps<TableReport> {
  const { plan, header, spans } = table;
  const entries: SpanEntry[] = [];
  let after: SpanCounts = { quotes: 0, lineEnds: 0 };
  yield {
    kind: 'count',
    spans,
    take({ quotes, lineEnds }) {
      entries.push(entryBehind(after, header));
      after = { quotes: after.quotes + quotes, lineEnds: after.lineEnds + lineEnds };
      return null;
    },
  };
  const starts: Starts = { entries, certain: [header.dataStart, ...spans.map(() => null)] };
  const settled = createSettled(plan);
  yield* runPasses(table, starts, settled, settleTable(table, settled, after.lineEnds));
  const tally = beginTally(table);
  let index = 0;
  yield {
    kind: 'clean',
    work: workOn(table, starts, 0, spans.length - 1),
    settled: shown(settled),
    take(cleaned) {
      const isAccepted = accept(table, starts, index++, cleaned);
      assert(isAccepted, 'a span is written from where the one before it ends');
      addCleaned(tally, settled, cleaned);
      return null;
    },
  };
  assertBalance(tally.rows);
  return tableReport('fast', plan, header, settled, tally);
}

/** What is known behind so many quotes and line ends of the data. */
function entryBehind({ quotes, lineEnds }: SpanCounts, { dataStart }: Header): SpanEntry {
  return { isQuoted: quotes % 2 === 1, line: dataStart.line + lineEnds };
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
    const { states, counts } = yield* askSpans<'aggregates'>({ kind: 'where' }, 0, lastSpan);
    settled.whereAggregates = states.map(aggregateValue);
    addFields(settled.whereCounts, counts[0]!);
  }
  if (plan.judged.length > 0) {
    const { warnings } = yield* settleColumns(plan, { lastSpan, lineEnds, limits }, (judged) => {
      settled.judged = judged;
    });
    settled.warnings.push(...warnings);
  }
  for (let level = 1; level <= deriveLevels(plan); level++) {
    const request: MeasureRequest = { kind: 'derive', level };
    const { states, counts } = yield* askSpans<'aggregates'>(request, 0, lastSpan);
    counts.forEach((one, i) => {
      addFields(settled.deriveCounts[i]!, one);
    });
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
    const sum = sumMeasures(request);
    let index = firstSpan;
    yield {
      kind: 'measure',
      work: workOn(table, starts, firstSpan, lastSpan),
      settled: shown(settled),
      request,
      take(measured) {
        // All of a span's records are looked at, but for heads: they end early.
        const isHead = request.kind === 'heads';
        if (!isHead && !accept(table, starts, index, measured)) {
          return workOn(table, starts, index, index)[0]!;
        }
        sum.add(measured!.measures);
        index++;
        return null;
      },
    };
    ask = passes.next(sum.total());
  }
}

/**
 * Whether span `i` was entered where the one before it ends; then it is certain where the next one
 * begins.
 */
function accept(
  { spans, sizeBytes }: SplitTable,
  { certain }: Starts,
  i: number,
  extent: SpanExtent | null,
): boolean {
  if (extent === null) return false;
  const { start, end } = extent;
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

/** With what stands before the first data record. */
function beginTally({ header, wantsSamples }: SplitTable): Tally {
  const tally = createTally(() => {}, wantsSamples);
  tally.rows.in += header.leadingBlankRows;
  tally.rows.blank += header.leadingBlankRows;
  return tally;
}

function addCleaned(tally: Tally, settled: Settled, part: SpanCleaned): void {
  mergeCounts(tally, part.tally);
  addFields(settled.whereCounts, part.whereCounts);
  part.deriveCounts.forEach((counts, i) => {
    addFields(settled.deriveCounts[i]!, counts);
  });
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
