/** Sums file results up to the result of the run. Pure. */
import type { PlainError } from '../base/error.js';
import { formatCount } from '../base/format-count.js';
import type { RowCounts } from '../engine/engine.js';
import { type Options, oneOutput, type RejectLimit } from '../options/options.js';
import type { FileResult, JobResult, JobTiming, JobTotals } from './job-result.js';

/** @param found what went wrong with the run as a whole. */
export function buildResult(
  files: readonly FileResult[],
  timing: JobTiming,
  found: readonly PlainError[],
  options: Options,
  isAborted: boolean,
): JobResult {
  const totals = sumUp(files);
  const problems = [
    ...found,
    ...tooManyRejects(totals.rows, options.maxRejects),
    ...differing(timing.baseline?.differing ?? []),
  ];
  const isFailed = totals.failed + totals.skipped > 0 || problems.length > 0;
  return {
    status: isAborted ? 'aborted' : isFailed ? 'failed' : 'done',
    dryRun: options.dryRun,
    ...(options.check ? { check: { changed: countChanged(files) } } : {}),
    target: options.inPlace || options.check ? null : (oneOutput(options) ?? options.outDir),
    files,
    totals,
    timing,
    problems,
  };
}

function countChanged(files: readonly FileResult[]): number {
  return files.filter(({ check }) => check?.isChanged === true).length;
}

function sumUp(files: readonly FileResult[]): JobTotals {
  const rows: RowCounts = {
    in: 0,
    kept: 0,
    blank: 0,
    filtered: 0,
    duplicate: 0,
    outlier: 0,
    rejected: 0,
  };
  for (const { report } of files) {
    if (report === null) continue;
    rows.in += report.rows.in;
    rows.kept += report.rows.kept;
    rows.blank += report.rows.blank;
    rows.filtered += report.rows.filtered;
    rows.duplicate += report.rows.duplicate;
    rows.outlier += report.rows.outlier;
    rows.rejected += report.rows.rejected;
  }
  const count = (status: FileResult['status']): number =>
    files.filter((file) => file.status === status).length;
  const cleaned = files.filter((file) => file.status === 'cleaned');
  return {
    files: files.length,
    cleaned: count('cleaned'),
    failed: count('failed'),
    skipped: count('skipped'),
    rows,
    bytesIn: cleaned.reduce((sum, file) => sum + file.bytesIn, 0),
    bytesOut: cleaned.reduce((sum, file) => sum + file.bytesOut, 0),
  };
}

function tooManyRejects(rows: RowCounts, limit: RejectLimit | null): readonly PlainError[] {
  if (limit === null) return [];
  const { kind } = limit;
  // Compared as products of whole numbers where the limit is one: no rounding decides.
  const isOver =
    kind === 'count' ? rows.rejected > limit.limit : rows.rejected * 100 > limit.limit * rows.in;
  if (!isOver) return [];
  const allowed = kind === 'count' ? `${limit.limit}` : `${limit.limit}%`;
  const found = formatCount(rows.rejected);
  return [
    {
      code: 'TOO_MANY_REJECTS',
      message: `${found} of ${formatCount(rows.in)} records rejected, --max-rejects is ${allowed}`,
      remedy: 'Look at the rejects, mend the inputs, or raise --max-rejects.',
    },
  ];
}

function differing(names: readonly string[]): readonly PlainError[] {
  return names.map((path) => ({
    code: 'FAULT',
    message: 'a fault of csvclean: one worker gave other bytes than many',
    path,
    remedy: 'Please report this with the command and, if you can, the file.',
  }));
}
