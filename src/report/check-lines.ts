/** What `--check` found, for people: the files that would change, and the first reasons of each. */
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { RejectRule, TableReport } from '../engine/engine.js';
import type { Change, FileResult, JobResult } from '../job/job-result.js';
import { formatNoun } from './format-units.js';

/** Reasons shown of one file. */
const SHOWN_CHANGES = 12;

/** `2 of 3 files would change`. */
export function checkHeadline({ totals, check }: JobResult): string {
  const changed = check?.changed ?? 0;
  if (changed === 0) {
    return `${formatNoun(totals.cleaned, 'file')} ${totals.cleaned === 1 ? 'is' : 'are'} clean`;
  }
  return `${formatCount(changed)} of ${formatNoun(totals.cleaned, 'file')} would change`;
}

/** A line for each file that would change, and its reasons below it. */
export function describeChanges(result: JobResult): readonly string[] {
  return result.files.flatMap((file) => (file.check?.isChanged === true ? describe(file) : []));
}

/** Only the names of the files that would change. */
export function listChanged(result: JobResult): readonly string[] {
  const changed = result.files.filter(({ check }) => check?.isChanged === true);
  return changed.map(({ input }) => `${visible(input)} would change`);
}

/** Outliers are no reason unless they are asked for; but they are told. */
export function describeReported(result: JobResult): readonly string[] {
  const reported = result.files.filter(({ check }) => !hasOutliers(check?.changes ?? []));
  const count = reported.reduce((sum, { report }) => sum + (report?.outlierValues ?? 0), 0);
  if (count === 0) return [];
  const verb = count === 1 ? 'is an outlier' : 'are outliers';
  return [`${formatNoun(count, 'value')} ${verb}, and no reason: --outliers auto makes them one`];
}

/** Whether outliers are among the reasons. */
function hasOutliers(changes: readonly Change[]): boolean {
  return changes.some(({ rule }) => rule === 'outlier' || rule === 'bound');
}

function describe({ input, report, check }: FileResult): readonly string[] {
  const { changes, isWhole } = check!;
  const shown = changes.slice(0, SHOWN_CHANGES);
  const width = Math.max(...shown.map(({ line }) => String(line).length));
  const ruleWidth = Math.max(...shown.map(({ rule }) => rule.length));
  const lines = shown.map(({ rule, column, line, before, after }) => {
    const place = `line ${String(line).padEnd(width)}  ${rule.padEnd(ruleWidth)}`;
    const name = column === undefined ? '' : `${visible(column)}: `;
    return `  ${place}  ${name}${textOf(before, '(empty)')} → ${textOf(after, '(nothing)')}`;
  });
  const more = isWhole ? describeMore(changes, shown, report) : 'and no further looked';
  return [visible(input), ...lines, ...(more === '' ? [] : [`  ${more}`])];
}

/** @param empty what stands for a text without a character. */
function textOf(text: string, empty: string): string {
  if (text === '') return empty;
  const shown = visible(text);
  return shown.trim() === shown ? shown : `"${shown}"`;
}

/** `and trim 38 more, blank 2 more`: what the examples leave out, as far as it is counted. */
function describeMore(
  changes: readonly Change[],
  shown: readonly Change[],
  report: TableReport | null,
): string {
  const rules = [...new Set(changes.map(({ rule }) => rule))];
  const parts = rules.flatMap((rule) => {
    const toldCount = shown.filter((one) => one.rule === rule).length;
    const all = report === null ? 0 : countOf(rule, report);
    return all > toldCount ? [`${rule} ${formatCount(all - toldCount)} more`] : [];
  });
  return parts.length === 0 ? '' : `and ${parts.join(', ')}`;
}

/** How often a rule changed something; 0 where it is not counted. */
function countOf(rule: string, { rows, repairs, rejectedByRule, columns }: TableReport): number {
  switch (rule) {
    case 'name':
      return columns.filter(({ from, to }) => from !== to).length;
    case 'trim':
      return repairs.trimmedCells;
    case 'requote':
      return repairs.requotedFields;
    case 'pad':
      return repairs.paddedRows;
    case 'extra_cells':
      return repairs.shortenedRows;
    case 'blank':
      return rows.blank;
    case 'where':
      return rows.filtered;
    default:
      return rejectedByRule.get(rule as RejectRule) ?? 0;
  }
}
