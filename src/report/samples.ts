/** What each rule did or would do, by example: shown for a dry run. */
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { Sample } from '../engine/engine.js';
import type { JobResult } from '../job/job-result.js';

/** Examples shown of each rule over all files: of rows, and of cells in each column. */
const SAMPLES_PER_RULE = 3;
const SAMPLES_PER_COLUMN = 2;
/** Columns that are shown of a rule. */
const MOST_COLUMNS = 8;

interface Example {
  readonly input: string;
  readonly sample: Sample;
}

/** Lines of before → after by rule and column, or none when the run wrote its files. */
export function describeSamples(result: JobResult): readonly string[] {
  if (!result.dryRun) return [];
  /** By rule, then by column. */
  const byRule = new Map<string, Map<string, Example[]>>();
  for (const { input, report } of result.files) {
    for (const sample of report?.samples ?? []) {
      const byColumn = byRule.get(sample.rule) ?? new Map<string, Example[]>();
      byRule.set(sample.rule, byColumn);
      const examples = byColumn.get(sample.column) ?? [];
      byColumn.set(sample.column, examples);
      if (examples.length < SAMPLES_PER_RULE) examples.push({ input, sample });
    }
  }
  if (byRule.size === 0) return [];
  return [
    'What each rule would do:',
    ...[...byRule].flatMap(([rule, byColumn]) => [`  ${rule}`, ...describeRule(byColumn)]),
  ];
}

function describeRule(byColumn: ReadonlyMap<string, readonly Example[]>): readonly string[] {
  const columns = [...byColumn].slice(0, MOST_COLUMNS);
  const lines = columns.flatMap(([column, examples]) =>
    examples.slice(0, column === '' ? SAMPLES_PER_RULE : SAMPLES_PER_COLUMN).map(describe),
  );
  const left = byColumn.size - columns.length;
  return left === 0 ? lines : [...lines, `    and in ${formatCount(left)} more columns`];
}

function describe({ input, sample }: Example): string {
  const { line, column, before, after } = sample;
  const place = `${visible(input)}:${line}`;
  const name = column === '' ? '' : `${visible(column)}: `;
  return `    ${place}  ${name}${show(before)} → ${show(after)}`;
}

/** In quotes where space at an end would not be seen. */
function show(text: string): string {
  if (text === '') return '(nothing)';
  const shown = visible(text);
  return shown.trim() === shown ? shown : `"${shown}"`;
}
