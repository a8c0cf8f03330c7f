/**
 * What the profiling kernel says of a text that is no blank. The one list of it, read by TypeScript
 * and AssemblyScript alike; the numbers are stored as bytes.
 */

/** Left to who can ask regular expressions: any kind, or a token for "no value". */
export const UNSURE = 0;
/** `2024-01-31`, the day from 1 to what its month has in common years. */
export const ISO_DAY = 1;
/** With hours and minutes behind a T, or behind a space. */
export const ISO_T_MINUTES = 2;
export const ISO_MINUTES = 3;
export const ISO_T_SECONDS = 4;
export const ISO_SECONDS = 5;
/** Words, and what else is neither a number, a date nor a truth. */
export const WORDS = 6;
/** A number with a point or an exponent. */
export const DECIMAL = 7;
/** An integer of less than 10^15, without a leading zero. */
export const WHOLE = 8;
/** An integer with a leading zero. */
export const ZERO_LED = 9;
/** An integer beyond that. */
export const LONG_WHOLE = 10;

export const TEXT_KIND_COUNT = 11;
