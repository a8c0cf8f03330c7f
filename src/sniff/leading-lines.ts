/**
 * Finds the lines before the records that are known by themselves, whatever the dialect: the
 * spreadsheet's `sep=` line, comment lines, and what the user told to skip.
 */

import type { RecordEnd } from '../csv/dialect.js';
import { encodeByteText, lineEndOf } from './text-dialect.js';

/** Lines that look like comments, in bytes. */
export interface LeadingLines {
  /** Where each begins, and where the line behind the last one does. */
  readonly comments: readonly number[];
  readonly end: number;
  /** What they begin with; null: there are none. */
  readonly marker: string | null;
}

/** What is known before any dialect is tried. */
export interface Lead {
  /** Where the first line begins that may be of the table. */
  readonly top: number;
  /** Where the records begin that are read: behind comment lines too. */
  readonly end: number;
  /** null: the user told how many lines to skip. */
  readonly leading: LeadingLines | null;
  /** The delimiter that the user or a `sep=` line named, one character a byte. */
  readonly delimiter: string | null;
  readonly origin: 'user' | 'sep_line' | 'sample';
  /** What comment lines begin with when the user told, one character a byte. */
  readonly comment: string | null;
}

const BOM = '\xef\xbb\xbf';
const SEPARATOR_LINE = /^"?sep=([^\r\n"]{1,2})"?\r?$/i;
const SEMICOLON = ';';
const MARKERS: readonly string[] = ['#', '//', '%', '--', SEMICOLON];

/** Where the text begins: behind a byte order mark. */
export function textStart(text: string): number {
  return text.startsWith(BOM) ? BOM.length : 0;
}

/** @param text the sample, one character a byte. */
export function readLead(
  text: string,
  recordEnd: RecordEnd,
  given: {
    readonly delimiter: string | null;
    readonly skipLines: number | 'auto';
    readonly comment: string | null;
  },
): Lead {
  const first = lineAt(text, textStart(text), recordEnd);
  const separator = SEPARATOR_LINE.exec(text.slice(textStart(text), first.contentEnd));
  const named = separator === null ? null : separator[1] === '\\t' ? '\t' : separator[1]!;
  const delimiter = given.delimiter === null ? named : encodeByteText(given.delimiter);
  const origin = given.delimiter !== null ? 'user' : named === null ? 'sample' : 'sep_line';
  const comment = given.comment === null ? null : encodeByteText(given.comment);
  if (given.skipLines !== 'auto') {
    const top = skipLines(text, given.skipLines, recordEnd);
    return { top, end: top, leading: null, delimiter, origin, comment };
  }
  const top = separator === null ? textStart(text) : first.next;
  const found = findComments(text, top, recordEnd, comment);
  const isDelimiter = comment === null && found.marker === SEMICOLON;
  const leading =
    isDelimiter && mayDelimit(text, found, recordEnd, delimiter)
      ? { end: top, comments: [], marker: null }
      : found;
  return { top, end: leading.end, leading, delimiter, origin, comment };
}

/** The offset behind `lines` line ends. */
function skipLines(text: string, lines: number, recordEnd: RecordEnd): number {
  let position = textStart(text);
  for (let i = 0; i < lines && position < text.length; i++) {
    position = lineAt(text, position, recordEnd).next;
  }
  return position;
}

function findComments(
  text: string,
  start: number,
  recordEnd: RecordEnd,
  comment: string | null,
): LeadingLines {
  const markers = comment === null ? MARKERS : [comment];
  const comments: number[] = [];
  let marker: string | null = null;
  let position = start;
  while (position < text.length) {
    const line = lineAt(text, position, recordEnd);
    const content = text.slice(position, line.contentEnd).trim();
    if (content !== '') {
      marker ??= markers.find((one) => content.startsWith(one)) ?? null;
      if (marker === null || !content.startsWith(marker)) break;
      comments.push(position);
    }
    position = line.next;
  }
  // Nothing but comments: then they are the records.
  const areAll = position >= text.length;
  return comments.length === 0 || areAll
    ? { end: start, comments: [], marker: null }
    : { end: position, comments, marker };
}

/**
 * Whether the semicolons that lines begin with may follow an empty first cell. Behind `; ` comes a
 * remark, unless the line has as many of them as the one below the remarks.
 */
function mayDelimit(
  text: string,
  { comments, end }: LeadingLines,
  recordEnd: RecordEnd,
  delimiter: string | null,
): boolean {
  if (delimiter !== null) return delimiter.startsWith(SEMICOLON);
  const countAt = (start: number) =>
    text.slice(start, lineAt(text, start, recordEnd).contentEnd).split(SEMICOLON).length - 1;
  const below = countAt(end);
  const isRemark = (start: number) => /^\s*; /.test(text.slice(start, start + 80));
  return below > 0 && comments.some((start) => !isRemark(start) || countAt(start) === below);
}

function lineAt(text: string, start: number, recordEnd: RecordEnd) {
  const found = text.indexOf(lineEndOf(recordEnd), start);
  return found < 0
    ? { contentEnd: text.length, next: text.length }
    : { contentEnd: found, next: found + 1 };
}
