/**
 * Tells UTF-8 sequences apart, one at a time: whole, cut off or ill-formed. It decodes none.
 */

/** What stands at a place in bytes, packed: see `sequenceAt`. */
export const CUT_OFF = 0;

/**
 * What begins at `position`, which is below `end`:
 * - n > 0: a well-formed sequence of n bytes, 1 to 4, as table 3-7 of the Unicode Standard has it;
 * - 0 (`CUT_OFF`): the start of a sequence that `end` cuts off;
 * - −n: n bytes that no continuation makes well-formed; they count as one replacement character,
 *   as the Unicode Standard recommends ("maximal subparts").
 */
export function sequenceAt(bytes: Uint8Array, position: number, end: number): number {
  const first = bytes[position]!;
  if (first <= 0x7f) return 1;
  const length = lengthOfLead(first);
  if (length === 0) return -1;
  for (let i = 1; i < length; i++) {
    if (position + i >= end) return CUT_OFF;
    const byte = bytes[position + i]!;
    // Only the second byte's range depends on the first: it shuts out overlongs, surrogates and
    // what is too large.
    const lowest = i > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const highest = i > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (byte < lowest || byte > highest) return -i;
  }
  return length;
}

/**
 * How many bytes at the end of `bytes` may belong to a sequence that goes on after them, 0 to 3.
 * What stands before these begins and ends between sequences, well-formed or not.
 */
export function cutOffLength(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceAt(bytes, length - back, length) === CUT_OFF ? back : 0;
  }
  return 0;
}

/** How many bytes a sequence has that starts with `first` (above 0x7F); 0 when none may. */
function lengthOfLead(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 0;
}
