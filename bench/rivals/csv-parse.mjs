/**
 * csv-parse and csv-stringify of the CSV project.
 *
 *   node csv-parse.mjs SRC OUT WORKERS seed|rewrite
 */
import { createReadStream } from 'node:fs';
import { requireRival, runAdapter } from './clean-rows.mjs';

const { parse } = requireRival('csv-parse');
const { parse: parseSync } = requireRival('csv-parse/sync');
const { stringify } = requireRival('csv-stringify/sync');

await runAdapter(import.meta.url, {
  wholeFileBytes: 64e6,
  parseAll: (text) => parseSync(text),
  eachRow: async (path, onRow) => {
    for await (const row of createReadStream(path).pipe(parse())) onRow(row);
  },
  format: (rows) => stringify(rows),
});
