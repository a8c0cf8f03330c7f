/** A doubt about how an input was read, told as a warning: cleaned it was, as RFC 4180 has it. */
import type { Warning } from '../engine/engine.js';
import type { Header } from '../engine/read-header.js';
import type { FoundDialect } from './task.js';

const OTHER_DELIMITERS: readonly (readonly [text: string, flag: string, name: string])[] = [
  [';', "-d ';'", 'semicolons'],
  ['\t', "-d '\\t'", 'tabs'],
  ['|', "-d '|'", 'vertical bars'],
  [',', "-d ','", 'commas'],
];

const LONGEST_SHOWN = 60;

/** Of a first record of one column that holds what is another delimiter elsewhere. */
export function doubtsOf({ fields, line }: Header, found: FoundDialect): readonly Warning[] {
  const [only] = fields;
  if (found.isCertain || fields.length !== 1 || only === undefined) return [];
  const other = OTHER_DELIMITERS.find(([text]) => text !== found.delimiter && only.includes(text));
  if (other === undefined) return [];
  const [, flag, name] = other;
  const shown = only.length > LONGEST_SHOWN ? `${only.slice(0, LONGEST_SHOWN - 1)}…` : only;
  const what = found.headerRows > 0 ? 'the header' : 'the first record';
  return [
    {
      message: `read as one column, but ${what} holds ${name}: "${shown}"`,
      line,
      remedy: `Set ${flag} if they stand between columns, or -d '${found.delimiter === '\t' ? '\\t' : found.delimiter}' if not.`,
    },
  ];
}
