/** Finds the table in a sample whose dialect is known: where it begins, its header, its footer. */

import { countTableComments } from './find-comment-header.js';
import { findFooter } from './find-footer.js';
import { findHeader } from './find-header.js';
import { findTableStart } from './find-table-start.js';
import { countOf, type Finding } from './finding.js';
import type { LeadingLines } from './leading-lines.js';
import { type Row, readRows, type SampleText } from './read-rows.js';
import type { Reading } from './score-reading.js';
import { evenRowsOf } from './table-block.js';
import { lineEndOf, toByteText } from './text-dialect.js';

const LONGEST_BLANKS = 16;

/** The ends of a file; offsets in bytes. */
export interface FileEnds {
  readonly head: SampleText;
  readonly isWhole: boolean;
  readonly tail: Uint8Array;
  readonly tailOffsetBytes: number;
}

export interface LocateOptions {
  /** Where the table begins when there is no preamble, in bytes. */
  readonly top: number;
  /** null: the user told how many lines to skip. */
  readonly leading: LeadingLines | null;
  readonly headerRows: number | 'auto';
  readonly comment: string | null;
}

export interface LocatedTable {
  /** Byte offsets into the file. */
  readonly start: number;
  readonly footerStart: number | null;
  readonly headerRows: number;
  readonly findings: readonly Finding[];
}

export function locateTable(
  file: FileEnds,
  reading: Reading,
  options: LocateOptions,
): LocatedTable {
  const found = locateStart(file, reading, options);
  const findings = [...found.findings];

  const { width } = reading.block;
  const rows = found.rows.filter(({ filled }) => filled > 0);
  const header = options.headerRows === 'auto' ? findHeader(rows, width) : null;
  const headerRows = options.headerRows === 'auto' ? (header?.rows ?? 1) : options.headerRows;
  if (header !== null) {
    findings.push({ what: 'header', value: String(header.rows), reason: header.reason });
  }
  const footer = locateFooter(file, reading, found, headerRows, options.comment);
  if (footer !== null) findings.push(footer.finding);
  return {
    start: found.start,
    footerStart: footer?.start ?? null,
    headerRows,
    findings,
  };
}

interface LocatedStart {
  readonly start: number;
  /** From the start on. */
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
}

function locateStart(
  { head }: FileEnds,
  reading: Reading,
  { top, leading, comment }: LocateOptions,
): LocatedStart {
  const { rows, block } = reading;
  if (leading === null) return { start: top, rows, findings: [] };
  const comments = leading.comments.map((start, i) => {
    const end = leading.comments[i + 1] ?? leading.end;
    const line = { start, end, maxRows: 1, isWhole: true, comment: null };
    return readRows(head, reading.dialect, line)[0]!;
  });
  const explainComments = (count: number): Finding[] =>
    count === 0
      ? []
      : [
          {
            what: 'comment',
            value: leading.marker!,
            reason: `${countOf(count, 'line')} above the table begin${count === 1 ? 's' : ''} with it`,
          },
        ];

  const below = findTableStart(rows, block.width);
  if (below !== null) {
    const { skipped, mostFilled } = below;
    const reason = `${countOf(skipped, 'record')} before it hold${skipped === 1 ? 's' : ''} at most ${countOf(mostFilled, 'value')}, the table has ${block.width} columns`;
    const start = rows[below.row]!.start;
    return {
      start,
      rows: rows.slice(below.row),
      findings: [
        ...explainComments(comments.length),
        { what: 'table_start', value: `byte ${start}`, reason },
      ],
    };
  }
  if (comments.length === 0) return { start: top, rows, findings: [] };
  const even = evenRowsOf(rows, block);
  const kept =
    comment === null ? countTableComments(comments, even, block.width, leading.marker!) : 0;
  const skipped = comments.length - kept;
  const first = leading.comments[skipped] ?? leading.end;
  // Below other comments, the mark before the names is no part of them.
  const mark = kept === 1 && skipped > 0 ? markBefore(head.text, first, leading.marker!) : 0;
  return {
    start: skipped === 0 ? top : first + mark,
    rows: [...comments.slice(skipped), ...rows],
    findings: explainComments(skipped),
  };
}

/** How long the comment sign and the blanks behind it are; 0 without blanks. */
function markBefore(text: string, start: number, marker: string): number {
  const names = start + marker.length;
  const blanks = /^ */.exec(text.slice(names, names + LONGEST_BLANKS))![0].length;
  return text.startsWith(marker, start) && blanks > 0 ? marker.length + blanks : 0;
}

function locateFooter(
  file: FileEnds,
  reading: Reading,
  table: LocatedStart,
  headerRows: number,
  comment: string | null,
): { readonly start: number; readonly finding: Finding } | null {
  const { width } = reading.block;
  const { isWhole } = file;
  const last = isWhole
    ? allRows(file, reading, table, headerRows, comment)
    : lastRows(file, reading, table, headerRows, comment);
  if (last === null) return null;
  const others = isWhole ? [] : table.rows;
  const footer = findFooter(last.rows, { width, isWhole, headerRows: last.headerRows, others });
  if (footer === null) return null;
  const { row, count, hasTotals } = footer;
  const start = last.offsetBytes + last.rows[row]!.start;
  const what = hasTotals ? 'totals or notes' : 'notes';
  const reason = `${countOf(count, 'record')} below the table hold${count === 1 ? 's' : ''} ${what}`;
  return { start, finding: { what: 'footer', value: `byte ${start}`, reason } };
}

/** The rows among which a footer is looked for. */
interface LastRows {
  readonly rows: readonly Row[];
  /** How many of them are header. */
  readonly headerRows: number;
  /** Where in the file their offsets are counted from. */
  readonly offsetBytes: number;
}

/** Of a file that is in the sample. */
function allRows(
  { head }: FileEnds,
  { dialect }: Reading,
  { start, rows }: LocatedStart,
  headerRows: number,
  comment: string | null,
): LastRows {
  const end = head.text.length;
  const range = { start, end, maxRows: Number.POSITIVE_INFINITY, isWhole: true, comment };
  const isAll = rows.at(-1)?.next === end;
  return { rows: isAll ? rows : readRows(head, dialect, range), headerRows, offsetBytes: 0 };
}

/** Of the end of a longer one; null where no record begins in it. */
function lastRows(
  { tail, tailOffsetBytes }: FileEnds,
  { dialect }: Reading,
  { start }: LocatedStart,
  headerRows: number,
  comment: string | null,
): LastRows | null {
  const text = toByteText(tail);
  const lineEnd = text.indexOf(lineEndOf(dialect.recordEnd));
  // The table's start may lie in the tail of a short file.
  const holdsStart = tailOffsetBytes <= start;
  const from = holdsStart ? start - tailOffsetBytes : lineEnd + 1;
  if (text.length === 0 || from >= text.length || (lineEnd < 0 && from === 0)) return null;
  const maxRows = Number.POSITIVE_INFINITY;
  const range = { start: from, end: text.length, maxRows, isWhole: true, comment };
  const rows = readRows({ bytes: tail, text }, dialect, range);
  return { rows, headerRows: holdsStart ? headerRows : 0, offsetBytes: tailOffsetBytes };
}
