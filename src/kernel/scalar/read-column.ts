/**
 * One column of an indexed block by regular expressions and `Number`: the obviously right twin of
 * `kernel/assembly/read-column.ts`, and its stand-in where there is no SIMD.
 */
import { assert } from '../../base/assert.js';
import { decodeText } from '../../csv/decode-field.js';
import { type Dialect, LF } from '../../csv/dialect.js';
import { parseNumber } from '../../csv/parse-number.js';
import { trimText } from '../../csv/trim-text.js';
import { MISSING, TEXT } from '../cell-kinds.js';
import { SHORT } from '../record-flags.js';
import type { RecordIndex } from './index-records.js';
import { kindOfNumber } from './number-kind.js';

/** What there is in each record; entries of records that are not read stay as they were. */
export interface ColumnCells {
  /** The nearest double, 0 for −0; NaN for cells that are no numbers. */
  readonly values: Float64Array;
  /** One of `cell-kinds.ts` each, never SLOW. */
  readonly kinds: Uint8Array;
}

/**
 * Reads field `column` of the records of `index` into `cells`.
 *
 * @param skip records with any of these flags are not read; in SHORT ones the field may be missing.
 * @param trim cells of records with any of these flags are trimmed.
 * @param isMissing which cells have no value; asked before whether they are numbers.
 */
export function readColumn(
  bytes: Uint8Array,
  index: RecordIndex,
  skip: number,
  trim: number,
  column: number,
  dialect: Dialect,
  isMissing: (text: string) => boolean,
  cells: ColumnCells,
): void {
  let firstField = 0;
  index.recordFields.forEach((nextField, record) => {
    const flags = index.flags[record]!;
    if ((flags & skip) === 0 && firstField + column >= nextField) {
      assert((flags & SHORT) !== 0, 'a record that is read has the column, or is short');
      cells.kinds[record] = MISSING;
      cells.values[record] = Number.NaN;
    } else if ((flags & skip) === 0) {
      const field = firstField + column;
      const start = field === 0 ? 0 : afterField(bytes, index.fieldEnds[field - 1]!, dialect);
      const content = contentOf(decodeText(bytes, start, index.fieldEnds[field]!), dialect);
      const isTrimmed = content !== null && (flags & trim) !== 0;
      const text = isTrimmed ? trimText(content) : content;
      cells.kinds[record] = kindOf(text, isMissing);
      cells.values[record] = cells.kinds[record]! > TEXT ? parseNumber(text!) : Number.NaN;
    }
    firstField = nextField;
  });
}

/** Where the field starts that follows one with this end: behind a delimiter or line end. */
function afterField(bytes: Uint8Array, end: number, dialect: Dialect): number {
  const byte = bytes[end];
  const isCrLf = byte !== dialect.delimiter && byte !== LF && dialect.recordEnd !== 'cr';
  return end + (isCrLf ? 2 : 1);
}

/** The cell without its quotes; null when it cannot be without: it holds some, or has only one. */
function contentOf(text: string, dialect: Dialect): string | null {
  const quote = dialect.quote < 0 ? '' : String.fromCharCode(dialect.quote);
  if (quote === '' || !text.startsWith(quote)) return text;
  if (text.length < 2 || !text.endsWith(quote)) return null;
  const content = text.slice(1, -1);
  return content.includes(quote) ? null : content;
}

function kindOf(text: string | null, isMissing: (text: string) => boolean): number {
  if (text === null) return TEXT;
  if (isMissing(text)) return MISSING;
  if (Number.isNaN(parseNumber(text))) return TEXT;
  return kindOfNumber(text);
}
