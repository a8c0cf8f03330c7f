/** What `csvclean profile` found, as JSON; docs/profile.md names its keys. */
import type { ExplainedFile } from '../job/explain-outliers.js';
import type { ProfileResult } from '../job/profile-result.js';
import { escapeControls, JSON_VERSION } from './json.js';

/**
 * The same text for any number of workers: how long it took is left out.
 * @param outliers how the rule decides; null where nobody asks.
 */
export function profileToJson(
  { files, all, drift }: ProfileResult,
  outliers: readonly ExplainedFile[] | null,
): string {
  const told = { version: JSON_VERSION, files, all, drift };
  const document = outliers === null ? told : { ...told, outliers };
  return `${escapeControls(JSON.stringify(document, null, 2))}\n`;
}
