/** What a pass over the spans of an input asks of each, and what each answers. Plain data. */
import type { ExpressionCounts } from '../expression/tree.js';
import type { PassState } from '../pass-aggregates.js';
import type { TableState } from '../profile/column-state.js';
import type { ProfileLimits } from '../profile/limits.js';
import type { KeyStream } from '../settled.js';
import type { Moments } from '../statistics/exact-sum.js';
import type { Interval, IntervalCounts } from '../statistics/interval-counts.js';
import type { TailsRecord } from '../statistics/tails.js';
import type { TableEvidence } from '../values/value-tools.js';

/** What is wanted of the numbers of one column, over the rows the filter lets through. */
export interface ColumnRequest {
  /** Its place among the table's columns. */
  readonly column: number;
  readonly intervals: readonly Interval[];
  /** The most values that may be kept of an interval. */
  readonly mostKept: number;
  /** When given, the intervals are of distances from it. */
  readonly distanceFrom: number | null;
  readonly wantsTails: boolean;
  readonly wantsMoments: boolean;
}

export interface ColumnMeasures {
  readonly valueCount: number;
  /** Cells that are neither missing nor numeric. */
  readonly textCount: number;
  /** Those before the first number. */
  readonly leadingTextCount: number;
  readonly intervals: readonly IntervalCounts[];
  readonly tails: TailsRecord | null;
  readonly moments: Moments | null;
}

/** The first numbers of a column and how they are written. */
export interface ColumnHead {
  readonly values: Float64Array;
  readonly notations: Uint8Array;
}

/** How the values of a median are looked at, since they are not kept. */
export interface MedianRequest {
  /** Its place among the aggregates of the pass. */
  readonly at: number;
  readonly intervals: readonly Interval[];
  /** The most values that may be kept of an interval. */
  readonly mostKept: number;
}

/** Of aggregates. */
interface AggregatesRequest {
  readonly medians: readonly MedianRequest[];
  /** The same rows were not looked at before: what expressions lose on the way counts. */
  readonly isFirst: boolean;
}

export type MeasureRequest =
  /** The evidence of the columns with rules for their values, in the order of the plan. */
  | { readonly kind: 'values' }
  /** The aggregates of `--where`, over all rows that are neither blank nor rejected. */
  | ({ readonly kind: 'where' } & AggregatesRequest)
  | { readonly kind: 'columns'; readonly columns: readonly ColumnRequest[] }
  /** @param limit how many numbers of each column. */
  | { readonly kind: 'heads'; readonly columns: readonly number[]; readonly limit: number }
  /** How many values lie beyond the settled fences, and how many rows have one. */
  | { readonly kind: 'beyond' }
  /** The keys of this one of `keyPlans`, each span's in a stream of its own. */
  | {
      readonly kind: 'keys';
      readonly plan: number;
      /** The stream of the first span. */
      readonly firstStream: number;
      /** Into how many parts hashes are divided. */
      readonly partCount: number;
    }
  /** All that `csvclean profile` tells of the rows and columns, but for ranks. */
  | { readonly kind: 'profile'; readonly limits: ProfileLimits }
  /** The aggregates of `--derive` of this level, over the rows that are left. */
  | ({ readonly kind: 'derive'; readonly level: number } & AggregatesRequest);

export type Measures =
  | { readonly kind: 'values'; readonly evidence: TableEvidence }
  | {
      readonly kind: 'aggregates';
      /** Those of medians hold nothing. */
      readonly states: readonly PassState[];
      /** In the order of the request. */
      readonly medians: readonly (readonly IntervalCounts[])[];
      /** Of the filter, or of each derived column. */
      readonly counts: readonly ExpressionCounts[];
    }
  | { readonly kind: 'columns'; readonly columns: readonly ColumnMeasures[] }
  | { readonly kind: 'heads'; readonly heads: readonly ColumnHead[] }
  | { readonly kind: 'profile'; readonly table: TableState }
  | {
      readonly kind: 'keys';
      /** In the order of the spans. */
      readonly streams: readonly KeyStream[];
      /** What each part takes in all of them. */
      readonly partBytes: Float64Array;
    }
  | {
      readonly kind: 'beyond';
      readonly rowCount: number;
      readonly rowsBeyond: number;
      /** In the order of the judged columns. */
      readonly valuesBeyond: readonly number[];
    };
