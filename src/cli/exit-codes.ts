/**
 * The exit codes, and which error or result leads to which. They are part of the interface: never
 * others.
 */
import type { ErrorCode } from '../base/error.js';
import type { JobResult } from '../job/job-result.js';

export const EXIT_DONE = 0;
/** Some input failed, `--max-rejects` was exceeded, or `--check` found work. */
export const EXIT_FAILED = 1;
/** Wrong usage, or no input. */
export const EXIT_USAGE = 2;
/** A fault of csvclean. */
export const EXIT_FAULT = 3;

/** 128 + the signal's number. */
export const EXIT_BY_SIGNAL: ReadonlyMap<string, number> = new Map([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
]);

const USAGE_CODES: ReadonlySet<ErrorCode> = new Set([
  'USAGE',
  'NO_INPUT',
  'NO_MATCH',
  'UNKNOWN_COLUMN',
  'BAD_EXPRESSION',
  'BAD_RECIPE',
  'OUTPUT_CLASH',
  'OUTPUT_IS_INPUT',
  'LOCKED',
]);

/** For an error thrown before any work. */
export function exitCodeOfError(code: ErrorCode): number {
  if (code === 'FAULT') return EXIT_FAULT;
  return USAGE_CODES.has(code) ? EXIT_USAGE : EXIT_FAILED;
}

/** For a finished run. */
export function exitCodeOfResult(result: JobResult): number {
  const errors = [...result.files.map((file) => file.error), ...result.problems];
  if (errors.some((error) => error?.code === 'FAULT')) return EXIT_FAULT;
  const hasWork = (result.check?.changed ?? 0) > 0;
  return result.status === 'done' && !hasWork ? EXIT_DONE : EXIT_FAILED;
}
