/**
 * From what was handed in to frozen options: every value read by the option table, contradictions
 * refused.
 */
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import { parseFiles } from './file-options.js';
import { OPTION_TABLE } from './option-table.js';
import { type OptionInput, type Options, STDIN, STDOUT } from './options.js';
import { refuseContradictions } from './refuse-contradictions.js';

/**
 * Reads `given` by the option table; what is not given has its default.
 * @throws CsvcleanError USAGE for unknown options, bad values and contradictions.
 */
export function parseOptions(given: OptionInput): Options {
  const known = new Map(Object.entries(OPTION_TABLE));
  for (const key of Object.keys(given)) {
    if (!known.has(key) && key !== 'files') throw unknownOption(key, known.keys());
  }
  const entries = [...known].map(([key, spec]) => {
    const value: unknown = Reflect.get(given, key);
    return [key, value === undefined ? spec.byDefault : spec.parse(value, flagOf(key))];
  });
  const files = given.files === undefined ? [] : parseFiles(given.files);
  const read = { ...Object.fromEntries(entries), files } as Options;
  const options = Object.freeze({
    ...read,
    ...(isFilter(read, given) ? { output: STDOUT } : {}),
    json: read.json || read.format === 'json',
    ...(read.check ? outliersOfCheck(read, given) : {}),
  });
  refuseContradictions(options);
  return options;
}

/** Standard input alone, and nothing said of an output: to standard output. */
function isFilter(options: Options, given: OptionInput): boolean {
  const { inputs, filesFrom, inPlace, check } = options;
  if (inPlace || check || filesFrom !== null) return false;
  const named = [given.output, given.outDir, given.concat];
  const isNamed = named.some((one) => one !== undefined);
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
