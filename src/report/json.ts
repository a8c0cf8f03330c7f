/** The result of a run as JSON: what `--json` prints. Its keys are part of the interface. */
import type { FileResult, JobResult } from '../job/job-result.js';

/** Grows when a key changes its meaning or goes; new keys may come at any time. */
export const JSON_VERSION = 1;

/** One JSON document, ending in a newline. */
export function resultToJson(result: JobResult): string {
  const document = { version: JSON_VERSION, ...result, files: result.files.map(fileToJson) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function fileToJson(file: FileResult): unknown {
  if (file.report === null) return file;
  const rejectedByRule = [...file.report.rejectedByRule].map(([rule, count]) => ({ rule, count }));
  return { ...file, report: { ...file.report, rejectedByRule } };
}
