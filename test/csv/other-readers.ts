/**
 * Two independent CSV readers, csv-parse and Python's csv, that ours must agree with on well-formed
 * input.
 */

import { spawnSync } from 'node:child_process';
import { parse } from 'csv-parse/sync';
import type { CsvCase } from './random-csv.js';

/** The values as csv-parse reads them. */
export function readWithCsvParse({ text, delimiter }: CsvCase): string[][] {
  return parse(text, {
    delimiter,
    quote: '"',
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
  });
}

const PYTHON_READER = `
import csv, io, json, sys
cases = json.loads(sys.stdin.buffer.read())
tables = [
    list(csv.reader(io.StringIO(c["text"], newline=""), delimiter=c["delimiter"], strict=True))
    for c in cases
]
json.dump(tables, sys.stdout)
`;

/**
 * The values of each case as Python's csv module reads them, by one process for all; null when
 * there is no python3. An empty line is no fields to Python; here it is one empty field, as to the
 * others.
 */
export function readWithPython(cases: readonly CsvCase[]): string[][][] | null {
  const run = spawnSync('python3', ['-c', PYTHON_READER], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.error !== undefined) {
    if ('code' in run.error && run.error.code === 'ENOENT') return null;
    throw run.error;
  }
  if (run.status !== 0) throw new Error(`python3 ended with ${run.status}: ${run.stderr}`);
  const tables: string[][][] = JSON.parse(run.stdout);
  return tables.map((rows) => rows.map((row) => (row.length === 0 ? [''] : row)));
}
