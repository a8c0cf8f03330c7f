/**
 * What `--check` tells of a file that cleaning would change: the first few reasons, from how it was
 * read, how its columns are called, and what each rule did. Pure; that anything would change at all
 * is known from its bytes alone.
 */
import { cutText } from '../base/cut-text.js';
import { DELIMITER_NAMES } from '../csv/delimiter-names.js';
import type { TableReport } from '../engine/engine.js';
import { formOf } from '../task/output-form.js';
import type { FoundDialect, InputResult, OutputCheck, TaskSettings } from '../task/task.js';
import type { Change, FileCheck } from './job-result.js';

/** Names that are told of one file. */
const MOST_NAMES = 5;
/** Longer names, and lists of names, are cut, in UTF-16 units. */
const SHOWN_LENGTH = 120;

/** Examples of rules that change nothing by themselves. */
const KEEPING: ReadonlySet<string> = new Set(['stray_quote']);
const OUTLIER_RULES: ReadonlySet<string> = new Set(['outlier', 'bound']);

export function checkOf(
  { report, found }: Pick<InputResult, 'report' | 'found'>,
  { difference, isWhole }: OutputCheck,
  settings: TaskSettings,
): FileCheck {
  if (difference === null || report === null || found === null) {
    return { isChanged: difference !== null, isWhole, difference, changes: [] };
  }
  const told = [
    ...changesOfForm(found, settings),
    ...changesOfNames(report, found),
    ...changesOfRows(report, settings),
  ];
  const { line, before, after, isAtEnd } = difference;
  const bytes: Change = isAtEnd
    ? { rule: 'line_ends', line, before: 'no line end behind the last row', after: 'LF' }
    : { rule: 'bytes', line, before, after };
  return { isChanged: true, isWhole, difference, changes: told.length === 0 ? [bytes] : told };
}

/** How the file is written, where the output is written otherwise. */
function changesOfForm(found: FoundDialect, settings: TaskSettings): readonly Change[] {
  const form = formOf(settings, found);
  const line = found.tableLine;
  const changes: Change[] = [];
  const tell = (rule: string, before: string, after: string, at = 1): void => {
    if (before !== after) changes.push({ rule, line: at, before, after });
  };
  tell('encoding', found.encoding, 'utf-8');
  tell('byte_order_mark', wordOf(found.hasMark), wordOf(form.hasMark));
  if (line > 1) tell('preamble', line === 2 ? '1 line' : `${line - 1} lines`, '');
  tell('delimiter', nameOf(found.delimiter), nameOf(form.delimiter), line);
  if (found.quote !== null) tell('quote', found.quote, '"', line);
  const ends = found.recordEnd === 'cr' ? 'CR' : found.isCrlf ? 'CRLF' : 'LF';
  tell('line_ends', ends, form.isCrlf ? 'CRLF' : 'LF', line);
  return changes;
}

function wordOf(hasMark: boolean): string {
  return hasMark ? 'a byte order mark' : 'none';
}

function nameOf(delimiter: string): string {
  return DELIMITER_NAMES.get(delimiter) ?? delimiter;
}

function changesOfNames(
  { columns, outputColumns }: TableReport,
  { tableLine: line }: FoundDialect,
): readonly Change[] {
  const renamed = columns.filter(({ from, to }) => from !== to);
  const names = renamed
    .slice(0, MOST_NAMES)
    .map(({ from, to }) => ({ rule: 'name', line, before: cut(from), after: cut(to) }));
  const before = columns.map(({ to }) => to);
  const first = before.findIndex((one, i) => one !== outputColumns[i]);
  const at = first < 0 ? before.length : first;
  const isSame = at === before.length && at === outputColumns.length;
  if (isSame || columns.length === 0) return names;
  const [listed, then] = [listFrom(before, at), listFrom(outputColumns, at)];
  return [...names, { rule: 'columns', line, before: listed, after: then }];
}

/** All names, or those from place `at` on where they are too many. */
function listFrom(names: readonly string[], at: number): string {
  const all = names.join(',');
  if (all.length <= SHOWN_LENGTH || at === 0) return cut(all);
  return cut(['…', ...names.slice(at)].join(','));
}

function cut(text: string): string {
  return cutText(text, SHOWN_LENGTH);
}

/** By example, in the order of the lines. */
function changesOfRows({ samples }: TableReport, { rules }: TaskSettings): readonly Change[] {
  const isReported = rules.outliers.action === 'report';
  const changing = samples.filter(
    ({ rule }) => !KEEPING.has(rule) && !(isReported && OUTLIER_RULES.has(rule)),
  );
  const sorted = [...changing].sort((a, b) => a.line - b.line);
  return sorted.map(({ column, ...change }) => (column === '' ? change : { ...change, column }));
}
