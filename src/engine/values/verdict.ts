/** What is done to the values of a column, once all of it was seen. Plain data. */
import type { Example } from './evidence.js';

/** How the values of a column are converted; each cell that fits is. */
export type TypeVerdict =
  | { readonly kind: 'numbers'; readonly decimal: '.' | ',' }
  /** By the bit of its format. */
  | { readonly kind: 'dates'; readonly format: number }
  | { readonly kind: 'booleans' };

/** Why a column was left as it is. */
export type LeftReason =
  /** A text among the values. */
  | 'text'
  /** Two values that no one convention has. */
  | 'mixed'
  /** Two conventions that fit all values, and say different things. */
  | 'ambiguous'
  | 'mixed_units'
  /** Its name says that these are no numbers. */
  | 'id_like'
  /** Only one of two letters, or all in parentheses. */
  | 'one_sided';

/** What is to be told of a column. */
export interface ValueFinding {
  readonly rule: 'nulls' | 'numbers' | 'dates' | 'booleans';
  /** How its values are written, such as `1.234,5` or `DD.MM.YYYY`; null when it was left. */
  readonly convention: string | null;
  /** Null when it is converted. */
  readonly reason: LeftReason | null;
  readonly detail: string;
  readonly example: Example | null;
  readonly remedy: string | null;
}

export interface ColumnVerdict {
  /** Its place among the table's columns. */
  readonly column: number;
  /** Whether tokens such as NA are blanked. */
  readonly blanksTokens: boolean;
  /** Null: values keep their form, unless the rules name one. */
  readonly type: TypeVerdict | null;
  readonly findings: readonly ValueFinding[];
}
