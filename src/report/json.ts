/** The result of a run as JSON: what `--json` prints. Its keys are part of the interface. */
import type { FileResult, JobResult } from '../job/job-result.js';

/** Grows when a key changes its meaning or goes; new keys may come at any time. */
export const JSON_VERSION = 1;

/** One JSON document, ending in a newline. */
export function resultToJson(result: JobResult): string {
  const document = { version: JSON_VERSION, ...result, files: result.files.map(fileToJson) };
  return `${escapeControls(JSON.stringify(document, null, 2))}\n`;
}

// C1 controls, DEL and direction marks: JSON may hold them as they are, a terminal should not.
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** The same document; JSON escapes the other controls by itself. */
export function escapeControls(json: string): string {
  return json.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function fileToJson(file: FileResult): unknown {
  if (file.report === null) return file;
  const rejectedByRule = [...file.report.rejectedByRule].map(([rule, count]) => ({ rule, count }));
  return { ...file, report: { ...file.report, rejectedByRule } };
}
