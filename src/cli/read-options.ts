/**
 * From the arguments to options: flags alone, or with what a recipe and the environment say. Only
 * where there is one of these, the code for them is loaded.
 */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { CsvcleanError } from '../base/error.js';
import type { OptionInput, Options } from '../options/options.js';
import { parseOptions } from '../options/parse-options.js';
import { findRecipe } from '../recipe/find-recipe.js';

export interface ReadOptions {
  readonly options: Options;
  /** The recipe that was found, by nobody's asking; null for none. */
  readonly foundRecipe: string | null;
  /** What `--print-config` prints; null when nobody asks. */
  readonly config: string | null;
  /** An error of the run, with where the options that it names are from. */
  readonly explain: (error: unknown) => unknown;
}

/** @throws CsvcleanError USAGE or BAD_RECIPE. */
export async function readOptions(given: OptionInput): Promise<ReadOptions> {
  const { env } = process;
  const isRefused = given.config === false;
  const isLooking = !isRefused && !/^(0|false)$/.test(env.CSVCLEAN_CONFIG ?? '');
  const named = given.recipe ?? (isRefused ? undefined : env.CSVCLEAN_RECIPE || undefined);
  if (given.recipe !== undefined && isRefused) {
    throw new CsvcleanError('USAGE', '--recipe and --no-config exclude each other', {
      remedy: 'Choose one.',
    });
  }
  const found = named === undefined && isLooking ? findRecipe(process.cwd(), homeFolder()) : null;
  const recipePath = named === undefined ? found : resolve(String(named));
  const isSaid = Object.keys(env).some((name) => name.startsWith('CSVCLEAN_'));
  const isPlain = recipePath === null && given.set === undefined && given.printConfig !== true;
  if (isPlain && !isSaid) {
    const explain = (error: unknown): unknown => error;
    return { options: parseOptions(given), foundRecipe: null, config: null, explain };
  }
  const { loadOptions } = await import('../recipe/load-options.js');
  const loaded = loadOptions({ given, isByFlags: true, recipePath, environment: env });
  const { options, recipe } = loaded;
  const foundRecipe = found === null ? null : recipe;
  const { withOrigins } = await import('../recipe/with-origins.js');
  const explain = (error: unknown): unknown => withOrigins(error, loaded.layer);
  if (!options.printConfig) return { options, foundRecipe, config: null, explain };
  const { configToJson, configToText } = await import('../report/print-config.js');
  const config = options.json ? configToJson(loaded, env) : configToText(loaded, env);
  return { options, foundRecipe, config, explain };
}

/** Null where the user has none, as in some containers. */
function homeFolder(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}
