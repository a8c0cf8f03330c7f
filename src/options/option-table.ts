/**
 * The one list of options: flag, group, default, help and how its value is read. Command line,
 * library, help and (later) recipe and completions all come from here.
 */
import { DEFAULT_MAX_MEMORY_BYTES, MIN_MAX_MEMORY_BYTES } from '../executor/plan-memory.js';
import type { Options } from './options.js';
import {
  type Parse,
  parseChoice,
  parseColumns,
  parseCount,
  parseDelimiter,
  parseEscape,
  parseExpandLimits,
  parseFilledText,
  parseLimits,
  parseOutliers,
  parsePositive,
  parseQuote,
  parseRejectLimit,
  parseRenames,
  parseSize,
  parseSwitch,
  parseText,
  parseTexts,
  parseWorkers,
} from './parse-values.js';

export type OptionGroup =
  | 'Inputs'
  | 'Output'
  | 'Workers'
  | 'Dialect'
  | 'Columns'
  | 'Rows and values'
  | 'Outliers'
  | 'Rejects'
  | 'Run'
  | 'Talk';

/** In the order of the help. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  'Inputs',
  'Output',
  'Workers',
  'Dialect',
  'Columns',
  'Rows and values',
  'Outliers',
  'Rejects',
  'Run',
  'Talk',
];

export interface OptionSpec<T> {
  /** As commander writes it: `-o, --out-dir <dir>`. Null for the inputs themselves. */
  readonly flags: string | null;
  readonly group: OptionGroup;
  readonly byDefault: T;
  readonly help: string;
  readonly parse: Parse<T>;
  /** May be given several times. */
  readonly isRepeatable?: boolean;
  /** Other spellings, not shown in the help. */
  readonly hiddenFlags?: readonly string[];
}

const GIB = 2 ** 30;

function orNull<T>(parse: Parse<T>): Parse<T | null> {
  return (given, flag) => (given === null ? null : parse(given, flag));
}

/** A flag without a value; `--no-…` turns off what is on. */
function switchOption(flags: string, group: OptionGroup, help: string): OptionSpec<boolean> {
  return { flags, group, byDefault: flags.startsWith('--no-'), help, parse: parseSwitch };
}

