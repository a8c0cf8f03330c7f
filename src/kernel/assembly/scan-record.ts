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
  fieldEnds: usize,
): i32 {
  let count = 0;
  let p = start;
  for (;;) {
    if (p < end && <i32>load<u8>(source + p) == quote) p = afterClosingQuote(source, p + 1, end, quote);
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

/** The offset after the quote that closes a field whose content starts at `p`, or `end`. */
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
