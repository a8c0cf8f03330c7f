/** `csvclean profile` and `csvclean init`, loaded only for them. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { CsvcleanError } from '../base/error.js';
import { isThere } from '../job/check-outputs.js';
import { explainOutliers } from '../job/explain-outliers.js';
import { profileInputs } from '../job/profile-inputs.js';
import type { ProfileResult } from '../job/profile-result.js';
import type { Options } from '../options/options.js';
import { RECIPE_NAMES } from '../recipe/find-recipe.js';
import { explainLines } from '../report/explain-lines.js';
import { planRecipe } from '../report/plan-recipe.js';
import { profileToJson } from '../report/profile-json.js';
import { profileTable, troublesOf } from '../report/profile-table.js';
import { writeWhole } from '../store/write-whole.js';
import { EXIT_DONE, exitCodeOfError } from './exit-codes.js';
import type { ProfileWish } from './program.js';
import { showProgress } from './show-progress.js';
import { watchSignals } from './signals.js';
import { writeLine } from './streams.js';

/** Of lines that go to no terminal. */
const UNBOUNDED_WIDTH = 160;

export async function profile(options: Options, { plan, explain }: ProfileWish): Promise<number> {
  if (plan && options.json) {
    throw new CsvcleanError('USAGE', '--plan and --json exclude each other', {
      remedy: 'Choose one.',
    });
  }
  return withProfile(options, async (result, signal) => {
    const explained = explain ? await explainOutliers(options, signal) : null;
    if (plan) {
      process.stdout.write(planOf(result, options));
      tellTroubles(result);
    } else if (options.json) process.stdout.write(profileToJson(result, explained));
    else if (options.quiet) tellTroubles(result);
    else {
      const width = process.stdout.columns ?? UNBOUNDED_WIDTH;
      const style = { width, isPlain: isPlainTerminal(), isVerbose: options.verbose };
      const lines = [
        ...profileTable(result, style),
        ...(explained === null ? [] : explainLines(explained)),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
    }
  });
}

/** @throws CsvcleanError OUTPUT_EXISTS where there is a recipe, unless it may be replaced. */
export async function init(options: Options): Promise<number> {
  const inputs = options.inputs.length === 0 && options.filesFrom === null ? ['.'] : options.inputs;
  refuseRecipe(options.force);
  return withProfile({ ...options, inputs }, (result) => {
    tellTroubles(result);
    // Of nothing that was read there is nothing to propose.
    if (result.files.every(({ error }) => error !== null)) return;
    refuseRecipe(options.force);
    writeWhole(resolve(RECIPE), planOf(result, { ...options, inputs }), options.durable);
    if (options.quiet) return;
    writeLine(process.stderr, `Wrote ${RECIPE}: read it, edit it, and run csvclean.`);
  });
}

/** Of what a run finds, the one that is written. */
const RECIPE = RECIPE_NAMES[0]!;

function refuseRecipe(mayReplace: boolean): void {
  const there = RECIPE_NAMES.find((name) => isThere(name));
  if (there === undefined || (mayReplace && there === RECIPE)) return;
  throw new CsvcleanError('OUTPUT_EXISTS', 'there is a recipe already', {
    path: there,
    remedy:
      there === RECIPE
        ? 'Add --force to replace it, or print another by csvclean profile --plan.'
        : `Remove it first: a run takes one of ${RECIPE_NAMES.join(', ')}.`,
  });
}

async function withProfile(
  options: Options,
  tell: (result: ProfileResult, signal: AbortSignal) => void | Promise<void>,
): Promise<number> {
  const signals = watchSignals();
  try {
    const result = await watchedProfile(options, signals.abort);
    if (result === null) return signals.exitCode() ?? EXIT_DONE;
    await tell(result, signals.abort);
    const failed = result.files.find(({ error }) => error !== null);
    return failed === undefined ? EXIT_DONE : exitCodeOfError(failed.error!.code);
  } finally {
    signals.stop();
  }
}

async function watchedProfile(
  options: Options,
  signal: AbortSignal,
): Promise<ProfileResult | null> {
  const progress = showProgress(options);
  try {
    return await profileInputs(options, signal, progress.onEvent);
  } finally {
    progress.stop();
  }
}

function tellTroubles({ files }: ProfileResult): void {
  for (const line of troublesOf(files)) writeLine(process.stderr, line);
}

/** For a recipe in the current folder. */
function planOf(result: ProfileResult, options: Options): string {
  const pathOf = (path: string): string => (relative('.', path) || '.').split(sep).join('/');
  return planRecipe(result, options.inputs.map(namedIn), pathOf);
}

/** An input as it was named; one from a recipe is a whole path. */
function namedIn(input: string): string {
  return isAbsolute(input) ? relative('.', input) || '.' : input;
}

/** Whether blocks may not show: on consoles, and where the locale is another than UTF-8. */
function isPlainTerminal(): boolean {
  const { TERM, LC_ALL, LC_CTYPE, LANG } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG || 'UTF-8';
  return TERM === 'dumb' || TERM === 'linux' || !/utf-?8/i.test(locale);
}
