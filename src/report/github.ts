/**
 * A run's result for GitHub Actions: annotations, which stand beside the lines of a pull request,
 * and a table for the summary page of the job. Pure; what is escaped where is decided here alone.
 */

import type { PlainError } from '../base/error.js';
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { FileResult, JobResult } from '../job/job-result.js';
import { checkHeadline } from './check-lines.js';
import { formatNoun } from './format-units.js';

/** From the name of an input to the path that GitHub knows it by. */
export type RepositoryPath = (input: string) => string;

type Kind = 'error' | 'warning';

interface Annotation {
  readonly kind: Kind;
  readonly path?: string;
  readonly line?: number;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows no more of a kind than this, for each step. */
const MOST_OF_A_KIND = 10;

/** Lines such as `::error file=a.csv,line=3,title=trim::…`, what matters most first. */
export function annotationsOf(result: JobResult, pathOf: RepositoryPath): readonly string[] {
  const all = [...result.problems.map(ofProblem), ...result.files.flatMap(ofFailure)];
  const changes = inTurn(result.files.map(ofChanges));
  const warnings = result.files.flatMap(ofWarnings);
  const errors = [...all, ...changes];
  return [...firstOf(errors, 'error'), ...firstOf(warnings, 'warning')].map((one) =>
    format(one, pathOf),
  );
}

/** An error that is about no run: nothing was begun. */
export function annotationOf(error: PlainError, pathOf: RepositoryPath): string {
  return format(ofProblem(error), pathOf);
}

/** The last one says how many there are no more room for. */
function firstOf(all: readonly Annotation[], kind: Kind): readonly Annotation[] {
  if (all.length <= MOST_OF_A_KIND) return all;
  const shown = all.slice(0, MOST_OF_A_KIND - 1);
  const left = formatCount(all.length - shown.length);
  return [...shown, { kind, title: 'csvclean', message: `and ${left} more: see the log` }];
}

/** The first of each list, then the second of each, …: every file has its say. */
function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  // More lists than a call takes arguments are possible.
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0);
  return Array.from({ length: longest }, (_, i) =>
    lists.flatMap((list) => list.slice(i, i + 1)),
  ).flat();
}

function ofProblem(problem: PlainError): Annotation {
  const { code, path } = problem;
  return { kind: 'error', ...placed(path, problem.line), title: code, message: told(problem) };
}

function ofFailure({ input, status, error }: FileResult): readonly Annotation[] {
  if (status !== 'failed' || error === null) return [];
  const { code, line } = error;
  return [{ kind: 'error', ...placed(input, line), title: code, message: told(error) }];
}

function told({ message, remedy }: Pick<PlainError, 'message' | 'remedy'>): string {
  return remedy === undefined ? message : `${message}\n${remedy}`;
}

function ofChanges({ input, check }: FileResult): readonly Annotation[] {
  return (check?.changes ?? []).map(({ rule, column, line, before, after }) => ({
    ...{ kind: 'error', path: input, line, title: `csvclean: ${rule}` },
    message: `${column ?? 'it'} would change: ${shown(before, '(empty)')} → ${shown(after, '(nothing)')}`,
  }));
}

/** In quotes where space at an end would not be seen. */
function shown(text: string, empty: string): string {
  if (text === '') return empty;
  return text.trim() === text ? text : `"${text}"`;
}

function ofWarnings({ input, report, rejects }: FileResult): readonly Annotation[] {
  if (report === null) return [];
  const warnings = report.warnings.map(
    (warning): Annotation => ({
      ...{ kind: 'warning', title: 'csvclean', message: told(warning) },
      ...placed(input, warning.line),
    }),
  );
  const { rejected } = report.rows;
  if (rejected === 0 || rejects === null) return warnings;
  const message = `${formatNoun(rejected, 'record')} rejected → ${rejects}`;
  return [...warnings, { kind: 'warning', path: input, title: 'csvclean', message }];
}

function placed(path: string | undefined, line: number | undefined) {
  return { ...(path === undefined ? {} : { path }), ...(line === undefined ? {} : { line }) };
}

function format({ kind, path, line, title, message }: Annotation, pathOf: RepositoryPath): string {
  const place = [
    ...(path === undefined ? [] : [`file=${escapeProperty(pathOf(path))}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${escapeProperty(visible(title))}`,
  ];
  const lines = message.split('\n').map(visible).join('\n');
  return `::${kind} ${place.join(',')}::${escapeData(lines)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Rows of the table; GitHub takes no more than 1 MiB a step. */
const MOST_ROWS = 200;

/** The table in Markdown, ending in an empty line. */
export function summaryTable(result: JobResult): string {
  const { files, check } = result;
  // What is amiss is not to be cut off.
  const sorted = [...files].sort((a, b) => weightOf(b) - weightOf(a));
  const shown = sorted.slice(0, MOST_ROWS);
  const heads = check === undefined ? COUNT_HEADS : CHECK_HEADS;
  const rows = shown.map(check === undefined ? countCells : checkCells);
  const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const left = files.length - shown.length;
  const more = left === 0 ? [] : ['', `and ${formatNoun(left, 'file')} more`];
  return `${[`### csvclean: ${headline(result)}`, '', ...lines, ...more].join('\n')}\n\n`;
}

function weightOf({ status, check, report }: FileResult): number {
  if (status !== 'cleaned') return 3;
  if (check?.isChanged === true) return 2;
  return (report?.rows.rejected ?? 0) > 0 ? 1 : 0;
}

function headline(result: JobResult): string {
  if (result.check !== undefined) return checkHeadline(result);
  const { cleaned, files, rows } = result.totals;
  const rejected = rows.rejected === 0 ? '' : `, ${formatNoun(rows.rejected, 'record')} rejected`;
  return `${formatCount(cleaned)} of ${formatNoun(files, 'file')} cleaned${rejected}`;
}

const COUNT_HEADS = ['file', 'rows in', 'kept', 'taken out', 'rejected', ''];
const CHECK_HEADS = ['file', 'line', 'rule', 'before', 'after'];

function countCells({ input, report, error }: FileResult): readonly string[] {
  if (report === null) return [code(input), '', '', '', '', code(error?.code ?? '')];
  const { rows } = report;
  const takenOut = rows.blank + rows.filtered + rows.duplicate + rows.outlier;
  const counts = [rows.in, rows.kept, takenOut, rows.rejected].map(formatCount);
  return [code(input), ...counts, ''];
}

/** With the first reason. */
function checkCells({ input, check, error }: FileResult): readonly string[] {
  const [first] = check?.changes ?? [];
  if (first === undefined) return [code(input), '', error === null ? 'clean' : error.code, '', ''];
  const { line, rule, before, after } = first;
  return [code(input), String(line), rule, code(before), code(after)];
}

/** Any text as it is: no Markdown, no HTML, no end of the cell. */
function code(text: string): string {
  if (text === '') return '';
  const safe = visible(text).replace(/[&<>|`\\*_[\]~$@#!]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<code>${safe}</code>`;
}
