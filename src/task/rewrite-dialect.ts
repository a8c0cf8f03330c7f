/**
 * Rewrites an input in a dialect of several characters, or with an escape character, as RFC 4180
 * into a temporary file, in a stream, from where its table begins. Records keep their lines: a line
 * end inside quotes stays one.
 */

import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { CsvcleanError } from '../base/error.js';
import { type ByteSource, readFully } from '../engine/byte-source.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';
import type { ExoticDialect } from './resolve-dialect.js';

const PIECE_BYTES = 1 << 16;

/** @throws CsvcleanError DIALECT with the line where csv-parse gave up. */
export async function rewriteDialect(
  source: ByteSource,
  offsetBytes: number,
  dialect: ExoticDialect,
  tempPath: string,
  maxRecordBytes: number,
): Promise<void> {
  const output = createOutput(tempPath);
  try {
    const parser = parse({
      delimiter: dialect.delimiter,
      quote: dialect.quote ?? false,
      escape: dialect.escape ?? dialect.quote ?? '"',
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: maxRecordBytes,
    });
    // A carriage return at the end of a record would read as part of its line end.
    const writer = stringify({ record_delimiter: '\n', quoted_match: /\r/ });
    writer.on('data', (bytes: Buffer) => writeOutput(output, bytes));
    const input = Readable.from(piecesFrom(source, offsetBytes));
    input.on('error', (error) => parser.destroy(error));
    parser.on('error', (error) => writer.destroy(error));
    input.pipe(parser).pipe(writer);
    await finished(writer);
    finishOutput(output, false);
  } catch (error) {
    discardOutput(output);
    throw asDialectError(error);
  }
}

/** The bytes from `offsetBytes` on, each piece in a room of its own: csv-parse keeps them. */
function* piecesFrom(source: ByteSource, offsetBytes: number): Generator<Buffer> {
  for (let offset = offsetBytes; ; ) {
    const room = Buffer.allocUnsafe(PIECE_BYTES);
    const length = readFully(source, room, offset);
    if (length === 0) return;
    yield room.subarray(0, length);
    offset += length;
  }
}

function asDialectError(error: unknown): unknown {
  const { code, lines, message } = error as { code?: unknown; lines?: unknown; message?: string };
  if (typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  return new CsvcleanError('DIALECT', `not readable in this dialect: ${message}`, {
    ...(typeof lines === 'number' ? { line: lines } : {}),
    remedy: 'Check --delimiter, --quote and --escape against the file.',
  });
}
