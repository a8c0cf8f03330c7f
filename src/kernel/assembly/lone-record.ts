/**
 * What is to be said of a record that was scanned by itself, field by field: the masks, which say
 * it of all others, stop at quotes that stand where none may.
 */
import { ODD, REQUOTE, STRAY, TOKEN, TRIM } from '../record-flags';
import { endsWideSpace, startsWideSpace } from './blanks';
import { isBlank } from './edges';

const LF: i32 = 0x0a;
const CR: i32 = 0x0d;
const COMMA: i32 = 0x2c;
const DOUBLE_QUOTE: i32 = 0x22;

/**
 * ODD, TOKEN, TRIM, REQUOTE and STRAY of the record at `start`, so far as its fields tell.
 *
 * @param length where the bytes end.
 * @param fieldEnds the ends of its `count` fields.
 */
export function flagsOfLone(
  source: usize,
  start: i32,
  length: i32,
  fieldEnds: usize,
  count: i32,
  width: i32,
  quote: i32,
): i32 {
  // Whether one is a token is looked up later, in the few records that come here.
  let flags = TOKEN;
  for (let i = 0; i < count; i++) {
    const end = <i32>load<u32>(fieldEnds + (<usize>i << 2));
    if (end > start) {
      const from = source + start;
      const until = source + end;
      const begins = <i32>load<u8>(from) == quote;
      const closing = begins ? closingQuote(from, until, quote) : until;
      const isClosed = begins && closing == until - 1;
      // Only a quote that is never closed goes on to the end of the bytes.
      if (begins && !isClosed) flags |= STRAY | (end == length && closing == until ? ODD : 0);
      const edge = isClosed ? 1 : 0;
      if (hasBlankEdge(from + edge, until - edge)) flags |= TRIM;
      if (!isClosed) flags |= flagsOfBytes(from, until, quote);
      else if (quote != DOUBLE_QUOTE) flags |= ODD;
    }
    start = end + 1;
  }
  // What is odd about its width may come from the quote.
  if (count != width && (flags & STRAY) != 0) flags |= ODD;
  return flags;
}

/** Whether a field is one in quotes: its last byte closes what its first one opens. */
export function isQuotedField(from: usize, until: usize, quote: i32): bool {
  return from < until && <i32>load<u8>(from) == quote && closingQuote(from, until, quote) == until - 1;
}

/** Where the quote at `from` is closed; `until` where it is not. */
function closingQuote(from: usize, until: usize, quote: i32): usize {
  let at = from + 1;
  while (at < until) {
    if (<i32>load<u8>(at) != quote) at++;
    else if (at + 1 < until && <i32>load<u8>(at, 1) == quote) at += 2;
    else return at;
  }
  return until;
}

function hasBlankEdge(from: usize, until: usize): bool {
  if (from >= until) return false;
  const first = <i32>load<u8>(from);
  const last = <i32>load<u8>(until - 1);
  if (isBlank(first) || isBlank(last)) return true;
  return (first >= 0x80 && startsWideSpace(from)) || (last >= 0x80 && endsWideSpace(until));
}

/** What must be done with bytes outside quotes. */
function flagsOfBytes(from: usize, until: usize, quote: i32): i32 {
  let flags = 0;
  for (let at = from; at < until; at++) {
    const byte = <i32>load<u8>(at);
    if (byte == CR || byte == LF) flags |= ODD;
    else if (byte == DOUBLE_QUOTE) flags |= quote == DOUBLE_QUOTE ? REQUOTE : ODD;
    else if (byte == COMMA) flags |= REQUOTE;
  }
  return flags;
}
