/**
 * From what was handed in to frozen options: every value read by the option table, contradictions
 * refused.
 */
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import { OPTION_TABLE } from './option-table.js';
import { type OptionInput, type Options, STDIN, STDOUT } from './options.js';

/**
 * Reads `given` by the option table; what is not given has its default.
 * @throws CsvcleanError USAGE for unknown options, bad values and contradictions.
 */
export function parseOptions(given: OptionInput): Options {
  const known = new Map(Object.entries(OPTION_TABLE));
  for (const key of Object.keys(given)) {
    if (!known.has(key)) throw unknownOption(key, known.keys());
  }
  const entries = [...known].map(([key, spec]) => {
    const value: unknown = Reflect.get(given, key);
    return [key, value === undefined ? spec.byDefault : spec.parse(value, flagOf(key))];
  });
  const read = Object.fromEntries(entries) as Options;
  const options = Object.freeze({
    ...read,
    ...(isFilter(read, given) ? { output: STDOUT } : {}),
    ...(read.check ? outliersOfCheck(read, given) : {}),
  });
  refuseWithCheck(options);
  refuseContradictions(options);
  return options;
}

/** Standard input alone, and nothing said of an output: to standard output. */
function isFilter(options: Options, given: OptionInput): boolean {
  const { inputs, filesFrom, inPlace, check } = options;
  if (inPlace || check || filesFrom !== null) return false;
  const isNamed = given.output !== undefined || given.outDir !== undefined;
  return inputs.length === 1 && inputs[0] === STDIN && !isNamed;
}

/**
 * What `--check` makes of outliers that nobody asked for: a file is not wrong for having some, so
 * they are only told. Beside bounds, whose values are to be acted upon, they are not looked for.
 */
function outliersOfCheck({ min, max }: Options, given: OptionInput): Partial<Options> {
  const { outliers, outlierAction, outlierColumns } = given;
  const isAsked = [outliers, outlierAction, outlierColumns].some((one) => one !== undefined);
  if (isAsked) return {};
  const hasBounds = min.length + max.length > 0;
  return hasBounds
    ? { outliers: { method: { kind: 'off' }, isAuto: false } }
    : { outlierAction: 'report' };
}

function unknownOption(key: string, known: Iterable<string>): CsvcleanError {
  const near = suggest(key, known);
  return new CsvcleanError('USAGE', `unknown option "${key}"`, {
    remedy: near === null ? 'See csvclean --help.' : `Did you mean "${near}"?`,
  });
}

/** The long flag of an option: `maxField` → `--max-field`. */
export function flagOf(key: string): string {
  const spec = new Map<string, { readonly flags: string | null }>(Object.entries(OPTION_TABLE)).get(
    key,
  );
  return /--[a-z-]+/.exec(spec?.flags ?? '')?.[0] ?? key;
}

/** What writes, or shows what is written, has no place beside `--check`. */
function refuseWithCheck(options: Options): void {
  if (!options.check) return;
  const others: readonly (readonly [flag: string, isGiven: boolean])[] = [
    ['--output', options.output !== null],
    ['--in-place', options.inPlace],
    ['--compress', options.compress !== null],
    ['--dry-run', options.dryRun],
    ['--baseline', options.baseline],
  ];
  const other = others.find(([, isGiven]) => isGiven);
  if (other === undefined) return;
  throw new CsvcleanError('USAGE', `--check and ${other[0]} exclude each other`, {
    remedy: '--check writes nothing: leave the other out.',
  });
}

function refuseContradictions(options: Options): void {
  const refuse = (message: string, remedy: string): never => {
    throw new CsvcleanError('USAGE', message, { remedy });
  };
  const { inPlace, backup, force, output, base, dryRun, baseline } = options;
  if (inPlace && backup === null && !force && !dryRun) {
    refuse(
      '--in-place replaces the inputs',
      'Add --backup .bak to keep them, or --force to do without.',
    );
  }
  if (inPlace && output !== null)
    refuse('--in-place and --output exclude each other', 'Choose one.');
  if (inPlace && options.compress !== null) {
    refuse('--in-place and --compress exclude each other', 'A file keeps its compression.');
  }
  if (inPlace && options.prefix !== '') {
    refuse('--in-place and --prefix exclude each other', 'Choose one.');
  }
  if (backup !== null && !inPlace) refuse('--backup goes with --in-place', 'Add --in-place.');
  if (backup !== null && /[/\\]/.test(backup)) {
    refuse(`--backup ${backup}: expected an ending such as .bak`, 'Name no folder.');
  }
  if (inPlace && options.inputs.includes(STDIN)) {
    refuse('--in-place cannot replace standard input', 'Name files only.');
  }
  if (output === STDOUT) {
    if (options.json) refuse('--json and --output - both write to standard output', 'Choose one.');
    if (baseline) refuse('--baseline compares files', 'Name an output.');
    if (options.compress !== null && options.compress !== 'none') {
      refuse('--compress writes files', 'Pipe the output through gzip or the like.');
    }
  }
  if (output !== null && base !== null) {
    refuse('--output and --base exclude each other', 'Choose one.');
  }
  if (/[/\\]/.test(options.prefix)) {
    refuse(`--prefix ${options.prefix}: it is part of a file name`, 'Use --out-dir for folders.');
  }
  if (options.outlierScope === 'all') {
    const refuseScope = (what: string): void =>
      refuse(`--outlier-scope all and ${what} exclude each other`, 'Choose one.');
    if (options.groupBy.length > 0) refuseScope('--group-by');
    if (options.engine === 'reference') refuseScope('--engine reference');
  }
  if (options.keepDialect && (options.outDelimiter !== null || options.crlf || options.bom)) {
    refuse('--keep-dialect and --out-delimiter, --crlf or --bom exclude each other', 'Choose one.');
  }
  if (dryRun && baseline) refuse('--dry-run and --baseline exclude each other', 'Choose one.');
  if (options.quiet && options.verbose) refuse('-q and -v exclude each other', 'Choose one.');
  if (options.workers === 0 && options.timeout !== null) {
    refuse('--timeout needs a worker thread', 'Set --workers 1 or more.');
  }
  if (options.filesFrom === STDIN && options.inputs.includes(STDIN)) {
    refuse('standard input is named twice', 'Name it once.');
  }
  if (options.delimiter !== null && options.delimiter === options.quote) {
    refuse('--delimiter and --quote are the same character', 'Choose different ones.');
  }
}
