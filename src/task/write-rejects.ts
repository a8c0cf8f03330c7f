/** The rejects of one input as a CSV file, created at the first one. */
import { formatField } from '../csv/write-field.js';
import type { Reject } from '../engine/engine.js';
import type { ContentMark } from '../store/digest.js';
import {
  createOutput,
  discardOutput,
  finishOutput,
  type OutputFile,
  writeOutput,
} from '../store/output-file.js';

export const REJECT_COLUMNS = [
  'file',
  'line',
  'byte_offset',
  'rule',
  'column',
  'value',
  'message',
  'record',
  'escaped',
] as const;

/** What the column `escaped` says, and all other cells, as one line of the file. */
function lineOf(reject: Reject, nameCell: string): string {
  const { line, byteOffset, rule, column, value, message, record, isEscaped } = reject;
  const place = `${nameCell},${line},${byteOffset ?? ''},${rule}`;
  const texts = `${formatField(column)},${formatField(value)},${formatField(message)}`;
  return `${place},${texts},${formatField(record)},${isEscaped ?? false}\n`;
}

/** The first line of a rejects file. */
export function rejectsHeader(): Buffer {
  return Buffer.from(`${REJECT_COLUMNS.join(',')}\n`);
}

/** Lines of a rejects file on their way: many are encoded together. */
export interface RejectLines {
  write(reject: Reject): void;
  /** Hands on what is left. */
  flush(): void;
}

/** In UTF-16 units. */
const PIECE_LENGTH = 1 << 16;

/**
 * @param fileName what stands in the column `file`.
 * @param sink takes the lines, without the header.
 */
export function createRejectLines(fileName: string, sink: (bytes: Buffer) => void): RejectLines {
  const nameCell = formatField(fileName);
  let text = '';
  const flush = (): void => {
    if (text !== '') sink(Buffer.from(text));
    text = '';
  };
  return {
    write(reject) {
      text += lineOf(reject, nameCell);
      if (text.length >= PIECE_LENGTH) flush();
    },
    flush,
  };
}

/** Takes rejects until `finish`, which says what was written, or null when there was nothing. */
export interface RejectsWriter {
  write(reject: Reject): void;
  finish(isDurable: boolean): ContentMark | null;
  discard(): void;
}

/**
 * @param path where to write; null: count only, write nothing.
 * @param fileName what stands in the column `file`.
 */
export function createRejectsWriter(path: string | null, fileName: string): RejectsWriter {
  let output: OutputFile | null = null;
  const lines = createRejectLines(fileName, (bytes) => {
    if (output === null) {
      output = createOutput(path!);
      writeOutput(output, rejectsHeader());
    }
    writeOutput(output, bytes);
  });
  return {
    write: path === null ? () => {} : lines.write,
    finish(isDurable) {
      lines.flush();
      if (output === null) return null;
      finishOutput(output, isDurable);
      return output.mark;
    },
    discard() {
      if (output !== null) discardOutput(output);
    },
  };
}
