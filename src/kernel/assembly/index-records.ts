/**
 * Finds every field and record of a block, sixty-four bytes at a time, and marks the records that
 * need a closer look. Twin of a loop over `csv/scan-fields.ts` (`kernel/scalar/index-records.ts`).
 */
import { ODD, REQUOTE, TOKEN, TRIM } from '../record-flags';
import { closeRecord, endsInSpace } from './close-record';
import { near, signsAt, trimsAt } from './edges';
import { flagsOfLone } from './lone-record';
import { equalMask, hasEither, letterNMask, lowMask, prefixXor, STEP_BYTES } from './masks';
import { nextRecord, scanRecord } from './scan-record';

const LF: i32 = 0x0a;
const CR: i32 = 0x0d;
const COMMA: i32 = 0x2c;
const DOUBLE_QUOTE: i32 = 0x22;

/** How many fields the complete records have. */
export let fieldCount: i32 = 0;
/** How many bytes the complete records take, line ends included. */
export let consumedBytes: i32 = 0;

/**
 * Indexes the records among the `length` bytes at `source`, which begin with one.
 *
 * @param source must be readable for 64 bytes beyond `length`, and for 4 before.
 * @param isLast whether the input ends with these bytes; the last record then needs no line end.
 * @param quote the quoting byte, or -1.
 * @param crOnly whether records end in CR alone; else in LF or CRLF.
 * @param width fields of the header; a record with another number is SHORT or LONG.
 * @param longest records of more bytes are odd: one of their fields may be too long.
 * @param longestQuoted how many bytes may stand between the quotes of a field with line ends.
 * @param leadLow with `leadHigh` the first eight bytes of records that are odd, so far as `maskLow`
 *   and `maskHigh` say; with masks of 0 none is for that.
 * @param fieldEnds room for `length` + 11 u32: the exclusive end of each field. A record's last
 *   field ends at its line end, at the CR of a CRLF.
 * @param recordFields room for `length` + 1 u32: how many fields there are up to and with each
 *   record.
 * @param flags room for `length` + 1 bytes: ODD … STRAY of each record, of `record-flags.ts`.
 * @returns how many complete records.
 */
