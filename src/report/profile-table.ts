/** What `csvclean profile` found, as tables for people. Pure: knows the width, and no terminal. */
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { ColumnProfile, Suspect } from '../engine/profile/column-profile.js';
import type { NumberFigures } from '../engine/profile/number-figures.js';
import type { FileProfile, ProfiledRows, ProfileResult } from '../job/profile-result.js';
import { fitWidth, widest, widthOf } from './fit-width.js';
import { formatError, formatWarning } from './format-error.js';
import { formatBytes, formatNoun } from './format-units.js';
import { gap } from './gap.js';
import { boxPlot, shareBar } from './small-bars.js';

export interface TableStyle {
  /** Of a line, in columns of the terminal. */
  readonly width: number;
  /** Without block characters. */
  readonly isPlain: boolean;
  /** Each file has a table, where there are several. */
  readonly isVerbose: boolean;
}

const LONGEST_NAME = 32;
const BAR_WIDTH = 5;
const BOX_WIDTH = 16;
const LEAST_LAST_WIDTH = 20;
const SHOWN_VALUES = 4;
/** A drift that concerns more files names only so many. */
const SHOWN_FILES = 3;

/** All lines of it. */
export function profileTable(result: ProfileResult, style: TableStyle): readonly string[] {
  const { files, all } = result;
  const names = files.map(({ input }) => input);
  const read = files.filter(({ error }) => error === null);
  const [only] = read;
  const lines: string[] = [];
  if (read.length === 1) lines.push(...fileLines(only!, [only!.input], style));
  else if (read.length > 1) {
    if (style.isVerbose) for (const file of read) lines.push(...fileLines(file, [], style), '');
    else lines.push(...listFiles(read), '');
    lines.push(
      `${formatCount(all.files)} files together: ${rowWords(all.rows)}`,
      ...columnLines(all.columns, style),
      ...suspectLines(all.columns, names),
    );
  }
  return [...lines, ...driftLines(result), ...gap(troublesOf(files))];
}

function fileLines(
  file: FileProfile,
  names: readonly string[],
  style: TableStyle,
): readonly string[] {
  const head = `${visible(file.input)}: ${rowWords(file.rows)}, ${formatBytes(file.bytes)}`;
  return [
    head,
    ...rejectedLines(file),
    ...columnLines(file.columns, style),
    ...suspectLines(file.columns, names),
  ];
}

function rowWords({ table, blank, rejected }: ProfiledRows): string {
  const others = [
    ...(blank > 0 ? [`${formatCount(blank)} blank`] : []),
    ...(rejected > 0 ? [`${formatCount(rejected)} rejected`] : []),
  ];
  const rest = others.length === 0 ? '' : `, and ${others.join(', ')}`;
  return `${formatCount(table)} ${table === 1 ? 'row' : 'rows'}${rest}`;
}

function rejectedLines({ rejected }: FileProfile): readonly string[] {
  return rejected.map(
    ({ rule, count, line }) =>
      `  rejected as ${rule}: ${formatCount(count)}, first in line ${line}`,
  );
}

function listFiles(files: readonly FileProfile[]): readonly string[] {
  const rows = files.map((file) => [
    visible(file.input),
    rowWords(file.rows),
    formatNoun(file.columns.length, 'column'),
    formatBytes(file.bytes),
  ]);
  const widths = rows[0]!.map((_, i) => widest(rows.map((row) => row[i]!)));
  return rows.flatMap((row, at) => [
    row.map((cell, i) => pad(cell, widths[i]!, i === 3)).join('  '),
    ...rejectedLines(files[at]!),
  ]);
}

const HEAD = ['column', 'type', 'missing', 'distinct', 'least', 'median', 'greatest', ''];
/** Set to the right. */
const NUMERIC = [false, false, false, true, true, true, true, false];
/** What is left out, one after the other, where a line is too short for all. */
const EXPENDABLE = [[], [5], [4, 5, 6], [3, 4, 5, 6]];

function columnLines(columns: readonly ColumnProfile[], style: TableStyle): readonly string[] {
  if (columns.length === 0) return ['', '  no columns'];
  const all = [HEAD, ...columns.map((column) => rowOf(column, style))];
  const layouts = EXPENDABLE.map((left) => layOut(all, left));
  const fits = layouts.find(({ used }) => used + LEAST_LAST_WIDTH <= style.width);
  const { shown, widths, used } = fits ?? layouts.at(-1)!;
  const last = Math.max(LEAST_LAST_WIDTH, style.width - used);
  const lineOf = (row: readonly string[]): string =>
    shown
      .map((i, k) => {
        if (i === HEAD.length - 1) return fitWidth(row[i]!, last);
        return pad(row[i]!, widths[k]!, NUMERIC[i]!);
      })
      .join('  ')
      .trimEnd();
  return ['', ...all.map(lineOf)];
}

