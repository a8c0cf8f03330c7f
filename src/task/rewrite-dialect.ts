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
import { type ByteSource, piecesOf } from '../engine/byte-source.js';
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
    const input = Readable.from(copiesOf(piecesOf(source, PIECE_BYTES, offsetBytes)));
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

/** Each piece for itself: csv-parse keeps them. */
function* copiesOf(pieces: Iterable<Uint8Array>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
}

function asDialectError(error: unknown): unknown {
  const { code, lines, message } = error as { code?: unknown; lines?: unknown; message?: string };
  if (typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  return new CsvcleanError('DIALECT', `not readable in this dialect: ${message}`, {
    ...(typeof lines === 'number' ? { line: lines } : {}),
    remedy: 'Check --delimiter, --quote and --escape against the file.',
  });
}
