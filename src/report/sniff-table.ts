/** What `csvclean sniff` found, as a table for people or as JSON. */
import { visible } from '../base/visible.js';
import type { InputSniffed } from '../task/sniff-input.js';
import type { FoundDialect } from '../task/task.js';
import { describeDelimiter } from './dialects.js';
import { fitWidth, widest, widthOf } from './fit-width.js';
import { formatError, formatWarning } from './format-error.js';
import { gap } from './gap.js';
import { escapeControls, JSON_VERSION } from './json.js';

/** Longer names of files are cut. */
const MOST_COLUMNS = 40;

const HEAD = ['file', 'encoding', 'delimiter', 'quote', 'table', 'header', 'columns', 'sure'];

/** The lines of the table, then what is to be said of single files. */
export function sniffTable(all: readonly InputSniffed[], isVerbose: boolean): readonly string[] {
  const rows = [HEAD, ...all.map(rowOf)];
  const widths = HEAD.map((_, i) => widest(rows.map((row) => row[i]!)));
  const table = rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat(widths[i]! - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
  const reasons = isVerbose ? all.flatMap(reasonsOf) : [];
  return [...table, ...gap(reasons), ...gap(all.flatMap(troublesOf))];
}

/** Keys as in the JSON of a run: `dialect` is that of its files. */
export function sniffToJson(all: readonly InputSniffed[]): string {
  return `${escapeControls(JSON.stringify({ version: JSON_VERSION, files: all }, null, 2))}\n`;
}

function rowOf({ input, dialect, columns }: InputSniffed): readonly string[] {
  const file = fitWidth(input, MOST_COLUMNS);
  if (dialect === null) return [file, ...HEAD.slice(1).map(() => '–')];
  const { encoding, quote, tableLine, hasFooter, confidence } = dialect;
  return [
    ...[file, encoding, describeDelimiter(dialect.delimiter), quoteOf(dialect, quote)],
    `line ${tableLine}${hasFooter ? ', footer' : ''}`,
    headerOf(dialect),
    String(columns.length),
    `${Math.round(confidence * 100)} %`,
  ];
}

function quoteOf(dialect: FoundDialect, quote: string | null): string {
  if (quote === null) return 'none';
  return visible(dialect.escape === null ? quote : `${quote}, escaped by ${dialect.escape}`);
}

function headerOf({ headerRows }: FoundDialect): string {
  if (headerRows === 0) return 'none';
  return headerRows === 1 ? '1 row' : `${headerRows} rows`;
}

function reasonsOf({ input, dialect, columns }: InputSniffed): readonly string[] {
  if (dialect === null) return [];
  const reasons = dialect.decisions.map(
    ({ what, value, reason }) =>
      `  ${what.replace('_', ' ')} ${visible(value)}: ${visible(reason)}`,
  );
  return [visible(input), ...reasons, `  columns ${columns.map(visible).join(', ')}`];
}

function troublesOf({ input, warnings, error }: InputSniffed): readonly string[] {
  const told = warnings.map((warning) => formatWarning(input, warning));
  return error === null ? told : [...told, formatError(error)];
}
