/** Text without the name of a test's folder, which may be told from the current folder. */
import { relative } from 'node:path';

export function withoutFolder(text: string, folder: string): string {
  // First the name from here: the full one may stand in it.
  const near = relative(process.cwd(), folder);
  return text.replaceAll(`${near}/`, '').replaceAll(`${folder}/`, '');
}
