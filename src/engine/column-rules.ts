/**
 * What is asked of the values of single columns (`columns` in a recipe), as plain data. What these
 * rules do to values is the engine's; here stands only what can be said.
 */

/** How numbers are written: `1.234,5` is `{ decimal: ',', thousands: '.' }`. */
export interface NumberConvention {
  readonly decimal: '.' | ',';
  /** One character, other than `decimal`; null: digits are not grouped. */
  readonly thousands: string | null;
}

/** `DD.MM.YYYY`: how dates are written. */
export interface DateFormat {
  readonly format: string;
}

/** One text in the place of another: whole cells. */
export interface Replacement {
  readonly from: string;
  readonly to: string;
}

/** What missing cells become. */
export type Fill =
  | { readonly kind: 'text'; readonly text: string }
  /** The value above. */
  | { readonly kind: 'down' };

/** Every rule of one column. What is not there was not given: what holds for the table holds. */
export interface ColumnRules {
  /** Which cells are missing: `auto`, `off`, or these texts. */
  readonly nulls?: 'auto' | 'off' | readonly string[];
  readonly numbers?: 'auto' | 'off' | NumberConvention;
  readonly booleans?: 'auto' | 'off';
  readonly dates?: 'auto' | 'off' | DateFormat;
  readonly fill?: Fill;
  readonly unicode?: 'nfc' | 'nfkc' | 'off';
  /** Runs of blanks become one. */
  readonly squeeze?: boolean;
  readonly mojibake?: 'auto' | 'off';
  readonly case?: 'lower' | 'upper' | 'title';
  readonly replace?: readonly Replacement[];

  readonly required?: boolean;
  readonly unique?: boolean;
  readonly type?: 'integer' | 'number' | 'boolean' | 'date' | 'text';
  /** A number, or a date as `2024-12-31`. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** A regular expression, that must match somewhere in the value. */
  readonly pattern?: string;
  readonly allowed?: readonly string[];
  readonly onInvalid?: 'reject' | 'null' | 'fail';
}

/** The rules of a column, under its original or cleaned name. */
export interface NamedRules {
  readonly column: string;
  readonly rules: ColumnRules;
}
