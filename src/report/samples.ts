/** What each rule did or would do, by example: shown for a dry run. */
import { visible } from '../base/visible.js';
import type { JobResult } from '../job/job-result.js';

/** Examples shown of each rule over all files. */
const SAMPLES_PER_RULE = 3;

/** Lines of before → after by rule, or none when the run wrote its files. */
export function describeSamples(result: JobResult): readonly string[] {
  if (!result.dryRun) return [];
  const byRule = new Map<string, string[]>();
  for (const { input, report } of result.files) {
    for (const { rule, line, before, after } of report?.samples ?? []) {
      const lines = byRule.get(rule) ?? [];
      if (lines.length < SAMPLES_PER_RULE) {
        lines.push(`    ${visible(input)}:${line}  ${show(before)} → ${show(after)}`);
      }
      byRule.set(rule, lines);
    }
  }
  if (byRule.size === 0) return [];
  return [
    'What each rule would do:',
    ...[...byRule].flatMap(([rule, lines]) => [`  ${rule}`, ...lines]),
  ];
}

function show(text: string): string {
  return text === '' ? '(nothing)' : visible(text);
}
