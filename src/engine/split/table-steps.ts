/**
 * The steps on one large input in spans: which there are, what each is to work on, and what follows
 * from their results. Who runs a step on its spans, and where, is not known here.
 */
import { assert } from '../../base/assert.js';
import type { TableReport } from '../engine.js';
import type { TablePlan } from '../plan-table.js';
import type { Header } from '../read-header.js';
import { createSettled, type Settled } from '../settled.js';
import { tableReport } from '../table-report.js';
import { addFields, assertBalance, createTally, mergeCounts, type Tally } from '../tally.js';
import type { RecordPosition } from '../walk-records.js';
import type { MeasureRequest, Measures } from './measures.js';
import { sumMeasures } from './merge-measures.js';
import type { Ask } from './passes.js';
import type { Span } from './span.js';
import type {
  MergeRequest,
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
  readonly wantsSamples: boolean;
  /** What one worker's buffers may hold, in bytes. */
  readonly memoryBytes: number;
}

/**
 * To be run on each of its spans, or on keys of all of them. `take` is told each result, in their
 * order; it gives the work that must be done again before the next result, or null.
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
      readonly kind: 'merge';
      /** Nobody asks for their keys again. */
      readonly requests: readonly MergeRequest[];
      /** Told how many duplicates there are. */
      readonly take: (count: number) => null;
    }
  | {
      readonly kind: 'clean';
      readonly work: readonly SpanWork[];
      readonly settled: SplitSettled;
      readonly take: (cleaned: SpanCleaned) => null;
    };

export type Steps<Result> = Generator<Step, Result, void>;

/** A table on its way through the steps. */
export interface SplitRun {
  readonly table: SplitTable;
  readonly settled: Settled;
  /** What is known at the first byte of each span; empty where nothing was counted. */
  readonly entries: readonly SpanEntry[];
  /**
   * LF, or CR where that ends records, in all spans: at least as many as there are rows. 0 where
   * nothing was counted.
   */
  readonly lineEnds: number;
  /**
   * The first record of each span, as far as that is certain; behind the last span, the end of the
   * last record.
   */
  readonly certain: (RecordPosition | null)[];
}

/** Without a step: the first pass must look at all records of all spans. */
export function beginTable(table: SplitTable): SplitRun {
  const { plan, header, spans } = table;
  const certain = [header.dataStart, ...spans.map(() => null)];
  return { table, settled: createSettled(plan), entries: [], lineEnds: 0, certain };
}

/** The first step: what must be known to enter each span. */
export function* countTable(table: SplitTable): Steps<SplitRun> {
  const { header, spans } = table;
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
  return { ...beginTable(table), entries, lineEnds: after.lineEnds };
}

/** One measuring pass; a span that was entered at a wrong place is measured again. */
export function* measureTable(
  run: SplitRun,
  { request, firstSpan, lastSpan }: Ask,
): Steps<Measures> {
  const sum = sumMeasures(request);
  let index = firstSpan;
  yield {
    kind: 'measure',
    work: workOn(run, firstSpan, lastSpan),
    settled: shown(run.settled),
    request,
    take(measured) {
      // All of a span's records are looked at, but for heads: they end early.
      const isHead = request.kind === 'heads';
      if (!isHead && !accept(run, index, measured)) return workOn(run, index, index)[0]!;
      sum.add(measured!.measures);
      index++;
      return null;
    },
  };
  return sum.total();
}

/** The last step, once everything is settled. */
export function* cleanTable(run: SplitRun): Steps<TableReport> {
  const { table, settled } = run;
  const tally = beginTally(table);
  let index = 0;
  yield {
    kind: 'clean',
    work: workOn(run, 0, table.spans.length - 1),
    settled: shown(settled),
    take(cleaned) {
      assert(accept(run, index++, cleaned), 'a span is written from where the one before it ends');
      addCleaned(tally, settled, cleaned);
      return null;
    },
  };
  assertBalance(tally.rows);
  // Who only checks ends at the first difference.
  const isWhole = index === table.spans.length;
  return tableReport('fast', table.plan, table.header, settled, tally, isWhole);
}

/** What is known behind so many quotes and line ends of the data. */
function entryBehind({ quotes, lineEnds }: SpanCounts, { dataStart }: Header): SpanEntry {
  return { isQuoted: quotes % 2 === 1, line: dataStart.line + lineEnds };
}

/** Plain data for those who work on spans. */
function shown({
  whereAggregates,
  duplicates,
  judged,
  deriveAggregates,
  values,
}: Settled): SplitSettled {
  return { whereAggregates, duplicates, judged, deriveAggregates, values };
}

function workOn({ table, entries, certain }: SplitRun, first: number, last: number): SpanWork[] {
  return table.spans.slice(first, last + 1).map((span) => ({
    span,
    entry: entries[span.index] ?? null,
    start: certain[span.index] ?? null,
    // Where it ends was told by who looked at all of it.
    isKnownText: certain[span.index + 1] !== null,
  }));
}

/**
 * Whether span `i` was entered where the one before it ends; then it is certain where the next one
 * begins.
 */
function accept(
  { table, certain, entries }: SplitRun,
  i: number,
  extent: SpanExtent | null,
): boolean {
  if (extent === null) return false;
  const { spans, sizeBytes } = table;
  const { start, end } = extent;
  const wanted = certain[i]!;
  if (start === null) {
    // Looked for, and none starts there.
    if (wanted.offsetBytes < Math.min(spans[i]!.endBytes, sizeBytes)) return false;
    certain[i + 1] = wanted;
    return true;
  }
  if (start.offsetBytes !== wanted.offsetBytes) return false;
  const linesBefore = wanted.line - start.line;
  assert(entries.length === 0 || linesBefore === 0, 'lines are counted alike from both sides');
  certain[i + 1] = end === null ? null : { ...end, line: end.line + linesBefore };
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
