/**
 * The seed job written a second time, in the fewest lines: `--outliers off --where 'value <= 500'
 * --derive 'normalized_value = value / (max(value) + 1e-9)'`. Knows nothing of csvclean.
 */
import { parse } from 'csv-parse/sync';

/** The cells of the cleaned file, header first. */
export function cleanAsSeed(text: string): string[][] {
  const records: string[][] = parse(text, { bom: true, skip_empty_lines: true });
  const trimmed = records.map((record) => record.map((cell) => cell.replace(/^ +| +$/g, '')));
  const [header = [], ...rows] = trimmed;
  const names = header.map((name) => name.toLowerCase().replaceAll(' ', '_'));
  const at = names.indexOf('value');
  const kept: string[][] = [];
  let largest = 0;
  for (const row of rows) {
    const value = row[at];
    if (value === undefined || value === '' || Number(value) > 500) continue;
    largest = Math.max(largest, Number(value));
    kept.push(row);
  }
  const divisor = largest + 1e-9;
  return [
    [...names, 'normalized_value'],
    ...kept.map((row) => [...row, String(Number(row[at]) / divisor)]),
  ];
}
