/**
 * A profile the plain way: csv-parse's rows in arrays, every column as a list of texts. Shares with
 * the program only what a missing value, a number and a kind of value are.
 */
import { parse } from 'csv-parse/sync';
import { isMissing } from '../../../src/csv/missing.js';
import { parseNumber } from '../../../src/csv/parse-number.js';
import { trimText } from '../../../src/csv/trim-text.js';
import { kindOfValue } from '../../../src/engine/profile/value-kind.js';

interface NaiveCell {
  readonly raw: string;
  readonly text: string;
  readonly line: number;
}

/** What must be told of a column, in the words of its profile. */
export function naiveProfile(text: string, width: number) {
  // Its raw records lack part of a CRLF.
  const records = parse(text.replaceAll('\r\n', '\n'), {
    relax_column_count: true,
    skip_empty_lines: false,
    raw: true,
  }) as unknown as { raw: string; record: string[] }[];
  let line = 1;
  let blank = 0;
  let tooMany = 0;
  const columns = Array.from({ length: width }, (): NaiveCell[] => []);
  records.forEach(({ raw, record }, at) => {
    const now = line;
    line += raw.split('\n').length - 1;
    if (at === 0) return;
    if (record.every((cell) => trimText(cell) === '')) blank++;
    else if (record.slice(width).some((cell) => trimText(cell) !== '')) tooMany++;
    else {
      for (const [i, column] of columns.entries()) {
        const cell = record[i] ?? '';
        column.push({ raw: cell, text: trimText(cell), line: now });
      }
    }
  });
  const rows = { rows: records.length - 1, blank, tooMany };
  return { rows, columns: columns.map(naiveColumn) };
}

function naiveColumn(cells: readonly NaiveCell[]) {
  const values = cells.filter(({ text }) => !isMissing(text));
  const tokens = countBy(
    cells.filter(({ text }) => text !== '' && isMissing(text)),
    ({ text }) => text,
  );
  const kinds = countBy(values, ({ text }) => kindOfValue(text));
  const spaced = cells.filter(({ raw, text }) => raw !== text);
  const lengths = values.map(({ text }) => [...text].length);
  const texts = countBy(values, ({ text }) => text);
  const numbers = values.map(({ text }) => parseNumber(text)).filter((x) => !Number.isNaN(x));
  return {
    cells: cells.length,
    empty: cells.filter(({ text }) => text === '').length,
    tokens,
    kinds: new Map(
      [...kinds].map(([kind, count]) => [
        kind,
        { count, line: values.find(({ text }) => kindOfValue(text) === kind)!.line },
      ]),
    ),
    spaced: spaced.length === 0 ? null : { count: spaced.length, line: spaced[0]!.line },
    lengths:
      lengths.length === 0
        ? null
        : { shortest: Math.min(...lengths), longest: Math.max(...lengths) },
    texts,
    numbers: numbers.length === 0 ? null : naiveNumbers(numbers.sort((a, b) => a - b)),
  };
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** @param sorted ascending. */
function naiveNumbers(sorted: readonly number[]) {
  const n = sorted.length;
  const quantile = (p: number): number => {
    const h = (n - 1) * p;
    const low = sorted[Math.floor(h)]!;
    const high = sorted[Math.min(n - 1, Math.floor(h) + 1)]!;
    return low + (high - low) * (h - Math.floor(h));
  };
  const [q1, median, q3] = [0.25, 0.5, 0.75].map(quantile) as [number, number, number];
  const reach = q3 - q1;
  const below = (limit: number): number => sorted.filter((x) => x < limit).length;
  const above = (limit: number): number => sorted.filter((x) => x > limit).length;
  const mean = sorted.reduce((sum, x) => sum + x, 0) / n;
  const squares = sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return {
    ...{ count: n, min: sorted[0]! + 0, max: sorted[n - 1]! + 0, q1, median, q3 },
    beyond: {
      lowerOuter: below(q1 - 3 * reach),
      lowerInner: below(q1 - 1.5 * reach),
      upperInner: above(q3 + 1.5 * reach),
      upperOuter: above(q3 + 3 * reach),
    },
    mean,
    sd: n < 2 ? null : Math.sqrt(squares / (n - 1)),
  };
}
