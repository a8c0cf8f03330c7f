/**
 * Passes over the cells of a column that tell nothing new: empty ones, words and shapes that are
 * known, dates as ISO 8601 has them. Twin: `test/kernel/pass-suite.ts`, texts in a list.
 */
import { MOST_WORD_BYTES, WORD_BYTES, WORD_LENGTH } from '../known-words';
import { ODD, STRAY, TRIM } from '../record-flags';
import { isoKind } from './date-kind';
import { firstBytes } from './hash-text';
import { fieldStart } from './record-start';
import { enterShape, findShape, ledLength } from './text-shape';

/**
 * Looks at field `column` of the records that are listed, and stops at the first that is ODD, STRAY
 * or TRIM, or has a cell that is neither empty nor known.
 *
 * @param source the block's bytes, 64 more readable.
 * @param fieldEnds, recordFields, flags what `indexRecords` wrote; records may lack the field.
 * @param rows the numbers of `count` records, as u32.
 * @param from the first place in the list that is looked at.
 * @param words `wordCount` of them, as `kernel/known-words.ts` says: cells as they stand.
 * @param dates bit k is set where dates of the kind k of `kernel/profiler/text-kinds.ts` are
 *   passed, in quotes or not.
 * @param shapes a table of those that are passed, by `ledLength`, of texts in quotes or not; or 0.
 * @param quote the quoting byte, or -1.
 * @returns the place in the list where it stopped; or `count`.
 */
export function passCells(
  source: usize,
  fieldEnds: usize,
  recordFields: usize,
  flags: usize,
  column: i32,
  quote: i32,
  crOnly: bool,
  rows: usize,
  from: i32,
  count: i32,
  words: usize,
  wordCount: i32,
  dates: i32,
  shapes: usize,
): i32 {
  const wordsEnd = words + <usize>wordCount * WORD_BYTES;
  for (let k = from; k < count; k++) {
    const r = <i32>load<u32>(rows + (<usize>k << 2));
    if ((<i32>load<u8>(flags + r) & (ODD | STRAY | TRIM)) != 0) return k;
    const first = r == 0 ? 0 : <i32>load<u32>(recordFields + (<usize>r << 2) - 4);
    const field = first + column;
    if (field >= <i32>load<u32>(recordFields + (<usize>r << 2))) continue;
    const at = source + <usize>fieldStart(source, fieldEnds, recordFields, r, field, column, crOnly);
    const length = <i32>(source + <usize>load<u32>(fieldEnds + (<usize>field << 2)) - at);
    if (length == 0) continue;
    if (length <= MOST_WORD_BYTES && isKnown(at, length, words, wordsEnd)) continue;
    const isQuoted = <i32>load<u8>(at) == quote;
    const begin = isQuoted ? at + 1 : at;
    const inside = isQuoted ? length - 2 : length;
    if (shapes != 0 && inside > 0 && findShape(shapes, begin, inside, ledLength(begin, inside)) != 0) continue;
    if (dates == 0 || ((dates >> isoKind(begin, inside)) & 1) == 0) return k;
  }
  return count;
}

/** Passes all texts of the shape of this one, of which 32 bytes are readable. */
export function learnShape(shapes: usize, at: usize, length: i32): void {
  enterShape(shapes, at, length, ledLength(at, length), 1);
}

// @ts-ignore: decorator
@inline
function isKnown(at: usize, length: i32, words: usize, wordsEnd: usize): bool {
  const bytes = firstBytes(at, length);
  for (let word = words; word < wordsEnd; word += WORD_BYTES) {
    if (load<u64>(word) == bytes && <i32>load<u32>(word, WORD_LENGTH) == length) return true;
  }
  return false;
}