export function indexRecords(
  source: usize,
  length: i32,
  isLast: bool,
  delimiter: i32,
  quote: i32,
  crOnly: bool,
  width: i32,
  longest: i32,
  longestQuoted: i32,
  leadLow: u32,
  leadHigh: u32,
  maskLow: u32,
  maskHigh: u32,
  fieldEnds: usize,
  recordFields: usize,
  flags: usize,
): i32 {
  assert(length >= 0 && width > 0 && longest > 0 && longestQuoted > 0, 'sizes are positive');
  assert(delimiter != quote && delimiter != LF && delimiter != CR, 'the delimiter is a byte of its own');
  assert(quote != LF && quote != CR, 'a line end does not quote');
  assert((fieldEnds & 3) == 0 && (recordFields & 3) == 0, 'lists of u32 are aligned');
  assert(<usize>(length + STEP_BYTES) <= (<usize>memory.size() << 16) - source, 'a whole step may be read beyond');
  const delimiters = i8x16.splat(<i8>delimiter);
  const quotes = i8x16.splat(<i8>quote);
  const lineEnds = i8x16.splat(<i8>(crOnly ? CR : LF));
  // The other one: the CR of a CRLF, or what must be quoted anew.
  const returns = i8x16.splat(<i8>(crOnly ? LF : CR));
  const crlf: u64 = crOnly ? 0 : ~(<u64>0);
  // What cannot be copied into the output: a comma that is no delimiter, quotes that are not the
  // output's.
  const hasForeignComma = delimiter != COMMA;
  const hasForeignQuote = quote != DOUBLE_QUOTE;
  const mask: u64 = (<u64>maskHigh << 32) | <u64>maskLow;
  // Without a mask no record has it.
  const lead: u64 = mask == 0 ? 1 : ((<u64>leadHigh << 32) | <u64>leadLow) & mask;
  const limit = min(longest, longestQuoted);
  let records = 0;
  let fields = 0;
  let recordStart = 0;
  let firstField = 0;
  // Carried from step to step: all ones inside quotes; bit 0 where the byte before was …
  let inside: u64 = 0;
  let afterStart: u64 = 1;
  let afterStructure: u64 = 1;
  // … a quote that closes, in bit 1 the CR behind one.
  let afterQuote: u64 = 0;
  let afterReturn: u64 = 0;
  let afterLow: u64 = 0;
  // Where the last line end inside quotes stands, in the last step that has one and before that.
  let lastInner = -1;
  let innerBefore = -1;
  let isOdd: bool = false;
  let hasToken: bool = false;
  let mends: i32 = 0;

  let p = 0;
  let broken: u64 = 0;
  for (;;) {
    while (p < length) {
      const at = source + p;
      const left = length - p;
      const valid: u64 = left >= STEP_BYTES ? ~(<u64>0) : ((<u64>1) << left) - 1;
      let quoteMask: u64 = 0;
      let returnMask: u64 = 0;
      if (hasEither(at, quotes, returns)) {
        quoteMask = quote < 0 ? 0 : equalMask(at, quotes) & valid;
        returnMask = equalMask(at, returns) & valid;
      }
      let lineMask = equalMask(at, lineEnds) & valid;
      let structure = (equalMask(at, delimiters) & valid) | lineMask;

      let quoted: u64 = inside;
      broken = 0;
      let closing: u64 = 0;
      let fieldOpening: u64 = 0;
      let nextQuote: u64 = 0;
      let innerLines: u64 = 0;
      if ((quoteMask | inside | afterQuote) != 0) {
        quoted = prefixXor(quoteMask) ^ inside;
        const opening = quoteMask & quoted;
        closing = quoteMask & ~quoted;
        innerLines = lineMask & quoted;
        if (innerLines != 0) {
          innerBefore = lastInner;
          lastInner = p + 63 - <i32>clz(innerLines);
        }
        structure &= ~quoted;
        lineMask &= ~quoted;
        const afterClose = (closing << 1) | (afterQuote & 1);
        const afterStructures = (structure << 1) | afterStructure;
        fieldOpening = opening & afterStructures;
        broken = opening & ~(afterStructures | afterClose);
        broken |= afterClose & ~(structure | quoteMask | (returnMask & crlf)) & valid;
        const closedReturn = afterClose & returnMask & crlf;
        broken |= ((closedReturn << 1) | (afterQuote >> 1)) & ~lineMask & valid;
        nextQuote = (closing >> 63) | ((closedReturn >> 63) << 1);
      }
      if (broken != 0) {
        // The structure is right up to the record with the first broken quote.
        const firstBroken = <i32>ctz(broken);
        const sound: u64 = ((<u64>1) << firstBroken) - 1;
        structure &= sound;
        lineMask &= sound;
      }

      // What makes a record odd, marked at or before its line end.
      const starts = structure | fieldOpening;
      const ends = structure | returnMask;
      const afterStarts = (starts << 1) | afterStart;
      const past: u64 = left < STEP_BYTES ? (<u64>1) << left : 0;
      // Not the first of two quotes that stand for one.
      let pairs = quoteMask >> 1;
      if ((closing >> 63) != 0 && left > STEP_BYTES) {
        pairs |= <u64>(<i32>load<u8>(at, 64) == quote) << 63;
      }
      const lasts = ends | (closing & ~pairs);
      let tokens = letterNMask(at) & afterStarts & valid & near(lasts | past);
      let trims: u64 = 0;
      // Spaces, signs and what is not ASCII are rare at the edges of fields: looked for only where
      // a byte stands that may be one.
      const low = lowMask(at) & valid & ~(structure | quoteMask | returnMask);
      const lowStarts = low & afterStarts;
      const lowEnds = lasts & ((low << 1) | afterLow);
      if ((lowStarts | lowEnds) != 0) {
        trims = trimsAt(at, lowStarts, lowEnds);
        tokens |= signsAt(at, lowStarts, lasts | past);
      }
      let odd: u64 = 0;
      if ((returnMask | afterReturn) != 0) {
        odd |= ((returnMask << 1) | afterReturn) & crlf & ~(lineMask | quoted) & valid;
        odd |= returnMask & ~crlf & ~quoted;
      }
      const commas: u64 = hasForeignComma ? equalMask(at, i8x16.splat(<i8>COMMA)) & ~quoted & valid : 0;
      if (hasForeignQuote) odd |= quoteMask | (equalMask(at, i8x16.splat(<i8>DOUBLE_QUOTE)) & valid);

      let rest = structure;
      let to = fieldEnds + (<usize>fields << 2);
      fields += <i32>popcnt(structure);
      // Ten at once, as few steps have more: how many there are would be hard to foresee. What is
      // written too much is written over by the next step.
      store<u32>(to, p + <i32>ctz(rest), 0);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 4);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 8);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 12);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 16);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 20);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 24);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 28);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 32);
      rest &= rest - 1;
      store<u32>(to, p + <i32>ctz(rest), 36);
      rest &= rest - 1;
      to += 40;
      while (rest != 0) {
        store<u32>(to, p + <i32>ctz(rest));
        to += 4;
        rest &= rest - 1;
      }
      let lines = lineMask;
      let below: u64 = 0;
      while (lines != 0) {
        const bit = lines & (~lines + 1);
        const upTo = bit | (bit - 1);
        const lineEnd = p + <i32>ctz(lines);
        const count = fields - <i32>popcnt(structure & ~upTo);
        const hasOdd = isOdd || (odd & upTo & ~below) != 0;
        const here = upTo & ~below;
        let flag: i32 = hasOdd ? ODD : 0;
        if (lineEnd - recordStart > limit) {
          const before = innerLines != 0 ? innerBefore : lastInner;
          const spansLines = before >= recordStart || (innerLines & here) != 0;
          // Its quotes may be too far apart to be any.
          if (spansLines && lineEnd - recordStart > longestQuoted) {
            broken = ~(<u64>0);
            break;
          }
        }
        if (hasToken || (tokens & here) != 0) flag |= TOKEN;
        flag |= mends | mendsIn(trims & here, commas & here);
        firstField = closeRecord(
          source, recordStart, lineEnd, firstField, count, width, longest, lead, mask, flag, delimiter, quote,
          fieldEnds, recordFields, flags + records, records, !crOnly,
        );
        records++;
        recordStart = lineEnd + 1;
        isOdd = hasToken = false;
        mends = 0;
        below = upTo;
        lines &= lines - 1;
      }
      isOdd = isOdd || (odd & ~below) != 0;
      hasToken = hasToken || (tokens & ~below) != 0;
      mends |= mendsIn(trims & ~below, commas & ~below);

      if (broken != 0) break;
      inside = <u64>(<i64>quoted >> 63);
      afterStart = starts >> 63;
      afterStructure = structure >> 63;
      afterReturn = returnMask >> 63;
      afterQuote = nextQuote;
      afterLow = low >> 63;
      p += STEP_BYTES;
    }
    if (broken == 0) {
      // A quote still open, or a CR that may be one character too many: the masks do not know.
      let isAlone: bool = inside != 0 || (isLast && !crOnly && endsInReturn(source, recordStart, length));
      isAlone = isAlone || (lastInner >= recordStart && length - recordStart > longestQuoted);
      if (!isAlone) break;
    }
    // The structure is right up to this record, which is scanned by itself.
    fields = firstField;
    const count = scanRecord(
      source, recordStart, length, isLast, delimiter, quote, crOnly, longestQuoted,
      fieldEnds + (<usize>fields << 2),
    );
    if (nextRecord < 0) break;
    const ends = fieldEnds + (<usize>fields << 2);
    const flag = flagsOfLone(source, recordStart, length, ends, count, width, quote);
    const recordEnd = <i32>load<u32>(ends + (<usize>(count - 1) << 2));
    firstField = closeRecord(
      source, recordStart, recordEnd, firstField, fields + count, width, longest, lead, mask, flag,
      delimiter, quote, fieldEnds, recordFields, flags + records, records, false,
    );
    fields = firstField;
    records++;
    recordStart = nextRecord;
    p = nextRecord;
    inside = 0;
    afterStart = afterStructure = 1;
    afterQuote = afterReturn = afterLow = 0;
    lastInner = innerBefore = -1;
    isOdd = hasToken = false;
    broken = 0;
    mends = 0;
  }
  if (isLast && recordStart < length) {
    store<u32>(fieldEnds + (<usize>fields << 2), length);
    fields++;
    const tail = <i32>load<u8>(source + length - 1);
    let flag: i32 = (isOdd || tail == quote ? ODD : 0) | (hasToken ? TOKEN : 0) | mends;
    if (endsInSpace(source, length, tail)) flag |= TRIM;
    firstField = closeRecord(
      source, recordStart, length, firstField, fields, width, longest, lead, mask, flag, delimiter, quote,
      fieldEnds, recordFields, flags + records, records, false,
    );
    records++;
    recordStart = length;
  }
  fieldCount = firstField;
  consumedBytes = recordStart;
  return records;
}

/** TRIM and REQUOTE as the bits say. */
// @ts-ignore: decorator
@inline
function mendsIn(trims: u64, commas: u64): i32 {
  return (trims != 0 ? TRIM : 0) | (commas != 0 ? REQUOTE : 0);
}

/** Whether the input's last record, which has no line end, ends in a CR. */
// @ts-ignore: decorator
@inline
function endsInReturn(source: usize, recordStart: i32, length: i32): bool {
  return recordStart < length && <i32>load<u8>(source + length - 1) == CR;
}
