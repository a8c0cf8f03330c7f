/**
 * Papa Parse.
 *
 *   node papaparse.mjs SRC OUT WORKERS seed|rewrite
 */
import { createReadStream } from 'node:fs';
import { requireRival, runAdapter } from './clean-rows.mjs';

const Papa = requireRival('papaparse');
const OPTIONS = { delimiter: ',', newline: '\n', skipEmptyLines: true };
const READ_BYTES = 1 << 20;

await runAdapter(import.meta.url, {
  wholeFileBytes: 8e6,
  parseAll: (text) => Papa.parse(text, OPTIONS).data,
  eachRow: (path, onRow) =>
    new Promise((resolve, reject) => {
      const input = createReadStream(path, { highWaterMark: READ_BYTES, encoding: 'utf8' });
      Papa.parse(input, {
        ...OPTIONS,
        chunk: ({ data }) => data.forEach(onRow),
        complete: resolve,
        error: reject,
      });
    }),
  format: (rows) => `${Papa.unparse(rows, { newline: '\n' })}\n`,
});
