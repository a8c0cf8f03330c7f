/**
 * The command: arguments in, a run, a summary and an exit code out. With its neighbours the only
 * place that knows argv, streams, colours and signals.
 */
import { fstatSync, readFileSync } from 'node:fs';
import { CsvcleanError, toPlainError } from '../base/error.js';
import { visible } from '../base/visible.js';
import type { JobResult } from '../job/job-result.js';
import { runJob } from '../job/run-job.js';
import type { JobStreams } from '../job/stream-pumps.js';
import { type Options, STDIN } from '../options/options.js';
import { formatError } from '../report/format-error.js';
import { resultToJson } from '../report/json.js';
import { summarize } from '../report/summary.js';
import type { InputSniffed } from '../task/sniff-input.js';
import { EXIT_DONE, exitCodeOfError, exitCodeOfResult } from './exit-codes.js';
import { shortHelp } from './help.js';
import { createPaint } from './paint.js';
import { parseArguments, type Request } from './program.js';
import { readOptions } from './read-options.js';
import { showProgress } from './show-progress.js';
import { watchSignals } from './signals.js';
import { surviveBrokenPipe, writeLine } from './streams.js';

/** Runs the command line and sets the process's exit code. Never throws. */
export async function main(args: readonly string[]): Promise<void> {
  surviveBrokenPipe();
  try {
    process.exitCode = await run(args);
  } catch (error) {
    const plain = toPlainError(error);
    writeLine(process.stderr, createPaint('auto')('red', formatError(plain)));
    if (wantsGithub(args)) {
      const { tellGithubError } = await import('./tell-github.js');
      tellGithubError(plain, process.env);
    }
    process.exitCode = exitCodeOfError(plain.code);
  }
}

/** As `tellElsewhere`, where the options may be what is amiss. */
function wantsGithub(args: readonly string[]): boolean {
  const given = args.flatMap((arg, i) =>
    arg === '--json'
      ? ['json']
      : (/^--format(?:=(.*))?$/.exec(arg)?.slice(1) ?? []).map((form) => form ?? args[i + 1]),
  );
  const isIn = process.env.GITHUB_ACTIONS === 'true';
  return given.length === 0 ? isIn : given.every((form) => form === 'github');
}

async function run(args: readonly string[]): Promise<number> {
  const request = parseArguments(args, readVersion());
  if (request.kind === 'print') {
    process.stdout.write(request.text);
    return EXIT_DONE;
  }
  if (request.kind === 'help') {
    const { SUBCOMMAND_HELP } = await import('./subcommand-help.js');
    process.stdout.write(SUBCOMMAND_HELP[request.of]);
    return EXIT_DONE;
  }
  // A recipe is made of what is in the files, not of another.
  const given = request.kind === 'init' ? { ...request.given, config: false } : request.given;
  const { options, foundRecipe, config, explain } = await readOptions(given);
  if (config !== null) {
    process.stdout.write(config);
    return EXIT_DONE;
  }
  if (args.length === 0 && options.inputs.length === 0 && options.filesFrom === null) {
    process.stderr.write(shortHelp());
    throw new CsvcleanError('NO_INPUT', 'no input named', { remedy: 'See csvclean --help.' });
  }
  if (foundRecipe !== null && !options.quiet) {
    writeLine(process.stderr, `Recipe: ${visible(foundRecipe)}`);
  }
  try {
    return await work(request, options);
  } catch (error) {
    throw explain(error);
  }
}

type Work = Exclude<Request, { readonly kind: 'print' | 'help' }>;

async function work({ kind, wish }: Work, options: Options): Promise<number> {
  if (kind === 'sniff') return sniff(options);
  if (kind === 'profile' || kind === 'init') {
    const { init, profile } = await import('./profile.js');
    return kind === 'init' ? init(options) : profile(options, wish);
  }
  return kind === 'rejects' ? rejects(options) : clean(options);
}

async function sniff(options: Options): Promise<number> {
  const { sniffInputs } = await import('../job/sniff-inputs.js');
  const { sniffTable, sniffToJson } = await import('../report/sniff-table.js');
  const all: InputSniffed[] = [];
  for await (const one of sniffInputs(options)) all.push(one);
  if (options.json) process.stdout.write(sniffToJson(all));
  else process.stdout.write(`${sniffTable(all, options.verbose).join('\n')}\n`);
  const failed = all.find(({ error }) => error !== null);
  return failed === undefined ? EXIT_DONE : exitCodeOfError(failed.error!.code);
}

async function rejects(options: Options): Promise<number> {
  const { printRejected } = await import('../job/print-rejected.js');
  const { formatPrinted } = await import('../report/format-printed.js');
  const printed = await printRejected(options, process.stdout);
  if (printed !== null && !options.quiet) {
    for (const line of formatPrinted(printed)) writeLine(process.stderr, line);
  }
  return EXIT_DONE;
}

/** Made by Node when they are first asked for, which most runs never do. */
const STREAMS: JobStreams = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
};

async function clean(options: Options): Promise<number> {
  if (options.inputs.includes(STDIN)) refuseFolderAsInput();
  const paint = createPaint(options.color);
  const progress = showProgress(options);
  const signals = watchSignals();
  let result: JobResult;
  try {
    result = await runJob(options, progress.onEvent, signals.abort, STREAMS);
  } finally {
    progress.stop();
    signals.stop();
  }
  // Whoever read the output has seen enough: there is nobody to tell, and nothing amiss.
  const isUnread = result.files.some(({ error }) => error?.code === 'BROKEN_PIPE');
  if (isUnread && result.problems.length === 0) return EXIT_DONE;
  const { quiet, verbose, json } = options;
  for (const line of summarize(result, { quiet, verbose, paint })) writeLine(process.stderr, line);
  if (json) process.stdout.write(resultToJson(result));
  await tellElsewhere(result, options);
  return signals.exitCode() ?? exitCodeOfResult(result);
}

/** In a step of GitHub Actions, unless another form is asked for. */
async function tellElsewhere(result: JobResult, { format, json }: Options): Promise<void> {
  const isIn = process.env.GITHUB_ACTIONS === 'true';
  if (json || format === 'text' || (format === null && !isIn)) return;
  const { tellGithub } = await import('./tell-github.js');
  tellGithub(result, process.env);
}

/** Node reads a folder as if it were empty. */
function refuseFolderAsInput(): void {
  if (!fstatSync(0).isDirectory()) return;
  throw new CsvcleanError('NOT_A_FILE', 'standard input is a folder', {
    remedy: 'Name it: csvclean FOLDER.',
  });
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
