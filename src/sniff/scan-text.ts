/**
 * Finds the fields of one record in a dialect of several characters or with an escape. Follows the
 * rules of `scanRecord` (`src/csv/`), which knows single bytes and doubled quotes only.
 */

import {
  ESCAPED,
  QUOTED,
  RUNAWAY,
  type ScannedRecord,
  STRAY,
  UNCLOSED,
} from '../csv/scan-fields.js';
import { lineEndOf, type TextDialect } from './text-dialect.js';

/** Fills `record` with the record of `text` that starts at `start`; `text` is all there is. */
export function scanTextRecord(
  text: string,
  start: number,
  dialect: TextDialect,
  record: ScannedRecord,
): void {
  record.fieldCount = 0;
  let position = scanField(text, start, dialect, record);
  while (text.startsWith(dialect.delimiter, position)) {
    position = scanField(text, position + dialect.delimiter.length, dialect, record);
  }
  record.contentEnd = position;
  record.nextStart = position + lineEndLength(text, position, dialect);
}

function scanField(
  text: string,
  start: number,
  dialect: TextDialect,
  record: ScannedRecord,
): number {
  let flags = 0;
  let position = start;
  if (dialect.quote !== null && text.startsWith(dialect.quote, start)) {
    flags |= QUOTED;
    const contentStart = start + dialect.quote.length;
    const closing = findClosingQuote(text, contentStart, dialect.quote, dialect.escape);
    const after = closing.end + dialect.quote.length;
    const isOpen = closing.end < 0;
    const content = text.slice(contentStart, isOpen ? text.length : closing.end);
    const spansLines = content.includes(lineEndOf(dialect.recordEnd));
    if (spansLines && (isOpen || !isFieldEnd(text, after, dialect))) {
      // A quote that nobody closes is an ordinary character.
      flags |= RUNAWAY | STRAY;
      position = contentStart;
    } else {
      if (closing.hasEscapes) flags |= ESCAPED;
      if (isOpen) flags |= UNCLOSED;
      position = isOpen ? text.length : after;
    }
  }
  const end = findFieldEnd(text, position, dialect);
  if (flags !== 0 && end > position) flags |= STRAY;
  const index = record.fieldCount++;
  record.starts[index] = start;
  record.ends[index] = end;
  record.flags[index] = flags;
  return end;
}

/** Where the quote that closes begins, −1 when none does. */
function findClosingQuote(
  text: string,
  start: number,
  quote: string,
  escaping: string | null,
): { readonly end: number; readonly hasEscapes: boolean } {
  let hasEscapes = false;
  let position = start;
  for (;;) {
    const found = text.indexOf(quote, position);
    if (found < 0) return { end: -1, hasEscapes };
    if (escaping !== null && isEscaped(text, position, found, escaping)) {
      hasEscapes = true;
      position = found + quote.length;
    } else if (escaping === null && text.startsWith(quote, found + quote.length)) {
      hasEscapes = true;
      position = found + 2 * quote.length;
    } else {
      return { end: found, hasEscapes };
    }
  }
}

/** Whether an odd number of escapes stands right before `quoteAt`, none before `from` counted. */
function isEscaped(text: string, from: number, quoteAt: number, escaping: string): boolean {
  let count = 0;
  let position = quoteAt - escaping.length;
  while (position >= from && text.startsWith(escaping, position)) {
    count++;
    position -= escaping.length;
  }
  return count % 2 === 1;
}

function findFieldEnd(text: string, start: number, dialect: TextDialect): number {
  let position = start;
  while (position < text.length && !isFieldEnd(text, position, dialect)) position++;
  return position;
}

function isFieldEnd(text: string, position: number, dialect: TextDialect): boolean {
  return (
    position >= text.length ||
    lineEndLength(text, position, dialect) > 0 ||
    text.startsWith(dialect.delimiter, position)
  );
}

function lineEndLength(text: string, position: number, { recordEnd }: TextDialect): 0 | 1 | 2 {
  const character = text[position];
  if (recordEnd === 'cr') return character === '\r' ? 1 : 0;
  if (character === '\n') return 1;
  return character === '\r' && text[position + 1] === '\n' ? 2 : 0;
}
