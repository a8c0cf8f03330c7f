/**
 * What the kernel found in a cell. The one list of it, read by TypeScript and AssemblyScript alike;
 * the numbers are stored as bytes.
 */

/** Empty, or a token for "no value". */
export const MISSING = 0;
/** Neither missing nor a number. */
export const TEXT = 1;
/** A number written with a point or an exponent. */
export const NUMBER = 2;
/** A number written `[+-]?\d+`, without a leading zero. */
export const INTEGER = 3;
/** A number written `[+-]?0\d+`. */
export const LEADING_ZERO = 4;
/** A numeral that the kernel leaves to `parseNumber`, which may find it beyond the doubles. */
export const SLOW = 5;
