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
/**
 * With what stands behind seconds: `Z`, a fraction, both; each first behind a T, then behind a
 * space.
 */
export const ISO_T_ZULU = 6;
export const ISO_ZULU = 7;
export const ISO_T_FRACTION = 8;
export const ISO_FRACTION = 9;
export const ISO_T_FRACTION_ZULU = 10;
export const ISO_FRACTION_ZULU = 11;
/** Dates up to here have the order of their bytes. */
export const LAST_SORTED = 11;
/** With an offset such as `+01:00`, and with a fraction before it; each and the next, as above. */
export const ISO_T_OFFSET = 12;
export const ISO_T_FRACTION_OFFSET = 14;
/**
 * `31/01/2024` and the like: three times three times three kinds, by the sign (slash, point, dash),
 * by the order (may be both, day first, month first), by what follows (nothing, a space and hours
 * and minutes, seconds as well).
 */
export const YEAR_LAST = 16;
/** Words, and what else is neither a number, a date nor a truth. */
export const WORDS = 43;
/** A number with a point or an exponent. Before it, five kinds that are learned by shapes alone. */
export const DECIMAL = 49;
/** An integer of less than 10^15, without a leading zero. */
export const WHOLE = 50;
/** An integer with a leading zero. */
export const ZERO_LED = 51;
/** An integer beyond that. */
export const LONG_WHOLE = 52;

export const TEXT_KIND_COUNT = 53;
