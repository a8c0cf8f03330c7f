/** The end of a record in the index: what shows only once it is whole. */
import { BLANK, LONG, ODD, SHORT, TOKEN, TRIM } from '../record-flags';
import { endsWideSpace } from './blanks';
import { isBlank } from './edges';

const CR: i32 = 0x0d;

/**
 * Notes one record; returns the number of fields up to and with it.
 *
 * @param flag what is known of it so far.
 * @param flagAt where the record's flags go.
 * @param mayEndInCrlf whether a CR before `lineEnd` is part of the line end.
 */
// @ts-ignore: decorator
@inline
export function closeRecord(
  source: usize,
  start: i32,
  lineEnd: i32,
  firstField: i32,
  fields: i32,
  width: i32,
  longest: i32,
  lead: u64,
  mask: u64,
  flag: i32,
  delimiter: i32,
  quote: i32,
  fieldEnds: usize,
  recordFields: usize,
  flagAt: usize,
  record: i32,
  mayEndInCrlf: bool,
): i32 {
  let end = lineEnd;
  if (mayEndInCrlf && end > start && <i32>load<u8>(source + lineEnd - 1) == CR) {
    end--;
    store<u32>(fieldEnds + (<usize>(fields - 1) << 2), end);
  }
  const count = fields - firstField;
  if (end - start == count - 1) flag |= BLANK;
  else if (end - start < 3 * count && quote >= 0) {
    if (isQuotedBlank(source, start, fieldEnds + (<usize>firstField << 2), count, quote)) flag |= BLANK;
  }
  if (count != width) flag |= count < width ? SHORT : LONG;
  if (end - start > longest) flag |= ODD;
  if ((load<u64>(source + start) & mask) == lead) flag |= ODD;
  // What trimming leaves may be a token, or nothing at all.
  if ((flag & TRIM) != 0) flag |= isAllBlank(source, start, end, delimiter, quote) ? ODD : TOKEN;
  store<u32>(recordFields + (<usize>record << 2), fields);
  store<u8>(flagAt, <u8>flag);
  return fields;
}

/** Whether each of the `count` fields that begin at `start` is empty, or a pair of quotes. */
function isQuotedBlank(source: usize, start: i32, fieldEnds: usize, count: i32, quote: i32): bool {
  for (let i = 0; i < count; i++) {
    const end = <i32>load<u32>(fieldEnds + (<usize>i << 2));
    const length = end - start;
    if (length != 0) {
      if (length != 2 || <i32>load<u8>(source + start) != quote) return false;
      if (<i32>load<u8>(source + start, 1) != quote) return false;
    }
    start = end + 1;
  }
  return true;
}

/** Whether a record may hold nothing but blanks and quotes. */
function isAllBlank(source: usize, start: i32, end: i32, delimiter: i32, quote: i32): bool {
  for (let p = start; p < end; p++) {
    const byte = <i32>load<u8>(source + p);
    if (byte == delimiter || byte == quote || byte == 0x20 || byte == 0x09) continue;
    if (byte < 0x80) return false;
  }
  return true;
}

/** Whether the last field of an input without a last line end ends in something to trim. */
export function endsInSpace(source: usize, length: i32, tail: i32): bool {
  if (isBlank(tail)) return true;
  return tail >= 0x80 && endsWideSpace(source + length);
}
