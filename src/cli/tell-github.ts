/** Tells GitHub Actions of a run: annotations in the log, a table on the job's summary page. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type PlainError, toPlainError } from '../base/error.js';
import type { JobResult } from '../job/job-result.js';
import { formatError } from '../report/format-error.js';
import { annotationOf, annotationsOf, summaryTable } from '../report/github.js';
import { appendText } from '../store/append-text.js';
import { writeLine } from './streams.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What cannot be written there is told, and fails nothing: the files are as they are. */
export function tellGithub(result: JobResult, env: Environment): void {
  const { GITHUB_WORKSPACE: root, GITHUB_STEP_SUMMARY: summary } = env;
  for (const line of annotationsOf(result, (input) => pathBelow(root, input))) {
    writeLine(process.stderr, line);
  }
  if (summary === undefined || summary === '') return;
  try {
    appendText(summary, summaryTable(result));
  } catch (error) {
    writeLine(process.stderr, formatError(toPlainError(error)));
  }
}

/** Tells of an error before any file was looked at. */
export function tellGithubError(error: PlainError, env: Environment): void {
  const { GITHUB_WORKSPACE: root } = env;
  writeLine(
    process.stderr,
    annotationOf(error, (input) => pathBelow(root, input)),
  );
}

/** The path below the repository's root, where it lies there. */
function pathBelow(root: string | undefined, input: string): string {
  if (root === undefined || root === '') return input;
  const way = relative(resolve(root), resolve(input));
  const isInside = way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return isInside ? way.split(sep).join('/') : input;
}
