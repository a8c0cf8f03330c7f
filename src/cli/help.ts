/** The text of `--help`: examples first, then every option by group, at most 80 columns. */
import { OPTION_GROUPS, type OptionSpec } from '../options/option-spec.js';
import { OPTION_TABLE } from '../options/option-table.js';

const HEAD = `csvclean: cleans CSV files in parallel, one cleaned CSV per input

Usage: csvclean [options] <file|glob|folder>...
       csvclean sniff [options] <file|glob|folder>...
       csvclean profile [options] <file|glob|folder>...
       csvclean init [options] [file|glob|folder]...
       csvclean rejects [options] <rejects file> [input]

Examples:
  csvclean data/*.csv                        clean into cleaned/
  csvclean data --workers 8 --out-dir out    a whole folder, 8 workers
  csvclean data/*.csv --where 'value <= 500' \\
    --derive 'share = value / sum(value)'    filter rows, add a column
  csvclean sales.csv --output sales.clean.csv --outliers off
  csvclean bank.csv --numbers auto --dates auto
                                             1.234,50 as 1234.50, ISO dates
  csvclean daily/*.csv --concat all.csv      one file of many
  csvclean data/*.csv -n                     show what would be done
  csvclean data/*.csv --check                exit 1 if anything would change
  csvclean sniff data/*.csv                  show how each file would be read
  csvclean profile data/*.csv                show what is in the files
  csvclean rejects a.csv.rejects.csv         rejected records, to mend
`;

const TAIL = `Exit codes:
  0 done   1 some input failed, --max-rejects exceeded, or --check found work
  2 wrong usage   3 a fault of csvclean   129, 130, 143 stopped by a signal

Nothing is lost: rows in = kept + blank + filtered + duplicate + outlier +
rejected, and what is taken out stands in OUT-DIR/rejects/ with the reason.
`;

const MAX_WIDTH = 80;
const MIN_WIDTH = 60;
/** Where the descriptions begin. */
const INDENT = 28;

/** @param terminalWidth columns of the terminal; undefined when there is none. */
export function helpText(terminalWidth: number | undefined): string {
  const width = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, terminalWidth ?? MAX_WIDTH));
  const specs = Object.values(OPTION_TABLE) as OptionSpec<unknown>[];
  const groups = OPTION_GROUPS.map((group) => {
    const lines = specs
      .filter((spec) => spec.group === group && spec.flags !== null)
      .map((spec) => describe(spec, width));
    return `${group}:\n${lines.join('')}`;
  });
  const own = `Help:\n${describe({ flags: '-h, --help', help: 'this text' }, width)}${describe(
    { flags: '-V, --version', help: 'the version' },
    width,
  )}`;
  return [HEAD, ...groups, own, TAIL].join('\n');
}

function describe(
  spec: { readonly flags: string | null; readonly help: string },
  width: number,
): string {
  const flags = spec.flags!.startsWith('--') ? `    ${spec.flags}` : spec.flags!;
  const lines = wrap(spec.help, width - INDENT);
  const head = `  ${flags}`;
  const isTooLong = head.length > INDENT - 2;
  const first = isTooLong ? `${head}\n${' '.repeat(INDENT)}` : head.padEnd(INDENT);
  return `${first}${lines.join(`\n${' '.repeat(INDENT)}`)}\n`;
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** What a call without arguments prints before its error. */
export function shortHelp(): string {
  return `${HEAD}\n`;
}
