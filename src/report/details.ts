/**
 * The middle of the summary: repairs, names, columns left alone, expressions. A line each, only
 * what happened.
 */
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { OutlierColumnReport, TableReport } from '../engine/engine.js';
import type { FileResult, JobResult } from '../job/job-result.js';
import { describeValues } from './describe-values.js';
import { describeDialects } from './dialects.js';
import { formatNoun } from './format-units.js';

interface Reported {
  readonly file: FileResult;
  readonly report: TableReport;
}

/** @param isVerbose every column and name, not only what is worth a look. */
export function describeDetails(result: JobResult, isVerbose: boolean): readonly string[] {
  const reported = result.files.flatMap((file) =>
    file.report === null ? [] : [{ file, report: file.report }],
  );
  return [
    ...describeDialects(result.files, isVerbose),
    ...describeShapes(reported),
    ...describeRepairs(reported),
    ...describeNames(reported, isVerbose),
    ...describeMissing(reported),
    ...describeValues(result.files, isVerbose),
    ...describeColumns(reported, isVerbose),
    ...describeSchema(reported),
    ...describeExpressions(reported),
    ...(isVerbose ? describeEngines(reported) : []),
  ];
}

function describeShapes(reported: readonly Reported[]): readonly string[] {
  return (['empty', 'header_only'] as const).flatMap((shape) => {
    const names = reported.filter(({ report }) => report.shape === shape);
    if (names.length === 0) return [];
    const what = shape === 'empty' ? 'Empty' : 'Header only';
    return [`${what}: ${listSome(names.map(({ file }) => visible(file.input)))}`];
  });
}

function describeRepairs(reported: readonly Reported[]): readonly string[] {
  const sum = (of: (report: TableReport) => number): number =>
    reported.reduce((total, { report }) => total + of(report), 0);
  const padded = sum((report) => report.repairs.paddedRows);
  const shortened = sum((report) => report.repairs.shortenedRows);
  const strays = sum((report) => report.repairs.strayRows);
  const joined = sum((report) => report.repairs.joinedRows);
  const trimmed = sum((report) => report.repairs.trimmedCells);
  const requoted = sum((report) => report.repairs.requotedFields);
  const escaped = sum((report) => report.repairs.escapedCells);
  const parts = [
    ...(padded > 0 ? [`${formatNoun(padded, 'short row')} padded`] : []),
    ...(joined > 0 ? [`${formatNoun(joined, 'broken row')} joined`] : []),
    ...(shortened > 0 ? [`empty extra cells cut from ${formatNoun(shortened, 'row')}`] : []),
    ...(strays > 0 ? [`stray quotes kept in ${formatNoun(strays, 'row')}`] : []),
    ...(trimmed > 0 ? [`${formatNoun(trimmed, 'cell')} trimmed`] : []),
    ...(requoted > 0 ? [`${formatNoun(requoted, 'cell')} requoted`] : []),
    ...(escaped > 0 ? [`${formatNoun(escaped, 'formula')} escaped`] : []),
  ];
  return parts.length === 0 ? [] : [`Repaired: ${parts.join(', ')}`];
}

/** Which engine cleaned, and how many files where it was not the same for all. */
function describeEngines(reported: readonly Reported[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { report } of reported) {
    counts.set(report.engine, (counts.get(report.engine) ?? 0) + 1);
  }
  const parts = [...counts].map(([engine, count]) =>
    counts.size === 1 ? engine : `${engine} for ${formatNoun(count, 'file')}`,
  );
  return parts.length === 0 ? [] : [`Engine: ${parts.join(', ')}`];
}

const SHOWN_NAMES = 6;

function describeNames(reported: readonly Reported[], isVerbose: boolean): readonly string[] {
  const renamed = new Map<string, string>();
  for (const { report } of reported) {
    for (const { from, to } of report.columns) {
      if (from !== to)
        renamed.set(JSON.stringify([from, to]), `"${visible(from)}" → ${visible(to)}`);
    }
  }
  if (renamed.size === 0) return [];
  const all = [...renamed.values()];
  const shown = isVerbose ? all : all.slice(0, SHOWN_NAMES);
  const more = all.length - shown.length;
  return [`Renamed: ${shown.join(', ')}${more > 0 ? `, and ${formatCount(more)} more (-v)` : ''}`];
}

const NA_CELL = 'Missing: 1 cell looks like NA, and stays';

