/** The rejects of one input as a CSV file, created at the first one. */
import { stringify } from 'csv-stringify/sync';
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

/** A carriage return alone would not be quoted by default, and read as a line end by many. */
const FORM = { quoted_match: /\r/ };

/** The first line of a rejects file. */
export function rejectsHeader(): Buffer {
  return Buffer.from(stringify([[...REJECT_COLUMNS]], FORM));
}

/** @param fileName what stands in the column `file`. */
export function rejectsLine(reject: Reject, fileName: string): Buffer {
  const { line, byteOffset, rule, column, value, message, record } = reject;
  const escaped = String(reject.isEscaped ?? false);
  const cells = [fileName, line, byteOffset, rule, column, value, message, record, escaped];
  return Buffer.from(stringify([cells], FORM));
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
  return {
    write(reject) {
      if (path === null) return;
      if (output === null) {
        output = createOutput(path);
        writeOutput(output, rejectsHeader());
      }
      writeOutput(output, rejectsLine(reject, fileName));
    },
    finish(isDurable) {
      if (output === null) return null;
      finishOutput(output, isDurable);
      return output.mark;
    },
    discard() {
      if (output !== null) discardOutput(output);
    },
  };
}
