/**
 * uDSV, which reads rows as arrays of strings and has no writer.
 *
 *   node udsv.mjs SRC OUT WORKERS seed|rewrite
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { formatRows, requireRival, runAdapter } from './clean-rows.mjs';

const { inferSchema, initParser } = requireRival('udsv');
const READ_BYTES = 1 << 20;

await runAdapter(import.meta.url, {
  wholeFileBytes: 8e6,
  parseAll: (text) => [headerOf(text), ...initParser(schemaOf(text)).stringArrs(text)],
  eachRow,
  format: formatRows,
});

async function eachRow(path, onRow) {
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  const decoder = new StringDecoder('utf8');
  let parser = null;
  for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
    const text = decoder.write(buffer.subarray(0, length));
    if (parser === null) {
      parser = initParser(schemaOf(text));
      onRow(headerOf(text));
    }
    parser.chunk(text, parser.stringArrs, onRow);
  }
  parser.end();
  closeSync(file);
}

function schemaOf(text) {
  return inferSchema(text, { trim: false, col: ',', row: '\n' }, 1);
}

function headerOf(text) {
  return inferSchema(text, { trim: false, col: ',', row: '\n' }, 1).cols.map(({ name }) => name);
}
