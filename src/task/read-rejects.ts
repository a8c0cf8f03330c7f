/** Reads back what `write-rejects` wrote. */
import { CsvcleanError } from '../base/error.js';
import { decodeField } from '../csv/decode-field.js';
import { RFC4180 } from '../csv/dialect.js';
import { firstInvalidUtf8 } from '../csv/utf8.js';
import { PLAIN_LAYOUT } from '../engine/layout.js';
import { START, type WalkedRecord, walkRecords } from '../engine/walk-records.js';
import { closeInput, openInput } from '../store/input-file.js';
import { sourceOfFile, walkContext } from './file-source.js';
import type { TaskSettings } from './task.js';
import { REJECT_COLUMNS } from './write-rejects.js';

export interface RejectedRecord {
  /** The input's name, as it was given. */
  readonly file: string;
  readonly rule: string;
  /** As it stood in the input, decoded. */
  readonly record: string;
  /** Some bytes of it stand as `\xHH`. */
  readonly isEscaped: boolean;
}

/**
 * The records in order; the file is closed when the walk ends.
 * @throws CsvcleanError USAGE for a file that is none of rejects, with the line; CANNOT_READ.
 */
export function* readRejects(path: string, settings: TaskSettings): Generator<RejectedRecord> {
  const form = { dialect: RFC4180, layout: PLAIN_LAYOUT, hasHeader: true };
  const context = walkContext(settings, form);
  // A record was as long as the run that wrote it allowed.
  const limits = { ...context, rules: { maxFieldBytes: context.maxRecordBytes } };
  const file = openInput(path);
  try {
    let isHeader = true;
    for (const walked of walkRecords(sourceOfFile(file), limits, START)) {
      const fields = fieldsOf(walked) ?? [];
      const isExpected = isHeader
        ? fields.join() === REJECT_COLUMNS.join()
        : fields.length === REJECT_COLUMNS.length;
      if (!isExpected) throw noRejects(path, walked.line);
      if (!isHeader) yield recordOf(fields);
      isHeader = false;
    }
    if (isHeader) throw noRejects(path, 1);
  } finally {
    closeInput(file);
  }
}

/** null for what is not UTF-8. */
function fieldsOf({ bytes, start, record }: WalkedRecord): readonly string[] | null {
  if (firstInvalidUtf8(bytes, start, record.contentEnd) >= 0) return null;
  return Array.from({ length: record.fieldCount }, (_, i) =>
    decodeField(bytes, record, i, RFC4180),
  );
}

function recordOf(fields: readonly string[]): RejectedRecord {
  const cell = (column: (typeof REJECT_COLUMNS)[number]): string =>
    fields[REJECT_COLUMNS.indexOf(column)]!;
  return {
    file: cell('file'),
    rule: cell('rule'),
    record: cell('record'),
    isEscaped: cell('escaped') === 'true',
  };
}

function noRejects(path: string, line: number): CsvcleanError {
  return new CsvcleanError('USAGE', 'it is no file of rejects as csvclean writes them', {
    path,
    line,
    remedy: 'Name one of those in rejects/, unchanged.',
  });
}