function describeMissing(reported: readonly Reported[]): readonly string[] {
  const naCells = reported.reduce((sum, { report }) => sum + report.naCells, 0);
  const marked = reported.reduce((sum, { report }) => sum + report.outlierValues, 0);
  const what =
    naCells === 1 ? NA_CELL : `Missing: ${formatCount(naCells)} cells look like NA, and stay`;
  const isAsked = reported.some(({ report }) => report.values !== undefined);
  return [
    ...(naCells > 0 ? [isAsked ? what : `${what} (--nulls auto)`] : []),
    ...(marked > 0 ? [`Outliers that stay: ${formatNoun(marked, 'value')}`] : []),
  ];
}

/** Reasons that a person should know of without asking. */
const TELLING: ReadonlySet<string> = new Set(['clump', 'file_cap', 'not_finite']);

function describeColumns(reported: readonly Reported[], isVerbose: boolean): readonly string[] {
  return reported.flatMap(({ file, report }) => [
    ...report.outlierColumns.filter(isTelling).flatMap((column) => describeColumn(file, column)),
    ...(isVerbose ? describeOthers(file, report) : []),
  ]);
}

function isTelling({ reason, remedy }: OutlierColumnReport): boolean {
  return remedy !== null || (reason !== null && TELLING.has(reason));
}

/** The verdict, and on the next line what to do about it. */
function describeColumn(file: FileResult, column: OutlierColumnReport): readonly string[] {
  const { reason, detail, remedy, outlierCount } = column;
  const place = `${visible(file.input)}, column "${visible(column.column)}"`;
  const verdict = reason === null ? formatNoun(outlierCount, 'outlier') : `left alone (${reason})`;
  const explained = detail === '' ? verdict : `${verdict}: ${visible(detail)}`;
  const verdictLine = `${place}: ${explained}`;
  return remedy === null ? [verdictLine] : [verdictLine, `  ${visible(remedy)}`];
}

/** The columns nothing is to be said about, by reason: one line each. */
function describeOthers(file: FileResult, report: TableReport): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const column of report.outlierColumns) {
    if (isTelling(column)) continue;
    const { reason, outlierCount } = column;
    const key = reason === null ? 'outliers' : `left alone (${reason})`;
    const count = reason === null ? ` ${formatCount(outlierCount)}` : '';
    const names = byReason.get(key) ?? [];
    names.push(`${visible(column.column)}${count}`);
    byReason.set(key, names);
  }
  return [...byReason].map(([key, names]) => `${visible(file.input)}, ${key}: ${names.join(', ')}`);
}

/** How many values broke a rule, by column and rule. */
function describeSchema(reported: readonly Reported[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { report } of reported) {
    for (const { column, rule, count } of report.schema) {
      const key = `${visible(column)} ${rule}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
  }
  const parts = [...counts].map(([key, count]) => `${key} ${formatCount(count)}`);
  return parts.length === 0 ? [] : [`Values that break a rule: ${parts.join(', ')}`];
}

function describeExpressions(reported: readonly Reported[]): readonly string[] {
  const totals = new Map<
    string,
    { text: number; missing: number; zero: number; odd: number; dates: number }
  >();
  for (const { report } of reported) {
    for (const { flag, source, counts } of report.expressions) {
      const key = `--${flag} '${visible(source)}'`;
      const total = totals.get(key) ?? { text: 0, missing: 0, zero: 0, odd: 0, dates: 0 };
      total.text += counts.textCells;
      total.missing += counts.missingOperands;
      total.zero += counts.divisionsByZero;
      total.odd += counts.notFinite;
      total.dates += counts.notDates;
      totals.set(key, total);
    }
  }
  return [...totals].flatMap(([key, { text, missing, zero, odd, dates }]) => {
    const parts = [
      ...(missing > 0 ? [formatNoun(missing, 'missing operand')] : []),
      ...(text > 0 ? [`${formatNoun(text, 'cell')} not a number`] : []),
      ...(dates > 0 ? [`${formatNoun(dates, 'cell')} not a date`] : []),
      ...(zero > 0 ? [formatNoun(zero, 'division by zero', 'divisions by zero')] : []),
      ...(odd > 0 ? [`${formatNoun(odd, 'result')} not finite`] : []),
    ];
    return parts.length === 0 ? [] : [`${key}: ${parts.join(', ')}`];
  });
}

const SHOWN_FILES = 5;

function listSome(names: readonly string[]): string {
  const more = names.length - SHOWN_FILES;
  return (
    names.slice(0, SHOWN_FILES).join(', ') + (more > 0 ? `, and ${formatCount(more)} more` : '')
  );
}
