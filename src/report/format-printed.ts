/** What `csvclean rejects` says beside the records. */

import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { Printed } from '../job/print-rejected.js';
import { formatNoun } from './format-units.js';

export function formatPrinted(printed: Printed): readonly string[] {
  const { input, countByRule, leftOutByRule, escaped } = printed;
  if (input === null) return ['no record in it'];
  const count = sumOf(countByRule);
  const lines = [`${formatNoun(count, 'record')} of ${visible(input)}${rulesOf(countByRule)}`];
  if (leftOutByRule.size > 0)
    lines.push(`  left out, as no rows of the table${rulesOf(leftOutByRule)}`);
  if (escaped > 0) lines.push(`  bytes that are no text stand as \\xHH in ${formatCount(escaped)}`);
  return lines;
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function rulesOf(counts: ReadonlyMap<string, number>): string {
  const parts = [...counts].map(([rule, count]) => `${rule} ${formatCount(count)}`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
