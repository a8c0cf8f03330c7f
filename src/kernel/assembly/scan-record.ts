/**
 * One record, byte by byte: for records whose quotes do not follow RFC 4180, where masks would be
 * wrong. Twin of `csv/scan-fields.ts`, whose grammar it repeats.
 */

const LF: i32 = 0x0a;
const CR: i32 = 0x0d;

/** Where the record after the one scanned starts; -1 when it goes on beyond the bytes. */
export let nextRecord: i32 = 0;

/**
 * Writes the end of every field of the record at `start` to `fieldEnds`.
 *
 * @param end offset of the end of the bytes, all offsets from `source`.
 * @param longestQuoted how many bytes may stand between the quotes of a field with line ends.
 * @returns how many fields; `nextRecord` says where the next one starts.
 */
export function scanRecord(
  source: usize,
  start: i32,
  end: i32,
  isLast: bool,
  delimiter: i32,
  quote: i32,
  crOnly: bool,
  longestQuoted: i32,
  fieldEnds: usize,
): i32 {
  let count = 0;
  let p = start;
  for (;;) {
    if (p < end && <i32>load<u8>(source + p) == quote) {
      p = afterQuoted(source, p + 1, end, isLast, delimiter, quote, crOnly, longestQuoted);
      if (p < 0) {
        nextRecord = -1;
        return count;
      }
    }
    while (p < end && !isEnd(source, p, end, delimiter, crOnly)) p++;
    store<u32>(fieldEnds + (<usize>count << 2), p);
    count++;
    if (p >= end || <i32>load<u8>(source + p) != delimiter) break;
    p++;
  }
  if (p >= end) nextRecord = isLast ? end : -1;
  else nextRecord = crOnly || <i32>load<u8>(source + p) == LF ? p + 1 : p + 2;
  return count;
}

/**
 * The offset after the quote that closes a field whose content starts at `p`, or `end` where none
 * does; `p` itself where the quote before it does not open; -1 where more bytes must tell.
 */
function afterQuoted(
  source: usize,
  p: i32,
  end: i32,
  isLast: bool,
  delimiter: i32,
  quote: i32,
  crOnly: bool,
  longestQuoted: i32,
): i32 {
  const limit = p + longestQuoted;
  const lineEnd: i32 = crOnly ? CR : LF;
  let spansLines: bool = false;
  let at = p;
  for (; at < end && at <= limit; at++) {
    const byte = <i32>load<u8>(source + at);
    if (byte == quote) {
      if (at + 1 < end && <i32>load<u8>(source + at + 1) == quote) at++;
      else break;
    } else if (byte == lineEnd) {
      spansLines = true;
    }
  }
  if (at > limit) return spansLines ? p : afterClosingQuote(source, at, end, quote);
  if (at == end) return !isLast ? -1 : spansLines ? p : end;
  if (!spansLines) return at + 1;
  const after = at + 1;
  if (after == end) return isLast ? after : -1;
  if (isEnd(source, after, end, delimiter, crOnly)) return after;
  const mayBeCrlf = !crOnly && <i32>load<u8>(source + after) == CR && after + 1 == end;
  return mayBeCrlf && !isLast ? -1 : p;
}

/** The offset after the quote that closes a field whose content goes on at `p`, or `end`. */
function afterClosingQuote(source: usize, p: i32, end: i32, quote: i32): i32 {
  while (p < end) {
    if (<i32>load<u8>(source + p) != quote) p++;
    else if (p + 1 < end && <i32>load<u8>(source + p + 1) == quote) p += 2;
    else return p + 1;
  }
  return end;
}

/** Whether a delimiter, or LF or CRLF (or CR) stands at `p`. */
// @ts-ignore: decorator
@inline
function isEnd(source: usize, p: i32, end: i32, delimiter: i32, crOnly: bool): bool {
  const byte = <i32>load<u8>(source + p);
  if (byte == delimiter) return true;
  if (crOnly) return byte == CR;
  if (byte == LF) return true;
  return byte == CR && p + 1 < end && <i32>load<u8>(source + p + 1) == LF;
}
