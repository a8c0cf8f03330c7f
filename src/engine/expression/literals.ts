/**
 * Where numbers, quoted texts and names in backticks end, and which of them are refused. Knows what
 * each looks like, not where it may stand.
 */
import { wordPattern } from '../../base/word-pattern.js';
import { characterAt, refuse } from './refuse.js';

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
/** What may not follow a number directly. */
const numberJunkHere = wordPattern(String.raw`[\p{L}\p{M}\p{N}_$.]+`, 'y');
/**
 * What a backslash may stand before: itself, quotes, and the letters of line feed, return and tab.
 */
const ESCAPABLE = '\\\'"nrt';

/** The offset behind the number that begins at `offset`. Decimal and finite, or it throws. */
export function endOfNumber(source: string, offset: number): number {
  NUMBER.lastIndex = offset;
  const text = NUMBER.exec(source)![0];
  const end = offset + text.length;
  const pattern = numberJunkHere(source);
  pattern.lastIndex = end;
  const junk = pattern.exec(source);
  if (junk !== null) {
    refuse(
      `"${text}${junk[0].slice(0, 20)}" at character ${characterAt(source, offset)} is not a number`,
      'Write numbers as 12, 0.5 or 1e-9, and a column name that begins with a digit in backticks.',
    );
  }
  if (!Number.isFinite(Number(text))) {
    refuse(
      `the number at character ${characterAt(source, offset)} is too large`,
      'The largest is 1.7976931348623157e308.',
    );
  }
  return end;
}

/** The offset behind the text whose opening quote, ' or ", stands at `offset`. */
export function endOfQuoted(source: string, offset: number): number {
  const quote = source[offset]!;
  let end = offset + 1;
  while (end < source.length && source[end] !== quote) {
    if (source[end] === '\\') {
      end++;
      if (end < source.length && !ESCAPABLE.includes(source[end]!)) {
        refuse(
          `found "\\${source[end]}" at character ${characterAt(source, end - 1)} in a text`,
          'Write \\\\ for a backslash. Only \\\\, \\\', \\", \\n, \\r and \\t have a meaning.',
        );
      }
    }
    end++;
  }
  if (end >= source.length) {
    refuse(
      `the text that begins at character ${characterAt(source, offset)} is not closed`,
      `Add the missing ${quote}.`,
    );
  }
  return end + 1;
}

/**
 * The offset behind the name whose opening backtick stands at `offset`; a doubled backtick is one
 * of the name.
 */
export function endOfBackticks(source: string, offset: number): number {
  let end = offset + 1;
  while (end < source.length && (source[end] !== '`' || source[end + 1] === '`')) {
    end += source[end] === '`' ? 2 : 1;
  }
  if (end >= source.length) {
    refuse(
      `the column name that begins at character ${characterAt(source, offset)} is not closed`,
      'Add the missing `. A ` within a name is written twice.',
    );
  }
  if (end === offset + 1) {
    refuse(
      `the column name at character ${characterAt(source, offset)} is empty`,
      'Put a name between the backticks.',
    );
  }
  return end + 1;
}

/** The name that stands in backticks from `offset` to before `end`. */
export function nameInBackticks(source: string, offset: number, end: number): string {
  return source.slice(offset + 1, end - 1).replaceAll('``', '`');
}
