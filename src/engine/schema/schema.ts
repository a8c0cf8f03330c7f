/** What the cells of columns must be, compiled from their rules. */
import type { ColumnRules } from '../column-rules.js';
import type { Column } from '../columns.js';

export type SchemaRule = 'required' | 'type' | 'min' | 'max' | 'pattern' | 'allowed' | 'unique';
export type OnInvalid = NonNullable<ColumnRules['onInvalid']>;

/** One rule of one column. */
export interface SchemaCheck {
  readonly rule: SchemaRule;
  /** Its place among all rules of all columns, where it is counted. */
  readonly place: number;
  /** What is wrong with a cell, behind the column's name and the cell; null: nothing. */
  readonly complaint: (text: string) => string | null;
}

/** All rules of one column that look at a cell by itself. */
export interface SchemaColumn {
  readonly column: Column;
  readonly onInvalid: OnInvalid;
  readonly checks: readonly SchemaCheck[];
  /**
   * Where numbers alone tell which cells may break a rule: those that are missing or no numbers as
   * said, and those beyond. Null: the texts must be looked at.
   */
  readonly numbers: NumberScreen | null;
}

export interface NumberScreen {
  readonly isRequired: boolean;
  readonly min: number;
  readonly max: number;
}

/** A column in which no value may come twice. */
export interface UniqueColumn {
  readonly column: Column;
  readonly onInvalid: OnInvalid;
  readonly place: number;
}

export interface SchemaPlan {
  readonly columns: readonly SchemaColumn[];
  readonly uniques: readonly UniqueColumn[];
  /** By place: whose rule it is. */
  readonly places: readonly { readonly column: string; readonly rule: SchemaRule }[];
}

export const NO_SCHEMA: SchemaPlan = { columns: [], uniques: [], places: [] };
