/**
 * What passes know of a column so far: plain data that survives a structured clone, and adds up in
 * any order. While a column has few different values, they say all; of more, sums are kept.
 */
import type { Moments } from '../statistics/exact-sum.js';
import type { TailsRecord } from '../statistics/tails.js';
import type { ValueKind } from './value-kind.js';

/** Some cells, and the first of them. */
export interface CellCount {
  readonly count: number;
  /** Of which input that one is, by its place among those that are told of together. */
  readonly input: number;
  /** Line of the record, 1-based. */
  readonly line: number;
  /** Its value, cut where it is long. */
  readonly example: string;
}

export interface KindCount extends CellCount {
  readonly kind: ValueKind;
}

export interface TokenCount {
  readonly token: string;
  readonly count: number;
}

/** Numbers as they are; `counts` says how often each was met, null: once. */
export interface HeldNumbers {
  readonly values: Float64Array;
  readonly counts: Float64Array | null;
}

export interface CountedNumbers extends HeldNumbers {
  readonly counts: Float64Array;
}

/** With the moments of all of them. */
export interface SummedNumbers extends CountedNumbers {
  readonly moments: Moments;
}

/** The different values of a column, and how often each was met. */
export interface PackedValues {
  readonly counts: Float64Array;
  readonly ends: Uint32Array;
  readonly pool: Uint8Array;
  /** Those that are numbers; null where none is. */
  readonly numbers: SummedNumbers | null;
}

/** Where ranks of numbers are that are not held. */
export interface RankGuide {
  readonly tails: TailsRecord;
  /** Some of them, from all over the column. */
  readonly sample: Float64Array;
}

/** Of the numbers among many different values. */
export interface NumberState {
  readonly moments: Moments;
  /** All of them; null where they are too many, and there is a guide instead. */
  readonly held: readonly HeldNumbers[] | null;
  readonly guide: RankGuide | null;
}

/** What only columns of many different values have. */
export interface ManyValues {
  /** See `estimate-distinct`. */
  readonly registers: Uint8Array;
  readonly numbers: NumberState | null;
}

export interface ColumnState {
  /** Cells without a character. */
  readonly empty: number;
  /** Tokens for "no value", by token. */
  readonly tokens: readonly TokenCount[];
  /** How values are written, by kind. */
  readonly kinds: readonly KindCount[];
  /** Cells that trimming changes. */
  readonly spaced: CellCount | null;
  /** Of values, in characters; Infinity and 0 where there are none. */
  readonly shortest: number;
  readonly longest: number;
  /** Dates that sort as texts: the first and last of them. */
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  /** All different values; null where they are too many. */
  readonly values: PackedValues | null;
  /** Null where `values` are not. */
  readonly many: ManyValues | null;
}

/** Records that were rejected under one rule. */
export interface RejectedCount {
  readonly rule: string;
  readonly count: number;
  /** Of the first. */
  readonly line: number;
}

/** Of some records of a table. */
export interface TableState {
  /** All records, blank ones and rejected ones included. */
  readonly rows: number;
  readonly blank: number;
  readonly rejected: readonly RejectedCount[];
  readonly columns: readonly ColumnState[];
}
