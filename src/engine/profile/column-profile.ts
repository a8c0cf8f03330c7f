/** What is told of a column: one shape for a file and for all files. Plain data. */
import type { CellCount, KindCount, TokenCount } from './column-state.js';
import type { ColumnType } from './judge-type.js';
import type { NumberFigures } from './number-figures.js';

export interface DistinctCount {
  readonly count: number;
  readonly isExact: boolean;
  /** The standard error, as a share; 0 where it is exact. */
  readonly error: number;
}

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export interface ColumnProfile {
  /** The final name. */
  readonly name: string;
  /** As it stands in the header; of all files, in the first that has it. */
  readonly original: string;
  readonly type: ColumnType;
  /** Cells, missing ones included. */
  readonly cells: number;
  readonly missing: {
    readonly count: number;
    readonly empty: number;
    readonly tokens: readonly TokenCount[];
  };
  /** Different values; how many of those there are. */
  readonly distinct: DistinctCount;
  /** How values are written, the most frequent first. */
  readonly kinds: readonly KindCount[];
  readonly numbers: NumberFigures | null;
  /** Of dates that sort as texts. */
  readonly dates: { readonly first: string; readonly last: string } | null;
  /** Lengths of values in characters; null without a value. */
  readonly lengths: { readonly shortest: number; readonly longest: number } | null;
  /** The most frequent values; null where there are too many to count each. */
  readonly top: readonly ValueCount[] | null;
  /** Cells with blanks around them. */
  readonly spaced: CellCount | null;
  readonly suspects: readonly Suspect[];
}

export type SuspectKind =
  /** A number or date that likely stands for "no value". */
  | 'sentinel'
  /** Numbers written in more than one way, or with different units. */
  | 'conventions'
  | 'constant'
  /** Numbers that name things, and measure nothing. */
  | 'identifier'
  | 'leading_zeros'
  | 'long_integers'
  | 'spaces'
  | 'na_words'
  /** A few texts among numbers, dates or truths. */
  | 'strangers'
  | 'date_order'
  | 'empty';

export interface Suspect {
  readonly kind: SuspectKind;
  readonly message: string;
  /** Of an example, 1-based, and of which input; null where none is at hand. */
  readonly line: number | null;
  readonly input: number;
  /** The values meant, as they stand: sentinels. */
  readonly values: readonly string[];
}
