/**
 * The structure and value steps for one record: quotes, blank, ragged, trim. What comes out is a
 * row of the header's width; what does not is tallied here.
 */
import { CsvcleanError } from '../../base/error.js';
import { decodeField, decodeText } from '../../csv/decode-field.js';
import { MOST_FIELDS, RUNAWAY, STRAY, UNCLOSED } from '../../csv/scan-fields.js';
import { trimText } from '../../csv/trim-text.js';
import { undecodableAt } from '../../csv/undecodable.js';
import { escapeInvalidUtf8, firstInvalidUtf8, hexOf } from '../../csv/utf8.js';
import { hasLead } from '../../kernel/record-lead.js';
import { isBlankField, isBlankRecord } from '../blank-record.js';
import type { RejectRule } from '../engine.js';
import type { Value } from '../expression/tree.js';
import { isComment, type Layout } from '../layout.js';
import type { TablePlan } from '../plan-table.js';
import type { WalkContext } from '../read-header.js';
import { type Tally, tallyRejected, tallySample } from '../tally.js';
import type { WalkedRecord } from '../walk-records.js';

/** One row. Valid until the next one is asked for. */
export interface Row {
  readonly walked: WalkedRecord;
  /** Input cells as trimmed text, then a place for each derived column. */
  readonly cells: Value[];
  /** Of each input cell: its value is no longer what the record's bytes say. */
  readonly edited: boolean[];
}

/**
 * The record as a row, or null when it is blank or rejected; counted either way.
 * @throws CsvcleanError RAGGED, as `standingOf`.
 */
export function readRow(
  walked: WalkedRecord,
  context: WalkContext,
  plan: TablePlan,
  tally: Tally,
): Row | null {
  tally.rows.in++;
  const { line } = walked;
  const standing = standingOf(walked, context, plan);
  if (standing === 'blank') {
    tally.rows.blank++;
    tallySample(tally, 'blank', line, () => [recordText(walked), '']);
    return null;
  }
  if (standing !== 'row') {
    const fault = standing;
    const isEscaped = fault.rule === 'bad_encoding';
    if (fault.isUnclosed) warnUnclosed(tally, walked, context, fault);
    tallyRejected(tally, {
      line,
      byteOffset: walked.offsetBytes,
      rule: fault.rule,
      column: fault.column,
      value: fault.value,
      message: fault.message,
      record: isEscaped ? escapedText(walked, context.layout) : recordText(walked),
      ...(isEscaped ? { isEscaped } : {}),
    });
    return null;
  }
  tallyMends(tally, walked, plan.columns.length);
  return readCells(walked, context, plan, tally);
}

/** Counts a row that the filter takes out. */
export function tallyFiltered(tally: Tally, walked: WalkedRecord): void {
  tally.rows.filtered++;
  tallySample(tally, 'where', walked.line, () => [recordText(walked), '']);
}

/** The record as text, without its line end. */
export function recordText(walked: WalkedRecord): string {
  return decodeText(walked.bytes, walked.start, walked.record.contentEnd);
}

/** The same where bytes are not UTF-8: these as `\xHH`. */
function escapedText({ bytes, start, record }: WalkedRecord, { holdsMarks }: Layout): string {
  return escapeInvalidUtf8(bytes, start, record.contentEnd, holdsMarks);
}

/**
 * Whether the record is a row, blank, or rejected for a fault; nothing is counted.
 * @throws CsvcleanError RAGGED where `--ragged error` asks for it.
 */
export function standingOf(
  walked: WalkedRecord,
  context: WalkContext,
  plan: TablePlan,
): 'row' | 'blank' | Fault {
  if (isComment(walked, context.layout)) return COMMENT;
  const bad = context.layout.rejectsBadBytes ? findBadByte(walked, context.layout) : null;
  if (bad !== null) return bad;
  // Blank is decided before ragged: a blank row that is kept has no wrong width.
  if (isBlankRecord(walked.bytes, walked.record, context.dialect)) {
    return context.rules.keepBlank ? 'row' : 'blank';
  }
  const { footerStart } = context.layout;
  if (footerStart !== null && walked.offsetBytes >= footerStart) return FOOTER;
  if (isRepeatedHeader(walked, context, plan)) return REPEATED_HEADER;
  const fault = findFault(walked, context, plan);
  if (fault?.isError === true) throw raggedError(walked, fault.message);
  return fault ?? 'row';
}

interface Fault {
  readonly rule: RejectRule;
  readonly column: string;
  readonly value: string;
  readonly message: string;
  /** `--ragged error`: the whole input fails. */
  readonly isError: boolean;
  readonly isUnclosed: boolean;
}

const FOOTER: Fault = {
  ...{ rule: 'footer', column: '', value: '', isError: false, isUnclosed: false },
  message: 'it stands behind the table',
};

const COMMENT: Fault = { ...FOOTER, rule: 'comment', message: 'it is a comment' };

const REPEATED_HEADER: Fault = {
  ...FOOTER,
  rule: 'repeated_header',
  message: 'it is the header once more',
};

/** The same names in the same order, beginning with the same bytes. */
function isRepeatedHeader(
  { bytes, start, record }: WalkedRecord,
  context: WalkContext,
  { columns, lead }: TablePlan,
): boolean {
  if (record.fieldCount !== columns.length || !hasLead(bytes, start, lead)) return false;
  return columns.every(
    ({ original }, i) => decodeField(bytes, record, i, context.dialect) === original,
  );
}

