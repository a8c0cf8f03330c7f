/**
 * The summary of a run for people: what went where, how much, how fast. Pure; colours are the
 * caller's.
 */
import type { PlainError } from '../base/error.js';
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { RejectRule } from '../engine/engine.js';
import type { FileResult, JobResult } from '../job/job-result.js';
import { STDOUT } from '../options/options.js';
import { checkHeadline, describeChanges, describeReported, listChanged } from './check-lines.js';
import { describeDetails } from './details.js';
import { formatError, formatWarning } from './format-error.js';
import { formatBytes, formatNoun, formatShare, formatTime } from './format-units.js';
import { gap } from './gap.js';
import { describeSamples } from './samples.js';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';
export type Paint = (style: Style, text: string) => string;

export interface SummaryOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly paint: Paint;
}

/** The lines of the summary; with `quiet` only errors and warnings. */
export function summarize(result: JobResult, options: SummaryOptions): readonly string[] {
  const { paint } = options;
  const troubles = [...warningsOf(result, paint), ...errorsOf(result, paint)];
  if (options.quiet)
    return [...(result.check === undefined ? [] : listChanged(result)), ...troubles];
  if (result.check !== undefined) return [...summarizeCheck(result, paint), ...gap(troubles)];
  if (result.totals.cleaned === 0) return [...headline(result, paint), ...gap(troubles)];
  const body = [
    ...headline(result, paint),
    '',
    ...describeRows(result, paint),
    ...gap(describeDetails(result, options.verbose)),
    ...gap(describeSamples(result)),
    '',
    ...describeSpeed(result),
  ];
  return [...body, ...gap(troubles)];
}

function summarizeCheck(result: JobResult, paint: Paint): readonly string[] {
  return [
    paint('bold', checkHeadline(result)),
    ...gap(describeChanges(result)),
    ...gap(describeReported(result)),
  ];
}

/** What matters most comes first: rows taken out, then where the files are. */
function headline(result: JobResult, paint: Paint): readonly string[] {
  const { totals, target, dryRun } = result;
  const { outlier, duplicate } = totals.rows;
  const where = outlier + duplicate > 0 ? rejectsFolder(result) : null;
  const setAside = (count: number, what: string): readonly string[] => {
    const verb = dryRun ? 'would be set aside' : 'set aside';
    const place = where === null ? '' : ` → ${visible(where)}`;
    return count === 0 ? [] : [`${formatNoun(count, 'row')} ${verb} as ${what}${place}`];
  };
  const lines = [...setAside(outlier, 'outliers'), ...setAside(duplicate, 'duplicates')];
  const count =
    totals.cleaned === totals.files
      ? formatNoun(totals.files, 'file')
      : `${formatCount(totals.cleaned)} of ${formatNoun(totals.files, 'file')}`;
  const place = dryRun
    ? '(dry run: nothing written)'
    : target === null
      ? 'in place'
      : target === STDOUT
        ? '→ standard output'
        : result.files.length > 0 && result.files.every(({ output }) => output === null)
          ? '(nothing written)'
          : `→ ${visible(asFolder(result))}`;
  lines.push(`${count} ${dryRun ? 'would be cleaned' : 'cleaned'} ${place}`);
  return lines.map((line) => paint('bold', line));
}

function asFolder(result: JobResult): string {
  const isOneFile = result.files.every(({ output }) => output === result.target);
  if (isOneFile && result.files.length > 0) return result.target ?? '';
  return withSlash(result.target!);
}

