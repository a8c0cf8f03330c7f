/**
 * From the samples of all judged columns to verdicts, and what the shares of a file say about them.
 * Shared by the engines; counting the rows is theirs.
 */
import { formatCount } from '../base/format-count.js';
import type { Warning } from './engine.js';
import { exceedsFileCap, FILE_CAP_SHARE, NAMED_WARN_SHARE } from './outliers/file-cap.js';
import type { Verdict } from './outliers/verdict.js';
import type { TablePlan } from './plan-table.js';
import type { JudgedColumn } from './rows/find-outliers.js';

/**
 * A method or columns the user named are obeyed, but not in silence where much of a column goes.
 */
export function warnOfMany(judged: readonly JudgedColumn[], plan: TablePlan): readonly Warning[] {
  const { named, action } = plan.rules.outliers;
  if (!named || action === 'report' || action === 'flag') return [];
  const warnings: Warning[] = [];
  for (const { verdict } of judged) {
    const { outlierCount, figures, column } = verdict;
    if (outlierCount <= figures.n * NAMED_WARN_SHARE) continue;
    const percent = ((outlierCount / figures.n) * 100).toFixed(1);
    warnings.push({
      message: `${formatCount(outlierCount)} ${outlierCount === 1 ? 'value is an outlier' : 'values are outliers'}, ${percent} % of the column`,
      column,
      remedy: 'Check that they are errors: --outlier-action report only counts them.',
    });
  }
  return warnings;
}

/** Whether the rows that would go must be counted: `auto` sets aside at most a share of them. */
export function isCapped(judged: readonly JudgedColumn[], plan: TablePlan): boolean {
  return !plan.rules.outliers.named && judged.some(({ verdict }) => verdict.reason === null);
}

/** The verdicts once so many of the file's rows would go, and a warning where that is too many. */
export function capFile(
  judged: readonly JudgedColumn[],
  outlierRows: number,
  rowCount: number,
): { readonly judged: readonly JudgedColumn[]; readonly warnings: readonly Warning[] } {
  if (!exceedsFileCap(outlierRows, rowCount)) return { judged, warnings: [] };
  const warning = {
    message: `nothing is taken out as an outlier: ${capDetail(outlierRows, rowCount)}`,
    remedy: `Look at the file first; ${CAP_REMEDY}.`,
  };
  const after = judged.map(({ column, verdict }) => ({
    column,
    verdict: verdict.reason === null ? capped(verdict, outlierRows, rowCount) : verdict,
  }));
  return { judged: after, warnings: [warning] };
}

const CAP_REMEDY = '--outliers gap takes them out all the same';

function capDetail(outlierRows: number, rowCount: number): string {
  const counts = `${formatCount(outlierRows)} of ${formatCount(rowCount)}`;
  return `${counts} rows would go, more than ${FILE_CAP_SHARE * 100} %`;
}

function capped(verdict: Verdict, outlierRows: number, rowCount: number): Verdict {
  return {
    ...verdict,
    fences: verdict.fences.map(() => null),
    reason: 'file_cap',
    detail: capDetail(outlierRows, rowCount),
    remedy: CAP_REMEDY,
    outlierCount: 0,
  };
}
