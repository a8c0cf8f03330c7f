/**
 * The command line as commander sees it, made from the option table. Refuses nothing itself but
 * unknown flags: values are read by the option table.
 */
import { Command, CommanderError, Option } from 'commander';
import { CsvcleanError } from '../base/error.js';
import type { OptionSpec } from '../options/option-spec.js';
import { OPTION_TABLE } from '../options/option-table.js';
import type { OptionInput } from '../options/options.js';
import { markRepeated } from '../options/parse-lists.js';
import { helpText } from './help.js';

/** What the command line asks for. */
export type Request =
  | { readonly kind: 'clean' | Subcommand; readonly given: OptionInput }
  /** `--help` or `--version`: a text for standard output. */
  | { readonly kind: 'print'; readonly text: string };

/** In the place of the first input; `./sniff` is a file of that name. */
const SUBCOMMANDS = ['sniff', 'rejects', 'profile', 'init'] as const;
type Subcommand = (typeof SUBCOMMANDS)[number];

/** @throws CsvcleanError USAGE for flags that do not exist or lack their value. */
export function parseArguments(args: readonly string[], version: string): Request {
  const program = createProgram(version);
  let printed = '';
  program.configureOutput({
    writeOut: (text) => {
      printed += text;
    },
    writeErr: () => {},
  });
  try {
    program.parse(args as string[], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'print', text: printed };
    throw usageError(error);
  }
  const given = givenOptions(program);
  const [first, ...inputs] = program.args;
  const subcommand = SUBCOMMANDS.find((name) => name === first);
  return subcommand === undefined
    ? { kind: 'clean', given }
    : { kind: subcommand, given: { ...given, inputs } };
}

function createProgram(version: string): Command {
  const program = new Command('csvclean')
    .argument('[inputs...]')
    .helpOption('-h, --help')
    .version(version, '-V, --version')
    .allowExcessArguments(true)
    .exitOverride();
  program.helpInformation = () => helpText(process.stdout.columns);
  for (const spec of Object.values(OPTION_TABLE) as OptionSpec<unknown>[]) {
    if (spec.flags === null) continue;
    program.addOption(toOption(spec.flags, spec.isRepeatable === true));
    for (const flags of spec.hiddenFlags ?? []) program.addOption(new Option(flags).hideHelp());
  }
  return program;
}

function toOption(flags: string, isRepeatable: boolean): Option {
  const option = new Option(flags);
  if (isRepeatable) {
    option.argParser((text: string, before: readonly string[] | undefined) =>
      markRepeated([...(before ?? []), text]),
    );
  }
  return option;
}

function givenOptions(program: Command): OptionInput {
  const values = new Map<string, unknown>(Object.entries(program.opts()));
  const given = new Map<string, unknown>([['inputs', program.args]]);
  for (const [key, value] of values) {
    if (program.getOptionValueSource(key) === 'default') continue;
    given.set(key === 'jobs' ? 'workers' : key, value);
  }
  return Object.fromEntries(given);
}

/** Commander's words, in our shape: `error: unknown option '--wher'\n(Did you mean --where?)`. */
function usageError(error: CommanderError): CsvcleanError {
  const [first, ...rest] = error.message.replace(/^error: /, '').split('\n');
  const hint = /Did you mean (.*)\?/.exec(rest.join(' '))?.[1];
  return new CsvcleanError('USAGE', first!, {
    remedy: hint === undefined ? 'See csvclean --help.' : `Did you mean ${hint}?`,
  });
}
