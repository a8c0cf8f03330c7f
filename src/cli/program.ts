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
  | { readonly kind: 'clean' | Subcommand; readonly given: OptionInput; readonly wish: ProfileWish }
  /** `--help` or `--version`: a text for standard output. */
  | { readonly kind: 'print'; readonly text: string }
  /** `--help` behind a subcommand. */
  | { readonly kind: 'help'; readonly of: Subcommand };

/** In the place of the first input; `./sniff` is a file of that name. */
const SUBCOMMANDS = ['sniff', 'rejects', 'profile', 'init'] as const;
export type Subcommand = (typeof SUBCOMMANDS)[number];

function subcommandOf(first: string | undefined): Subcommand | undefined {
  return SUBCOMMANDS.find((name) => name === first);
}

/** What `csvclean profile` is asked for besides options. */
export interface ProfileWish {
  /** A recipe is printed instead of tables. */
  readonly plan: boolean;
  /** How the outlier rule decides about each column is told, too. */
  readonly explain: boolean;
}

const PROFILE_FLAGS: ReadonlySet<string> = new Set<keyof ProfileWish>(['plan', 'explain']);

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
    const of = subcommandOf(args.find((arg) => !arg.startsWith('-')));
    if (of !== undefined && error.code === 'commander.helpDisplayed') return { kind: 'help', of };
    if (error.exitCode === 0) return { kind: 'print', text: printed };
    throw usageError(error);
  }
  const [first, ...inputs] = program.args;
  const subcommand = subcommandOf(first);
  const { plan = false, explain = false } = program.opts<Partial<ProfileWish>>();
  if ((plan || explain) && subcommand !== 'profile') {
    const flag = plan ? '--plan' : '--explain';
    throw new CsvcleanError('USAGE', `${flag} is of csvclean profile alone`, {
      remedy: `Write csvclean profile ${flag}.`,
    });
  }
  const given = givenOptions(program);
  const wish = { plan, explain };
  return subcommand === undefined
    ? { kind: 'clean', given, wish }
    : { kind: subcommand, given: { ...given, inputs }, wish };
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
  for (const flag of PROFILE_FLAGS) program.addOption(new Option(`--${flag}`).hideHelp());
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
    if (program.getOptionValueSource(key) === 'default' || PROFILE_FLAGS.has(key)) continue;
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
