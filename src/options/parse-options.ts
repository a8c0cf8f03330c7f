/**
 * From what was handed in to frozen options: every value read by the option table, contradictions
 * refused.
 */
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import { asksOutliers, parseFiles } from './file-options.js';
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
  const asked = { asksOutliers: asksOutliers(given) };
  const read = { ...Object.fromEntries(entries), files, ...asked } as Options;
  const options = Object.freeze({
    ...read,
    ...(isFilter(read, given) ? { output: STDOUT } : {}),
    json: read.json || read.format === 'json',
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
