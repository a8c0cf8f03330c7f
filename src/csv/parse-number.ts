/**
 * The one definition of a number in a cell, and of how a number is printed. Stands here because
 * statistics and expressions must agree on it; it knows no locales, no thousands separators, no
 * hex, no infinities.
 */

/**
 * As in `parseNumber`, but split one way only: `\d+\.?\d*` takes quadratic time to refuse a long
 * text.
 */
const NUMERAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether `text` is written as a number, be it beyond the doubles. */
export function isNumeral(text: string): boolean {
  return NUMERAL.test(text);
}

/**
 * The double nearest to `text`, with 0 for −0; NaN when `text` as a whole is not
 * `[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?`, or is beyond the doubles (1e400). Space around it is not
 * skipped. Takes time in proportion to the length of `text`, whatever it holds.
 */
export function parseNumber(text: string): number {
  if (!isNumeral(text)) return Number.NaN;
  const x = Number(text);
  if (!Number.isFinite(x)) return Number.NaN;
  return x === 0 ? 0 : x;
}

/**
 * The shortest text that reads back as `x` (ECMAScript `Number::toString`); −0 prints 0. `x` must
 * be finite: there is no numeral for the others.
 */
export function formatNumber(x: number): string {
  return String(x);
}
