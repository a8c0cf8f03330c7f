/** One finished input as one line, under its worker's name: the log of `-v`. */
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { FileResult } from '../job/job-result.js';
import { formatNoun, formatTime } from './format-units.js';

/** `worker-2  trips.csv → cleaned/trips.csv: 1,204 rows in, 1,190 kept (35 ms)`. */
export function describeFile(file: FileResult): string {
  const { input, output, report, error, worker, wallMs } = file;
  const who = worker === null ? '' : `${worker}  `;
  if (report === null) return `${who}${visible(input)}: ${error?.code ?? 'failed'}`;
  const { rows } = report;
  const where = output === null ? '' : ` → ${visible(output)}`;
  const counts = `${formatNoun(rows.in, 'row')} in, ${formatCount(rows.kept)} kept`;
  return `${who}${visible(input)}${where}: ${counts} (${formatTime(wallMs)})`;
}
