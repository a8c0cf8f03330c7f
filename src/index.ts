/**
 * The library: everything the command line does, as one function. Options carry the names of the
 * long flags in camel case, and take their values or the texts the flags take.
 */
import { resolve } from 'node:path';
import type { JobResult, OnEvent } from './job/job-result.js';
import { runJob } from './job/run-job.js';
import type { CleanOptions } from './options/clean-options.js';
import type { Options } from './options/options.js';
import { parseOptions } from './options/parse-options.js';

/**
 * Cleans files and writes one cleaned CSV per input.
 *
 * @param options `inputs` and any option of the command line: `{ inputs: ['data/*.csv'], workers: 4
 *   }`.
 * @param onEvent told of progress and of each finished file.
 * @param signal stops the run; its result then says what was written.
 * @returns what became of every input; a file that fails is a result, not a throw.
 * @throws CsvcleanError for wrong usage, before any work.
 */
export async function cleanFiles(
  options: CleanOptions,
  onEvent?: OnEvent,
  signal?: AbortSignal,
): Promise<JobResult> {
  return runJob(await readOptions(options), onEvent, signal);
}

/** Those of a recipe only where one is named. */
async function readOptions(given: CleanOptions): Promise<Options> {
  if (given.recipe == null) return parseOptions(given);
  const { loadOptions } = await import('./recipe/load-options.js');
  const recipePath = resolve(given.recipe);
  return loadOptions({ given, isByFlags: false, recipePath, environment: {} }).options;
}

export { CsvcleanError, type ErrorCode, type PlainError } from './base/error.js';
export type { FileResult, JobEvent, JobResult } from './job/job-result.js';
export type { CleanOptions };
