/**
 * The library as it is shipped, from `dist/`: worker threads need the built files.
 * `npm test` builds them first.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Library = typeof import('../../src/index.js');

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

const entry = new URL('../../dist/bundle/index.js', import.meta.url);
if (!existsSync(entry)) throw new Error('dist/ is not built: npm run build');

export const { cleanFiles, CsvcleanError } = (await import(entry.href)) as Library;
