/**
 * The options of a run, parsed and frozen: what the command line, the library and a recipe all
 * become. Below `job/` only rules, dialect and task data travel.
 */
import type { DateFormat, NamedRules, NumberConvention } from '../engine/column-rules.js';
import type { EngineName } from '../engine/engine.js';
import type {
  DedupKeep,
  NameCase,
  OutlierAction,
  OutlierMethod,
  RaggedPolicy,
  Rename,
} from '../engine/rules.js';
import type { Compression } from '../store/compression.js';
import type { ExpandLimits } from '../store/expand-input.js';
import type { EncodingErrors } from '../task/task.js';

/** A rule for the values of one column, or of all. */
export interface ValueSetting<T> {
  /** Null: all columns. */
  readonly column: string | null;
  readonly value: T;
}

/** What names standard input among the inputs, and standard output with `--output`. */
export const STDIN = '-';
export const STDOUT = '-';

/** `--outliers`, with whether a method was named (which lifts some guards). */
export interface OutlierOption {
  readonly method: OutlierMethod;
  readonly isAuto: boolean;
}

/** `--max-rejects`: a number of records, or a percentage of the rows in. */
export interface RejectLimit {
  readonly kind: 'count' | 'percent';
  readonly limit: number;
}

export interface ColumnLimit {
  readonly column: string;
  readonly limit: number;
}

/** Options for the inputs that match. */
export interface FileOptions {
  /** Globs over paths below `folder`; one without a slash is about names alone. */
  readonly match: readonly string[];
  /** Absolute. */
  readonly folder: string;
  readonly options: Partial<Options>;
}

/** Every option, under the name of its long flag in camel case. `null` means: not given. */
export interface Options {
  readonly inputs: readonly string[];
  readonly filesFrom: string | null;
  readonly allowNoMatch: boolean;

  readonly outDir: string;
  readonly output: string | null;
  /** One file for the rows of all inputs. */
  readonly concat: string | null;
  readonly concatSource: string | null;
  readonly prefix: string;
  readonly base: string | null;
  readonly inPlace: boolean;
  readonly backup: string | null;
  /** Of the outputs; null: as their inputs. */
  readonly compress: 'none' | Compression | null;
  readonly outDelimiter: string | null;
  readonly crlf: boolean;
  readonly bom: boolean;
  readonly keepDialect: boolean;
  readonly escapeFormulas: boolean;
  readonly force: boolean;
  readonly durable: boolean;

  readonly workers: number | 'auto';
  /** Bytes between the cuts of large inputs. */
  readonly spanSize: number;
  /** Seconds for one input. */
  readonly timeout: number | null;
  /** Bytes per worker. */
  readonly maxMemory: number;

  readonly maxDecompressed: ExpandLimits;

  readonly delimiter: string | null;
  /** A character, or null for none. */
  readonly quote: string | null | 'auto';
  /** A character, or null: quotes are doubled. */
  readonly escape: string | null | 'auto';
  /** A canonical name. */
  readonly encoding: string | 'auto';
  readonly encodingErrors: EncodingErrors;
  readonly headers: boolean;
  readonly headerRows: number | 'auto';
  readonly skipLines: number | 'auto';
  /** What comment lines begin with. */
  readonly comment: string | null;
  readonly sniff: boolean;
  /** Bytes. */
  readonly maxField: number;
  readonly maxColumns: number;
  readonly maxGroups: number;

  readonly case: NameCase;
  readonly rename: readonly Rename[];
  readonly select: readonly string[] | null;
  readonly drop: readonly string[];
  readonly cleanNames: boolean;

  readonly ragged: RaggedPolicy;
  readonly keepBlank: boolean;
  readonly where: string | null;
  /** Columns whose cells tell rows apart; none: all. Null: duplicates stay. */
  readonly dedup: readonly string[] | null;
  readonly dedupKeep: DedupKeep;
  readonly trim: boolean;

  readonly nulls: readonly ValueSetting<'auto' | 'off' | readonly string[]>[];
  readonly numbers: readonly ValueSetting<'auto' | 'off' | NumberConvention>[];
  readonly dates: readonly ValueSetting<'auto' | 'off' | DateFormat>[];
  /** These have no flags: a recipe, `--set` or the library gives them. */
  readonly booleans: 'auto' | 'off';
  readonly unicode: 'nfc' | 'nfkc' | 'off';
  readonly squeeze: boolean;
  readonly mojibake: 'auto' | 'off';
  /** Rules for the values of single columns; only a recipe or the library can give them. */
  readonly columns: readonly NamedRules[];

  readonly outliers: OutlierOption;
  readonly outlierAction: OutlierAction;
  readonly outlierColumns: readonly string[] | null;
  readonly outlierExclude: readonly string[];
  readonly outlierScope: 'file' | 'all';
  readonly groupBy: readonly string[];
  readonly max: readonly ColumnLimit[];
  readonly min: readonly ColumnLimit[];

  readonly derive: readonly string[];

  /** A folder, 'none', or null for the default place. */
  readonly rejects: string | null;
  readonly maxRejects: RejectLimit | null;

  readonly recipe: string | null;
  readonly config: boolean;
  readonly set: readonly string[];
  readonly printConfig: boolean;

  /** What is different for some of the inputs: later ones win. */
  readonly files: readonly FileOptions[];
  /** Somebody said how outliers are found or what becomes of them; not only bounds. */
  readonly asksOutliers: boolean;

  /** Nothing is written: outputs are compared with their inputs. */
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly baseline: boolean;
  readonly failFast: boolean;
  readonly engine: EngineName;

  readonly json: boolean;
  /** Null: as fits where it runs. `json` sets `json` too. */
  readonly format: 'text' | 'github' | 'json' | null;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

/** The one file that a run writes, or `-`; null where each input has its own. */
export function oneOutput({ output, concat }: Pick<Options, 'output' | 'concat'>): string | null {
  return concat ?? output;
}

/** Whether a run only looks, and leaves all files as they are. */
export function writesNothing({ check, dryRun }: Pick<Options, 'check' | 'dryRun'>): boolean {
  return check || dryRun;
}

/**
 * What the library and the command line hand in: any option, as text or as the value it becomes.
 */
export type OptionInput = { readonly [K in keyof Options]?: unknown };