export const OPTION_TABLE: { readonly [K in keyof Options]: OptionSpec<Options[K]> } = {
  inputs: {
    flags: null,
    group: 'Inputs',
    byDefault: [],
    help: 'files, globs, folders; !glob to exclude',
    parse: parseTexts,
  },
  filesFrom: {
    flags: '--files-from <file>',
    group: 'Inputs',
    byDefault: null,
    help: 'also read input names from a file, one a line; - is standard input',
    parse: orNull(parseFilledText),
  },
  allowNoMatch: switchOption('--allow-no-match', 'Inputs', 'a pattern without a match is no error'),
  outDir: {
    flags: '-o, --out-dir <dir>',
    group: 'Output',
    byDefault: 'cleaned',
    help: 'folder for the cleaned files (default: cleaned)',
    parse: parseFilledText,
  },
  output: {
    flags: '--output <file>',
    group: 'Output',
    byDefault: null,
    help: 'name of the one output, for one input',
    parse: orNull(parseFilledText),
  },
  prefix: {
    flags: '--prefix <text>',
    group: 'Output',
    byDefault: '',
    help: 'put before each output name, such as cleaned_',
    parse: parseText,
  },
  base: {
    flags: '--base <dir>',
    group: 'Output',
    byDefault: null,
    help: 'keep input paths below this folder in the output',
    parse: orNull(parseFilledText),
  },
  inPlace: switchOption('--in-place', 'Output', 'replace the inputs (needs --backup or --force)'),
  backup: {
    flags: '--backup <ext>',
    group: 'Output',
    byDefault: null,
    help: 'with --in-place: keep each input as NAME + EXT',
    parse: orNull(parseFilledText),
  },
  compress: {
    flags: '-z, --compress <format>',
    group: 'Output',
    byDefault: null,
    help: 'of the outputs: none, gz, br or zst (default: as the input)',
    parse: orNull(parseChoice(['none', 'gz', 'br', 'zst'])),
  },
  force: switchOption('--force', 'Output', 'replace outputs that csvclean did not write'),
  durable: switchOption('--durable', 'Output', 'fsync files and folders: safe against power loss'),
  workers: {
    flags: '-w, --workers <n>',
    group: 'Workers',
    byDefault: 'auto',
    help: 'worker threads, or auto: the CPUs this process may use; 0: work in the main thread (default: auto)',
    parse: parseWorkers,
    hiddenFlags: ['-j, --jobs <n>'],
  },
  spanSize: {
    flags: '--span-size <size>',
    group: 'Workers',
    byDefault: 8 * 2 ** 20,
    help: 'where files of more than 8 such pieces are cut for the workers (default: 8MB)',
    parse: parseSize(1, GIB),
  },
  timeout: {
    flags: '--timeout <seconds>',
    group: 'Workers',
    byDefault: null,
    help: 'longest time for one input (default: none)',
    parse: orNull(parsePositive),
  },
  maxMemory: {
    flags: '--max-memory <size>',
    group: 'Workers',
    byDefault: DEFAULT_MAX_MEMORY_BYTES,
    help: 'most memory per worker: half heap, half buffers (default: 2GB)',
    parse: parseSize(MIN_MAX_MEMORY_BYTES, 1024 * GIB),
  },
  maxDecompressed: {
    flags: '--max-decompressed <limit>',
    group: 'Inputs',
    byDefault: { maxBytes: Number.POSITIVE_INFINITY, maxRatio: 200 },
    help: 'most that a compressed input may expand to: a size, or a ratio beyond 16MB (default: 200x)',
    parse: parseExpandLimits,
  },
  delimiter: {
    flags: '-d, --delimiter <text>',
    group: 'Dialect',
    byDefault: null,
    help: 'between fields, one or more characters; default comma, in .tsv and .tab files tab',
    parse: orNull(parseDelimiter),
  },
  quote: {
    flags: '--quote <char>',
    group: 'Dialect',
    byDefault: '"',
    help: 'around fields; none: quotes are ordinary characters',
    parse: parseQuote,
  },
  escape: {
    flags: '--escape <char>',
    group: 'Dialect',
    byDefault: null,
    help: 'before a quote inside quotes, where it is not doubled',
    parse: orNull(parseEscape),
  },
  headers: switchOption(
    '--no-headers',
    'Dialect',
    'the first record is data; columns are column_1, column_2, …; no header is written',
  ),
  maxField: {
    flags: '--max-field <size>',
    group: 'Dialect',
    byDefault: 16 * 2 ** 20,
    help: 'records with a longer field are rejected (default: 16MB)',
    parse: parseSize(1, GIB),
  },
  maxColumns: {
    flags: '--max-columns <n>',
    group: 'Dialect',
    byDefault: 16_384,
    help: 'files with more columns are refused (default: 16384)',
    parse: parseCount(1, 1_000_000),
  },
  case: {
    flags: '--case <style>',
    group: 'Columns',
    byDefault: 'snake',
    help: 'of column names: snake, camel, pascal, kebab, const, lower or preserve (default: snake)',
    parse: parseChoice(['snake', 'camel', 'pascal', 'kebab', 'const', 'lower', 'preserve']),
  },
  rename: {
    flags: '--rename <old=new>',
    group: 'Columns',
    byDefault: [],
    help: 'rename a column; old is its original or cleaned name',
    parse: parseRenames,
    isRepeatable: true,
  },
  select: {
    flags: '-s, --select <cols>',
    group: 'Columns',
    byDefault: null,
    help: 'write only these columns, in this order',
    parse: orNull(parseColumns),
    isRepeatable: true,
  },
  drop: {
    flags: '--drop <cols>',
    group: 'Columns',
    byDefault: [],
    help: 'leave these columns out',
    parse: parseColumns,
    isRepeatable: true,
  },
  cleanNames: switchOption('--no-clean-names', 'Columns', 'keep column names as they are'),
  ragged: {
    flags: '--ragged <policy>',
    group: 'Rows and values',
    byDefault: 'pad',
    help: 'rows of another width: pad short ones, reject, or error (fail the file) (default: pad)',
    parse: parseChoice(['pad', 'reject', 'error']),
  },
  keepBlank: switchOption('--keep-blank', 'Rows and values', 'keep rows whose cells are all empty'),
  where: {
    flags: '--where <expr>',
    group: 'Rows and values',
    byDefault: null,
    help: "keep rows for which this holds: 'value <= 500'",
    parse: orNull(parseFilledText),
  },
  trim: switchOption('--no-trim', 'Rows and values', 'keep spaces around cells'),
  derive: {
    flags: '--derive <name=expr>',
    group: 'Rows and values',
    byDefault: [],
    help: "add or replace a column: 'share = value / sum(value)'",
    parse: parseTexts,
    isRepeatable: true,
  },
  outliers: {
    flags: '--outliers <method>',
    group: 'Outliers',
    byDefault: { method: { kind: 'gap' }, isAuto: true },
    help: 'auto (gap rule with guards), off, gap, iqr[:K], mad[:C], zscore[:Z], percentile:LO,HI (default: auto)',
    parse: parseOutliers,
  },
  outlierAction: {
    flags: '--outlier-action <action>',
    group: 'Outliers',
    byDefault: 'drop',
    help: 'drop (to the rejects), clip, null, flag or report (default: drop)',
    parse: parseChoice(['drop', 'clip', 'null', 'flag', 'report']),
  },
  outlierColumns: {
    flags: '--outlier-columns <cols>',
    group: 'Outliers',
    byDefault: null,
    help: 'judge only these columns',
    parse: orNull(parseColumns),
    isRepeatable: true,
  },
  outlierExclude: {
    flags: '--outlier-exclude <cols>',
    group: 'Outliers',
    byDefault: [],
    help: 'never judge these columns',
    parse: parseColumns,
    isRepeatable: true,
  },
  outlierScope: {
    flags: '--outlier-scope <scope>',
    group: 'Outliers',
    byDefault: 'file',
    help: 'what fences and aggregates are computed over: file (each by itself) or all (default: file)',
    parse: parseChoice(['file', 'all']),
  },
  groupBy: {
    flags: '--group-by <cols>',
    group: 'Outliers',
    byDefault: [],
    help: 'judge each group of rows by itself',
    parse: parseColumns,
    isRepeatable: true,
  },
  max: {
    flags: '--max <col=number>',
    group: 'Outliers',
    byDefault: [],
    help: 'values above are outliers, always',
    parse: parseLimits,
    isRepeatable: true,
  },
  min: {
    flags: '--min <col=number>',
    group: 'Outliers',
    byDefault: [],
    help: 'values below are outliers, always',
    parse: parseLimits,
    isRepeatable: true,
  },
  rejects: {
    flags: '--rejects <dir>',
    group: 'Rejects',
    byDefault: null,
    help: 'folder for what is taken out; default OUT-DIR/rejects; none: only count',
    parse: orNull(parseFilledText),
  },
  maxRejects: {
    flags: '--max-rejects <limit>',
    group: 'Rejects',
    byDefault: null,
    help: 'exit 1 when more records are rejected: 100, or 0.5% of the rows (default: no limit)',
    parse: orNull(parseRejectLimit),
  },
  dryRun: switchOption('-n, --dry-run', 'Run', 'write nothing; show what each rule would do'),
  baseline: switchOption(
    '--baseline',
    'Run',
    'also run on one worker, compare the bytes, print the measured speed-up',
  ),
  failFast: switchOption('--fail-fast', 'Run', 'stop at the first file that fails'),
  engine: {
    flags: '--engine <name>',
    group: 'Run',
    byDefault: 'fast',
    help: 'fast, or reference: a record at a time, to check the fast one by',
    parse: parseChoice(['fast', 'reference']),
  },
  json: switchOption('--json', 'Talk', 'print the result as JSON on standard output'),
  quiet: switchOption('-q, --quiet', 'Talk', 'print errors and warnings only'),
  verbose: switchOption('-v, --verbose', 'Talk', 'print a line for each file, and all details'),
  progress: switchOption('--no-progress', 'Talk', 'no progress bar or progress lines'),
  color: {
    flags: '--color <when>',
    group: 'Talk',
    byDefault: 'auto',
    help: 'auto, always or never; NO_COLOR is honoured (default: auto)',
    parse: parseChoice(['auto', 'always', 'never']),
  },
};
