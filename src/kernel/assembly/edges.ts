/**
 * What stands at the edges of fields: blanks, and tokens for "no value". Asked for a step of 64
 * bytes at once, with bit masks of where fields begin and end.
 */
import { endsWideSpace, startsWideSpace } from './blanks';
import { equalMask, highMask, signMask, spaceMask } from './masks';

const HASH: i8 = 0x23;

/**
 * Where an end among `ends` is two to four bytes away: as long are the tokens for "no value" that
 * begin with a letter. An end that lies beyond the step may be near.
 */
// @ts-ignore: decorator
@inline
export function near(ends: u64): u64 {
  return (ends >> 2) | (ends >> 3) | (ends >> 4) | (<u64>0xf << 60);
}

/** Of fields that begin at `starts`: those that are a single sign, or begin with #. */
export function signsAt(at: usize, starts: u64, ends: u64): u64 {
  const signs = signMask(at) & starts;
  if (signs == 0) return 0;
  return signs & ((ends >> 1) | (<u64>1 << 63) | equalMask(at, i8x16.splat(HASH)));
}

/**
 * Of fields that begin at `starts`, or end with the byte before `ends`, those with a blank there.
 * The step's first byte may be behind such a byte.
 */
export function trimsAt(at: usize, starts: u64, ends: u64): u64 {
  const before = <i32>load<u8>(at - 1);
  const spaces = spaceMask(at);
  const highs = highMask(at);
  const trims = (spaces & starts) | (((spaces << 1) | <u64>isBlank(before)) & ends);
  const highStarts = highs & starts;
  const highEnds = ((highs << 1) | <u64>(before >= 0x80)) & ends;
  return (highStarts | highEnds) == 0 ? trims : trims | wideSpaces(at, highStarts, highEnds);
}

/** Whether `byte` is a space or a tab. */
// @ts-ignore: decorator
@inline
export function isBlank(byte: i32): bool {
  return byte == 0x20 || byte == 0x09;
}

/**
 * Of edges next to non-ASCII bytes, those where one of the wide spaces begins or ends: U+00A0,
 * U+FEFF, U+3000, U+2000 – 200A.
 */
function wideSpaces(at: usize, starts: u64, ends: u64): u64 {
  let found: u64 = 0;
  while (starts != 0) {
    if (startsWideSpace(at + <usize>ctz(starts))) found |= starts & (~starts + 1);
    starts &= starts - 1;
  }
  while (ends != 0) {
    if (endsWideSpace(at + <usize>ctz(ends))) found |= ends & (~ends + 1);
    ends &= ends - 1;
  }
  return found;
}
