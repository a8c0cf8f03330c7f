/**
 * The quick look at the last bytes of an input, for the commonest tables: rows that begin with a
 * number. Of others `sniff/ends-plainly` tells, which is its twin for these.
 */

const LF: i32 = 0x0a;
const CR: i32 = 0x0d;
const DOUBLE_QUOTE: i32 = 0x22;

/**
 * Whether all lines behind the first have `width` fields, over half of them filled, and a digit in
 * front. Without a second line, or with a quote that does not close: no. The bytes are taken to
 * begin outside quotes.
 */
export function endsInDigitRows(source: usize, length: i32, delimiter: i32, width: i32): bool {
  const end = source + length;
  let p = endOfField(source, end, LF);
  if (p + 1 >= end) return false;
  while (++p < end) {
    let fields = 0;
    let filled = 0;
    for (;;) {
      const start = p;
      p = endOfField(p, end, delimiter);
      if (p > end) return false;
      if (fields == 0 && !isDigit(firstOf(start, p))) return false;
      fields++;
      if (isFilled(start, p)) filled++;
      if (p == end || <i32>load<u8>(p) == LF) break;
      p++;
    }
    if (fields != width || 2 * filled <= width) return false;
  }
  return true;
}

/** The address of the delimiter or LF that ends the field; beyond `end` if its quotes are open. */
function endOfField(start: usize, end: usize, delimiter: i32): usize {
  let isQuoted = false;
  for (let p = start; p < end; p++) {
    const byte = <i32>load<u8>(p);
    if (byte == DOUBLE_QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted && (byte == delimiter || byte == LF)) return p;
  }
  return isQuoted ? end + 1 : end;
}

/** The first byte that is no quote; 0 if there is none. */
function firstOf(start: usize, end: usize): i32 {
  for (let p = start; p < end; p++) {
    const byte = <i32>load<u8>(p);
    if (byte != DOUBLE_QUOTE) return byte;
  }
  return 0;
}

/** Whether it holds more than quotes, or a CR before the line's end. */
function isFilled(start: usize, end: usize): bool {
  let count = 0;
  let last = 0;
  for (let p = start; p < end && count < 2; p++) {
    const byte = <i32>load<u8>(p);
    if (byte == DOUBLE_QUOTE) continue;
    last = byte;
    count++;
  }
  return count > 1 || (count == 1 && last != CR);
}

function isDigit(byte: i32): bool {
  return byte >= 0x30 && byte <= 0x39;
}
