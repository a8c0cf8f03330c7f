/**
 * The seam between "clean this input" and how it is done: bytes in, cleaned bytes, rejects and
 * counts out. An engine sees no path, thread or clock; the same input and rules give the same bytes
 * from every engine.
 */
import type { MemoryBudget } from '../base/memory-budget.js';
import type { Dialect } from '../csv/dialect.js';
import type { ByteSource } from './byte-source.js';
import type { ExpressionCounts } from './expression/tree.js';
import type { Layout } from './layout.js';
import type { SkipReason } from './outliers/verdict.js';
import type { Header } from './read-header.js';
import type { Rules } from './rules.js';
import type { SchemaRule } from './schema/schema.js';
import type { Spill } from './spill.js';
import type { ColumnValueReport } from './values/report-values.js';

/** Why a record stands in the rejects file: three that were taken out, the rest rejected. */
export type RejectRule =
  | 'outlier'
  | 'bound'
  | 'duplicate'
  | 'too_many_fields'
  | 'too_few_fields'
  | 'bad_quote'
  | 'bad_encoding'
  | 'footer'
  | 'comment'
  | 'repeated_header'
  | 'schema'
  | 'field_too_long'
  | 'invalid_value';

/** One line of the rejects file. */
export interface Reject {
  /** 1-based. */
  readonly line: number;
  /** 0-based, in the input as it lies on disk; null where it was rewritten from another dialect. */
  readonly byteOffset: number | null;
  readonly rule: RejectRule;
  /** Cleaned name, or '' where no single column is to blame. */
  readonly column: string;
  readonly value: string;
  readonly message: string;
  /** The decoded record without its line end. */
  readonly record: string;
  /** Bytes that are not UTF-8 stand in it as `\xHH`, and backslashes as `\\`. */
  readonly isEscaped?: boolean;
}

/** Rows by what became of them; `in` is the sum of all others. */
export interface RowCounts {
  in: number;
  kept: number;
  blank: number;
  filtered: number;
  duplicate: number;
  outlier: number;
  rejected: number;
}

/** What happened to rows and cells that stayed. */
export interface RepairCounts {
  paddedRows: number;
  /** Rows that lost empty cells beyond the header's width. */
  shortenedRows: number;
  /** Rows with a quote where none may stand, kept as it stands. */
  strayRows: number;
  /** Rows that a line end outside quotes had broken, made whole. */
  joinedRows: number;
  trimmedCells: number;
  /** Fields written anew because their bytes were not RFC 4180 in the output dialect. */
  requotedFields: number;
  /** Cells with an apostrophe put before them, so that no spreadsheet runs them. */
  escapedCells: number;
}

/** A column's judgement by the outlier rule. */
export interface OutlierColumnReport {
  readonly column: string;
  /** Numeric values judged. */
  readonly valueCount: number;
  /**
   * Values beyond the fence: taken out, clipped, emptied, flagged or only counted, as the action
   * says.
   */
  readonly outlierCount: number;
  /** Why nothing was done, or null. */
  readonly reason: SkipReason | null;
  readonly detail: string;
  readonly remedy: string | null;
}

export interface ExpressionReport {
  readonly flag: 'where' | 'derive';
  readonly source: string;
  readonly counts: ExpressionCounts;
}

/** How many values broke a rule of a column's schema. */
export interface SchemaReport {
  readonly column: string;
  readonly rule: SchemaRule;
  readonly count: number;
}

/** A before → after example of one rule. */
export interface Sample {
  readonly rule: string;
  /** Final name of the column it is of; '' where the rule is about whole rows. */
  readonly column: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** Something a person should look at; not an error. */
export interface Warning {
  readonly message: string;
  readonly line?: number;
  readonly column?: string;
  readonly remedy?: string;
}

/** All that is known about one cleaned table. */
export interface TableReport {
  /** Which engine cleaned it. */
  readonly engine: EngineName;
  readonly shape: 'table' | 'header_only' | 'empty';
  readonly rows: RowCounts;
  readonly rejectedByRule: ReadonlyMap<RejectRule, number>;
  readonly repairs: RepairCounts;
  /** Original → final names, input columns in file order; null when the input has no header. */
  readonly columns: readonly { readonly from: string; readonly to: string }[];
  /** Final names of the output's columns, in its order; of an input without header too. */
  readonly outputColumns: readonly string[];
  readonly outlierColumns: readonly OutlierColumnReport[];
  /** Values beyond a fence or bound that stayed, changed or marked as the action says. */
  readonly outlierValues: number;
  readonly expressions: readonly ExpressionReport[];
  /** The rules of columns that some value broke. */
  readonly schema: readonly SchemaReport[];
  /** Non-empty cells of kept rows that read as missing, such as NA. */
  readonly naCells: number;
  readonly samples: readonly Sample[];
  readonly warnings: readonly Warning[];
  /** Of the columns whose values rules concern; only there where rules ask for some. */
  readonly values?: readonly ColumnValueReport[];
}

/** Where cleaned bytes and rejects go. `output` must not keep the array: it is reused. */
export interface Sinks {
  output(bytes: Uint8Array): void;
  reject(reject: Reject): void;
  /**
   * Asked now and then while a whole input is written: no more is wanted. What was counted until
   * then is the report.
   */
  isEnough?(): boolean;
}

export interface EngineContext {
  readonly dialect: Dialect;
  readonly rules: Rules;
  readonly budget: MemoryBudget;
  /** Records longer than this are an error, in bytes. */
  readonly maxRecordBytes: number;
  readonly layout: Layout;
  /** Whether the report is to have a few examples of each rule; true when not given. */
  readonly wantsSamples?: boolean;
  /** Where what does not stay in memory goes; needed for `--dedup` only. */
  readonly spill?: Spill;
  /** Called now and then with how far the work has come, scaled to the input's size, in bytes. */
  onProgress(offsetBytes: number): void;
}

export type EngineName = 'fast' | 'reference';

export interface Engine {
  readonly name: EngineName;
  /**
   * Cleans one whole input, whose header was read with the same context.
   * @throws CsvcleanError for what makes the whole input unusable, with line and byte offset. Bytes
   *   that are not UTF-8 are an error too, but another fault may be named before them.
   */
  clean(source: ByteSource, header: Header, context: EngineContext, sinks: Sinks): TableReport;
}
