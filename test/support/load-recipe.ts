/** Loads recipes in the test's own process, from a folder of their own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toPlainError } from '../../src/base/error.js';
import type { OptionInput } from '../../src/options/options.js';
import { type LoadedOptions, loadOptions } from '../../src/recipe/load-options.js';
import { formatError } from '../../src/report/format-error.js';
import { withoutFolder } from './without-folder.js';

export interface RecipeRequest {
  readonly given?: OptionInput;
  readonly environment?: Readonly<Record<string, string>>;
  /** The recipe among the files; the first one by default, null: none. */
  readonly recipe?: string | null;
}

/** Writes `files` into `folder` and loads the first of them. */
export function loadIn(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  { given = {}, environment = {}, recipe }: RecipeRequest = {},
): LoadedOptions {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const name = recipe === undefined ? (Object.keys(files)[0] ?? null) : recipe;
  const recipePath = name === null ? null : join(folder, name);
  return loadOptions({ given, isByFlags: true, recipePath, environment });
}

/** What is printed of a refusal, without the folder; `taken` when there is none. */
export function refusalIn(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  request: RecipeRequest = {},
): string {
  try {
    loadIn(folder, files, request);
  } catch (error) {
    return withoutFolder(formatError(toPlainError(error)), folder);
  }
  return 'taken';
}
