/** How inputs were read where that is not as RFC 4180 has it: a line for each way. */
import { visible } from '../base/visible.js';
import { DELIMITER_NAMES } from '../csv/delimiter-names.js';
import type { FileResult } from '../job/job-result.js';
import type { FoundDialect } from '../task/task.js';
import { formatNoun } from './format-units.js';

const MOST_WAYS = 5;

/** @param isVerbose all ways, however many. */
export function describeDialects(
  files: readonly FileResult[],
  isVerbose: boolean,
): readonly string[] {
  const byWay = new Map<string, string[]>();
  for (const { input, dialect } of files) {
    const way = dialect === null ? '' : describeDialect(dialect);
    if (way === '') continue;
    byWay.set(way, [...(byWay.get(way) ?? []), input]);
  }
  const ways = [...byWay].sort(([, a], [, b]) => b.length - a.length);
  const shown = isVerbose ? ways : ways.slice(0, MOST_WAYS);
  const lines = shown.map(([way, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${formatNoun(others.length, 'other file')}`;
    return `Read as: ${way} (${visible(first!)}${more})`;
  });
  const left = ways.length - shown.length;
  return left === 0
    ? lines
    : [...lines, `Read as: ${formatNoun(left, 'other way')} (-v lists them)`];
}

/** `semicolons`, `"||"`. */
export function describeDelimiter(delimiter: string): string {
  return DELIMITER_NAMES.get(delimiter) ?? `"${visible(delimiter)}"`;
}

/** What is unusual about it, as `semicolons, table from line 4`; '' where nothing is. */
export function describeDialect(found: FoundDialect): string {
  const { encoding, delimiter, quote, recordEnd, tableLine, headerRows } = found;
  return [
    ...(delimiter === ',' ? [] : [describeDelimiter(delimiter)]),
    ...(quote === '"' ? [] : [quote === null ? 'no quotes' : `${visible(quote)} as quote`]),
    ...(found.escape === null ? [] : [`${visible(found.escape)} before quotes`]),
    ...(recordEnd === 'cr' ? ['CR as line end'] : []),
    ...(tableLine > 1 ? [`table from line ${tableLine}`] : []),
    ...(headerRows === 0 ? ['no header'] : []),
    ...(headerRows > 1 ? [`header of ${headerRows} rows`] : []),
    ...(found.hasFooter ? ['footer set aside'] : []),
    ...(encoding === 'utf-8' ? [] : [encoding]),
  ].join(', ');
}
