/** What `csvclean profile` found, as JSON; docs/profile.md names its keys. */
import type { ProfileResult } from '../job/profile-result.js';
import { escapeControls, JSON_VERSION } from './json.js';

/** The same text for any number of workers: how long it took is left out. */
export function profileToJson({ files, all, drift }: ProfileResult): string {
  const document = { version: JSON_VERSION, files, all, drift };
  return `${escapeControls(JSON.stringify(document, null, 2))}\n`;
}
