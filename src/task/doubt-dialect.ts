/** A doubt about how an input was read, told as a warning: cleaned it was, as RFC 4180 has it. */
import { cutText } from '../base/cut-text.js';
import { DELIMITER_NAMES } from '../csv/delimiter-names.js';
import type { Warning } from '../engine/engine.js';
import type { Header } from '../engine/read-header.js';
import type { FoundDialect } from './task.js';

/** In this order. */
const OTHER_DELIMITERS = [';', '\t', '|', ','];

const LONGEST_SHOWN = 60;

/** Of a first record of one column that holds what is another delimiter elsewhere. */
export function doubtsOf({ fields, line }: Header, found: FoundDialect): readonly Warning[] {
  const [only] = fields;
  if (found.isCertain || fields.length !== 1 || only === undefined) return [];
  const other = OTHER_DELIMITERS.find((text) => text !== found.delimiter && only.includes(text));
  if (other === undefined) return [];
  const shown = cutText(only, LONGEST_SHOWN);
  const what = found.headerRows > 0 ? 'the header' : 'the first record';
  return [
    {
      message: `read as one column, but ${what} holds ${DELIMITER_NAMES.get(other)}: "${shown}"`,
      line,
      remedy: `Set ${flagFor(other)} if they stand between columns, or ${flagFor(found.delimiter)} if not.`,
    },
  ];
}

function flagFor(delimiter: string): string {
  return `-d '${delimiter === '\t' ? '\\t' : delimiter}'`;
}
