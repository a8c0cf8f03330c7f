/**
 * What holds for every input whatsoever, asked of the result alone: no model of the cleaning is
 * needed.
 */
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { CsvcleanError } from '../../../src/base/error.js';
import type { Rules } from '../../../src/engine/rules.js';
import { type Cleaned, cleanBytes, toDialect } from './clean-bytes.js';
import type { RandomTable } from './random-table.js';

/** Rows balance, the output is CSV, rejects are slices of the input; for any window the same. */
export function checkLaws(table: RandomTable, rules: Rules, windowBytes: number | undefined): void {
  const whole = attempt(table, rules, undefined);
  const windowed = attempt(table, rules, windowBytes);
  expect(windowed).toEqual(whole);
  if (whole instanceof CsvcleanError) return;
  const { output, rejects, report } = whole;
  const { rows } = report;
  const { kept, blank, filtered, duplicate, outlier, rejected } = rows;
  expect(rows.in).toBe(kept + blank + filtered + duplicate + outlier + rejected);
  expect(rejects.length).toBe(duplicate + outlier + rejected);
  checkOutput(whole, rules);
  const text = table.bytes.toString();
  const newline = table.dialect.lineEnd === '\r' ? '\r' : '\n';
  for (const reject of rejects) {
    const from = reject.byteOffset!;
    const length = Buffer.byteLength(reject.record);
    expect(table.bytes.subarray(from, from + length).toString()).toBe(reject.record);
    const before = table.bytes.subarray(0, from).toString();
    expect(reject.line, text).toBe(before.split(newline).length);
  }
  const offsets = rejects.map(({ byteOffset }) => byteOffset!);
  expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  expect(output.toString()).not.toContain('\ufffd');
}

function attempt(table: RandomTable, rules: Rules, windowBytes: number | undefined) {
  try {
    return cleanBytes(table.bytes, toDialect(table.dialect), rules, windowBytes);
  } catch (error) {
    if (error instanceof CsvcleanError) return error;
    throw error;
  }
}

/** Rectangular, strictly RFC 4180, a newline at the end, a record for every kept row. */
function checkOutput({ output, report }: Cleaned, rules: Rules): void {
  const text = output.toString();
  if (report.shape === 'empty') {
    expect(text).toBe('');
    return;
  }
  if (text !== '') expect(text.at(-1)).toBe('\n');
  const records: string[][] = parse(text, { record_delimiter: '\n', relax_quotes: false });
  expect(records.length).toBe(report.rows.kept + (rules.hasHeader ? 1 : 0));
  expect(new Set(records.map((record) => record.length)).size).toBeLessThanOrEqual(1);
}