/** A record that is no text is that before anything else. */
function findBadByte({ bytes, start, record }: WalkedRecord, { holdsMarks }: Layout): Fault | null {
  const at = firstInvalidUtf8(bytes, start, record.contentEnd);
  if (at < 0) return null;
  const marked = holdsMarks ? undecodableAt(bytes, at) : null;
  const what = holdsMarks ? 'stands for nothing in its encoding' : 'is not UTF-8';
  const message = `byte ${hexOf(marked?.byte ?? bytes[at]!)} ${what}`;
  return { ...FOOTER, rule: 'bad_encoding', message };
}

const AFTER_CLOSING = 'characters after a closing quote';

/** The first rule the record breaks, or null. */
function findFault(walked: WalkedRecord, context: WalkContext, plan: TablePlan): Fault | null {
  const { bytes, record } = walked;
  const { fieldCount, flags } = record;
  const width = plan.columns.length;
  const { maxFieldBytes, ragged } = context.rules;
  const fault = (rule: RejectRule, index: number, message: string, more = {}): Fault => ({
    rule,
    column: plan.columns[index]?.name ?? '',
    value: '',
    message,
    isError: false,
    isUnclosed: false,
    ...more,
  });
  for (let i = 0; i < Math.min(fieldCount, MOST_FIELDS); i++) {
    if (record.ends[i]! - record.starts[i]! > maxFieldBytes) {
      return fault('field_too_long', i, `field exceeds ${maxFieldBytes} bytes`, {
        isUnclosed: (flags[i]! & UNCLOSED) !== 0,
      });
    }
    if ((flags[i]! & UNCLOSED) !== 0) {
      return fault('bad_quote', i, 'a quote is opened and never closed', { isUnclosed: true });
    }
    if ((flags[i]! & STRAY) !== 0 && fieldCount !== width) {
      const isOpen = (flags[i]! & RUNAWAY) !== 0;
      const message = isOpen ? 'a quote is opened and never closed' : AFTER_CLOSING;
      const value = decodeField(bytes, record, i, context.dialect);
      return fault('bad_quote', i, message, { value });
    }
  }
  const found = describeWidth(fieldCount, width);
  if (fieldCount < width && ragged !== 'pad') {
    return fault('too_few_fields', -1, found, { isError: ragged === 'error' });
  }
  if (fieldCount > width && !areExtrasBlank(walked, context, width)) {
    return fault('too_many_fields', -1, found, { isError: ragged === 'error' });
  }
  return null;
}

/** What is wrong with a ragged record. */
export function describeWidth(fieldCount: number, width: number): string {
  return `${fieldCount} ${fieldCount === 1 ? 'field' : 'fields'}, the header has ${width}`;
}

function areExtrasBlank(walked: WalkedRecord, context: WalkContext, width: number): boolean {
  for (let i = width; i < Math.min(walked.record.fieldCount, MOST_FIELDS + 1); i++) {
    if (!isBlankField(walked.bytes, walked.record, i, context.dialect)) return false;
  }
  return true;
}

function raggedError(walked: WalkedRecord, message: string): CsvcleanError {
  return new CsvcleanError('RAGGED', message, {
    line: walked.line,
    byteOffset: walked.offsetBytes,
    remedy:
      'Mend the record, or use --ragged pad (fills short rows) or --ragged reject (sets such rows aside).',
  });
}

function warnUnclosed(
  tally: Tally,
  walked: WalkedRecord,
  context: WalkContext,
  fault: Fault,
): void {
  tally.warnings.push({
    message: 'a quote opened in the last line is never closed: the file may be cut off here',
    line: walked.line,
    column: fault.column,
    remedy: `Close the quote, or set --quote none if ${String.fromCharCode(context.dialect.quote)} is an ordinary character here.`,
  });
}

function tallyMends(tally: Tally, walked: WalkedRecord, width: number): void {
  const { fieldCount, flags } = walked.record;
  if (flags.slice(0, Math.min(fieldCount, MOST_FIELDS)).some((one) => (one & STRAY) !== 0)) {
    tally.repairs.strayRows++;
    tallySample(tally, 'stray_quote', walked.line, () => [
      recordText(walked),
      'kept as it stands: it has as many fields as the header',
    ]);
  }
  if (fieldCount < width) {
    tally.repairs.paddedRows++;
    tallySample(tally, 'pad', walked.line, () => [
      recordText(walked),
      recordText(walked) + ','.repeat(width - fieldCount),
    ]);
  } else if (fieldCount > width) {
    tally.repairs.shortenedRows++;
    tallySample(tally, 'extra_cells', walked.line, () => [
      recordText(walked),
      `without the ${fieldCount - width} empty beyond the header`,
    ]);
  }
}

/** The cells of a record that is a row; what trimming changes is counted. */
export function readCells(
  walked: WalkedRecord,
  context: WalkContext,
  plan: TablePlan,
  tally: Tally,
): Row {
  const { bytes, record } = walked;
  const cells: Value[] = [];
  const edited: boolean[] = [];
  for (const column of plan.columns) {
    const isPresent = column.index < record.fieldCount;
    const text = isPresent ? decodeField(bytes, record, column.index, context.dialect) : '';
    const trimmed = context.rules.trim ? trimText(text) : text;
    if (trimmed !== text) {
      tally.repairs.trimmedCells++;
      tallySample(tally, 'trim', walked.line, () => [text, trimmed], column.name);
    }
    cells.push(trimmed);
    edited.push(!isPresent || trimmed !== text);
  }
  return { walked, cells, edited };
}