/** Without the columns of the table that `left` names: those shown, and how wide they are. */
function layOut(rows: readonly (readonly string[])[], left: readonly number[]) {
  const shown = HEAD.map((_, i) => i).filter((i) => !left.includes(i));
  const widths = shown.map((i) => widest(rows.map((row) => row[i]!)));
  const used = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  return { shown, widths, used };
}

function pad(cell: string, width: number, isRight: boolean): string {
  const blanks = ' '.repeat(width - widthOf(cell));
  return isRight ? blanks + cell : cell + blanks;
}

function rowOf(column: ColumnProfile, { isPlain }: TableStyle): readonly string[] {
  const { name, distinct, numbers, dates } = column;
  const about = isPlain ? '~' : '≈';
  const shown = showsNumbers(column) ? numbers : null;
  return [
    fitWidth(name, LONGEST_NAME),
    typeWords(column),
    missingWords(column, isPlain),
    `${distinct.isExact ? '' : about}${formatCount(distinct.count)}`,
    shown === null ? visible(dates?.first ?? '') : shortNumber(shown.min),
    shown === null ? '' : shortNumber(shown.median),
    shown === null ? visible(dates?.last ?? '') : shortNumber(shown.max),
    shown === null ? valueWords(column) : boxOf(shown, isPlain),
  ];
}

/** Of a text made of digits, sizes say nothing. */
function showsNumbers({ type }: ColumnProfile): boolean {
  const name = type.mostly ?? type.name;
  return name === 'integer' || name === 'number';
}

function typeWords({ type }: ColumnProfile): string {
  const { name, mostly, format } = type;
  if (name === 'mixed') return `mixed ${mostly}`;
  return name === 'date' ? visible(format!) : name;
}

function missingWords({ missing, cells }: ColumnProfile, isPlain: boolean): string {
  if (missing.count === 0) return '';
  const share = missing.count / cells;
  return `${percent(share)} ${shareBar(share, BAR_WIDTH, isPlain)}`;
}

function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1 %';
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

function boxOf({ min, q1, median, q3, max, fences }: NumberFigures, isPlain: boolean): string {
  const box = { min, q1, median, q3, max, lowerFence: fences.lowerOuter };
  return boxPlot({ ...box, upperFence: fences.upperOuter }, BOX_WIDTH, isPlain);
}

/** The most frequent values, or how long they are. */
function valueWords({ top, lengths, distinct, cells, missing }: ColumnProfile): string {
  if (lengths === null) return '';
  const valueCount = cells - missing.count;
  const isRepeated = top !== null && top.length > 0 && top[0]!.count > 1;
  if (!isRepeated) {
    const { shortest, longest } = lengths;
    if (shortest === longest) return `${formatCount(longest)} characters each`;
    return `${formatCount(shortest)} – ${formatCount(longest)} characters`;
  }
  const words = top
    .slice(0, SHOWN_VALUES)
    .map(({ value, count }) => `${visible(value)} ${percent(count / valueCount)}`);
  return words.join(', ') + (distinct.count > words.length ? ', …' : '');
}

/** Six significant digits are enough for a look. */
function shortNumber(value: number): string {
  const short = String(Number(value.toPrecision(6)));
  return /e/.test(short)
    ? short
    : short.replace(/^(-?)(\d+)/, (_, sign: string, digits: string) => {
        return sign + (digits.length > 4 ? formatCount(Number(digits)) : digits);
      });
}

/** @param names of the inputs, by their place, where lines are to be told. */
function suspectLines(
  columns: readonly ColumnProfile[],
  names: readonly string[],
): readonly string[] {
  const lines = columns.flatMap(({ name, suspects }) =>
    suspects.map(
      (suspect) => `  ${visible(name)}: ${visible(suspect.message)}${placeOf(suspect, names)}`,
    ),
  );
  return lines.length === 0 ? [] : ['', 'Look at:', ...lines];
}

function placeOf({ input, line }: Suspect, names: readonly string[]): string {
  if (line === null) return '';
  const name = names.length > 1 ? `${visible(names[input]!)}:` : 'line ';
  return ` (${name}${line})`;
}

function driftLines({ drift }: ProfileResult): readonly string[] {
  if (drift.length === 0) return [];
  const lines = drift.map(({ column, kind, message, inputs }) => {
    const shown = inputs.slice(0, SHOWN_FILES).map(visible).join(', ');
    const rest = inputs.length > SHOWN_FILES ? `, and ${inputs.length - SHOWN_FILES} more` : '';
    const what = kind === 'type' ? message : `${kind} (${message})`;
    return `  ${visible(column)}: ${what}: ${shown}${rest}`;
  });
  return ['', 'Not alike in all files:', ...lines];
}

/** What is to be said of single files, warnings and errors. */
export function troublesOf(files: readonly FileProfile[]): readonly string[] {
  return files.flatMap(({ input, warnings, error }) => [
    ...warnings.map((warning) => formatWarning(input, warning)),
    ...(error === null ? [] : [formatError(error)]),
  ]);
}