function withSlash(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

/** The longest folder that all rejects lie in, or null when none was written. */
function rejectsFolder(result: JobResult): string | null {
  const folders = result.files.flatMap(({ rejects }) => (rejects === null ? [] : [rejects]));
  const [first] = folders;
  if (first === undefined) return null;
  if (folders.length === 1) return first;
  let common = first.split('/').slice(0, -1);
  for (const path of folders) {
    const parts = path.split('/');
    const until = common.findIndex((part, i) => parts[i] !== part);
    if (until >= 0) common = common.slice(0, until);
  }
  return common.length === 0 ? null : withSlash(common.join('/'));
}

/** The balance: every row in stands on one of the lines below it. */
function describeRows(result: JobResult, paint: Paint): readonly string[] {
  const { rows } = result.totals;
  const counts: readonly (readonly [name: string, count: number, note: string])[] = [
    ['rows in', rows.in, ''],
    ['kept', rows.kept, ''],
    ['blank', rows.blank, ''],
    ['filtered', rows.filtered, ''],
    ['duplicate', rows.duplicate, ''],
    ['outlier', rows.outlier, describeKinds(result.files, (rule) => OUTLIERS.has(rule))],
    ['rejected', rows.rejected, describeKinds(result.files, (rule) => !TAKEN_OUT.has(rule))],
  ];
  const shown = counts.filter(([name, count], i) => count > 0 || i < 2 || name === 'kept');
  const width = Math.max(...shown.map(([, count]) => formatCount(count).length));
  return shown.map(([name, count, note], i) => {
    const share = i === 0 ? '' : formatShare(count, rows.in).padStart(9);
    const number = formatCount(count).padStart(width);
    return `  ${name.padEnd(9)} ${number}${share === '' ? '' : paint('dim', share)}  ${note}`.trimEnd();
  });
}

const OUTLIERS: ReadonlySet<RejectRule> = new Set(['outlier', 'bound'] as const);
const TAKEN_OUT: ReadonlySet<RejectRule> = new Set(['outlier', 'bound', 'duplicate'] as const);

/** `too_many_fields 3, bad_quote 1`; nothing where the line's own name says it all. */
function describeKinds(
  files: readonly FileResult[],
  isMeant: (rule: RejectRule) => boolean,
): string {
  const counts = new Map<RejectRule, number>();
  for (const { report } of files) {
    for (const [rule, count] of report?.rejectedByRule ?? []) {
      if (isMeant(rule)) counts.set(rule, (counts.get(rule) ?? 0) + count);
    }
  }
  if (counts.size === 1 && counts.has('outlier')) return '';
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted.map(([rule, count]) => `${rule} ${formatCount(count)}`).join(', ');
}

/** Less input than this has no rate worth telling, in bytes. */
const SMALLEST_TOLD_BYTES = 1_000_000;

function describeSpeed(result: JobResult): readonly string[] {
  const { timing, totals } = result;
  const { bytesIn } = totals;
  const rate = `${formatBytes((bytesIn / Math.max(1, timing.wallMs)) * 1000)}/s`;
  const told = bytesIn < SMALLEST_TOLD_BYTES ? '' : `: ${rate}`;
  const workers = formatNoun(timing.workers, 'worker');
  const base = `${formatBytes(bytesIn)} in ${formatTime(timing.wallMs)} on ${workers}${told}`;
  return [`${base}${describeSpeedUp(result)}`];
}

/** A run with less CPU time says more about starting threads than about cleaning. */
const SHORTEST_TOLD_CPU_MS = 500;
/** Below this share of its time on the CPU a worker mostly waits. */
const WAITING_SHARE = 0.5;

function describeSpeedUp(result: JobResult): string {
  const { baseline, cpuMs, wallMs, busyMs, workers } = result.timing;
  if (baseline !== null) {
    const equal = baseline.differing.length === 0 ? ', same bytes' : '';
    const one = formatTime(baseline.wallMs);
    return `, ${baseline.speedUp.toFixed(2)} × one worker (measured: ${one}${equal})`;
  }
  if (cpuMs === null || wallMs <= 0) {
    return workers > 1 && wallMs > 0
      ? `, about ${(busyMs / wallMs).toFixed(1)} × one core (estimate from busy time)`
      : '';
  }
  if (cpuMs < SHORTEST_TOLD_CPU_MS) return '';
  const speedUp = cpuMs / wallMs;
  const estimate = `, about ${speedUp.toFixed(1)} × one core (estimate from CPU time)`;
  const share = busyMs > 0 ? cpuMs / busyMs : 1;
  if (share >= WAITING_SHARE) return estimate;
  return `${estimate}; the workers waited for the disk or for a CPU ${Math.round((1 - share) * 100)} % of the time`;
}

function warningsOf(result: JobResult, paint: Paint): readonly string[] {
  return result.files.flatMap(({ input, report }) =>
    (report?.warnings ?? []).map((warning) => paint('yellow', formatWarning(input, warning))),
  );
}

/** Files that were never begun are one line, not one each. */
function errorsOf(result: JobResult, paint: Paint): readonly string[] {
  const failed = result.files.filter(({ status }) => status === 'failed');
  const errors = failed.flatMap(({ error }) => (error === null ? [] : [error]));
  const skipped = result.files.find(({ status }) => status === 'skipped')?.error ?? null;
  const count = formatNoun(result.totals.skipped, 'file');
  const rest: readonly PlainError[] =
    skipped === null ? [] : [{ code: skipped.code, message: `${count} ${skipped.message}` }];
  return [...errors, ...rest, ...result.problems].map((error) => paint('red', formatError(error)));
}
