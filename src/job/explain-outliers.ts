/**
 * How the outlier rule decides about each column: what a run would say, by running it without
 * outputs. Every guard that was asked is told, up to the one that decided.
 */
import type { OutlierColumnReport } from '../engine/engine.js';
import type { SkipReason } from '../engine/outliers/verdict.js';
import type { Options } from '../options/options.js';
import { parseOptions } from '../options/parse-options.js';
import type { TaskSettings } from '../task/task.js';
import { findInputs } from './find-inputs.js';
import { readingOptions } from './profile-inputs.js';
import { withWorkers } from './profile-workers.js';
import { runInputs } from './run-inputs.js';
import { settingsOf } from './settings-of-options.js';

/** A guard, and what it said. */
export interface GuardAnswer {
  readonly guard: SkipReason;
  /** `stopped`: nothing goes from the column, for this reason; `unasked`: one before it stopped. */
  readonly outcome: 'passed' | 'stopped' | 'unasked';
}

export interface ExplainedColumn extends OutlierColumnReport {
  readonly guards: readonly GuardAnswer[];
}

export interface ExplainedFile {
  readonly input: string;
  readonly columns: readonly ExplainedColumn[];
}

/** In the order in which they are asked: `judge-column`, then the cap of the whole file. */
const GUARDS: readonly SkipReason[] = [
  ...(['not_numeric', 'few_values', 'few_distinct', 'iqr_zero', 'not_finite'] as const),
  ...(['clump', 'no_gap', 'id_like', 'file_cap'] as const),
];

/** In the order of the inputs; those that cannot be read are left out. */
export async function explainOutliers(
  options: Options,
  signal: AbortSignal,
): Promise<readonly ExplainedFile[]> {
  const found = await findInputs(options, () => false);
  return withWorkers(found, options, judgingSettings, signal, async (looking) => {
    const { inputs, executor, settings } = looking;
    const explained = new Map<number, ExplainedFile>();
    const context = { executor, settings, spanBytes: options.spanSize, isTogether: false };
    for await (const { index, report } of runInputs(inputs, { ...context, onAdvance() {} })) {
      if (report === null) continue;
      const columns = report.outlierColumns.map(explainColumn);
      explained.set(index, { input: inputs[index]!.name, columns });
    }
    return [...explained].sort(([a], [b]) => a - b).map(([, file]) => file);
  });
}

/** What a profile heeds, and what says which columns are judged, and how. */
function judgingSettings(options: Options): TaskSettings {
  const plain = parseOptions({ inputs: options.inputs });
  const { outliers, outlierColumns, outlierExclude } = options;
  const rules = { outliers, outlierColumns, outlierExclude };
  return settingsOf({ ...plain, ...readingOptions(options), ...rules });
}

function explainColumn(report: OutlierColumnReport): ExplainedColumn {
  const stop = report.reason === null ? GUARDS.length : GUARDS.indexOf(report.reason);
  const guards = GUARDS.map((guard, at): GuardAnswer => {
    const after = at < stop ? 'passed' : 'unasked';
    return { guard, outcome: at === stop ? 'stopped' : after };
  });
  return { ...report, guards };
}
