/**
 * The seam for one large input in spans: each step of the work on one span, to be run anywhere and
 * in any order. All that goes in and comes out is plain data that survives a structured clone.
 */
import type { ByteSource } from '../byte-source.js';
import type { EngineContext, Sinks } from '../engine.js';
import type { AggregateValue } from '../expression/grouped-value.js';
import type { ExpressionCounts } from '../expression/tree.js';
import type { Header } from '../read-header.js';
import type { JudgedColumn } from '../rows/find-outliers.js';
import type { DedupKeep } from '../rules.js';
import type { DeriveAggregates, KeyStream, SettledDuplicates } from '../settled.js';
import type { TallyCounts } from '../tally.js';
import type { ColumnVerdict } from '../values/verdict.js';
import type { RecordPosition } from '../walk-records.js';
import type { MeasureRequest, Measures } from './measures.js';
import type { Span } from './span.js';

/** What must be known of a span's bytes to enter the next one. */
export interface SpanCounts {
  readonly quotes: number;
  /** LF, or CR where that ends records; inside quotes too. */
  readonly lineEnds: number;
}

/** What is known at the first byte of a span. */
export interface SpanEntry {
  /** The quotes before it are odd: unless some were strays, it lies inside quotes. */
  readonly isQuoted: boolean;
  /** Line of the byte, 1-based. */
  readonly line: number;
}

/** One span to work on. */
export interface SpanWork {
  readonly span: Span;
  /** Null where nothing before it was counted: then its lines are numbered from 1. */
  readonly entry: SpanEntry | null;
  /**
   * Its first record, or where the next span's first one starts if none starts here; null: looked
   * for by `entry`, or without one guessed, and to be held against where the span before it ends.
   */
  readonly start: RecordPosition | null;
  /** An earlier pass has looked at all its records: they are text. */
  readonly isKnownText: boolean;
}

/** Which records were worked on. */
export interface SpanExtent {
  /** Null when it was looked for and none starts in the span. */
  readonly start: RecordPosition | null;
  /** The first record behind those of the span; null when there are none. */
  readonly end: RecordPosition | null;
}

/** What earlier passes settled. */
export interface SplitSettled {
  readonly whereAggregates: readonly AggregateValue[];
  /** Of the first of `keyPlans`, as far as they are settled. */
  readonly duplicates: readonly SettledDuplicates[];
  readonly judged: readonly JudgedColumn[];
  readonly deriveAggregates: DeriveAggregates;
  readonly values: readonly ColumnVerdict[];
}

export interface SpanMeasured extends SpanExtent {
  readonly measures: Measures;
}

export interface SpanCleaned extends SpanExtent {
  readonly tally: TallyCounts;
  readonly whereCounts: ExpressionCounts;
  readonly deriveCounts: readonly ExpressionCounts[];
}

/** The keys of some neighbouring parts of the hashes, from `first` to the one before `end`. */
export interface MergeRequest {
  /** In the order of the input. */
  readonly streams: readonly KeyStream[];
  readonly first: number;
  readonly end: number;
  readonly keep: DedupKeep;
  /** Where the duplicates among them are told. */
  readonly resultStream: number;
}

export interface SpanEngine {
  countSpan(source: ByteSource, span: Span, context: EngineContext): SpanCounts;

  /**
   * @returns null when it failed and its start was only looked for: the fault may be that of a
   *   wrong place, and shows again at the right one.
   * @throws CsvcleanError as `Engine.clean`.
   */
  measureSpan(
    source: ByteSource,
    header: Header,
    context: EngineContext,
    work: SpanWork,
    settled: SplitSettled,
    request: MeasureRequest,
  ): SpanMeasured | null;

  /**
   * Finds the rows whose key another row has that stays.
   * @returns how many there are.
   * @throws CsvcleanError OUT_OF_MEMORY when the different keys do not fit.
   */
  mergeKeys(context: Pick<EngineContext, 'budget' | 'spill'>, request: MergeRequest): number;

  /**
   * Writes the span's records; the first span's output begins with the header.
   * @returns null as `measureSpan`; what was written until then is void.
   * @throws CsvcleanError as `Engine.clean`.
   */
  cleanSpan(
    source: ByteSource,
    header: Header,
    context: EngineContext,
    work: SpanWork,
    settled: SplitSettled,
    sinks: Sinks,
  ): SpanCleaned | null;
}
