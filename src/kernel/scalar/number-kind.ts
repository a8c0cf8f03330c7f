/** How a number is written, for the rows that are read as text. The kernel tells the same. */
import { INTEGER, LEADING_ZERO, NUMBER } from '../cell-kinds.js';

/** `NUMBER`, `INTEGER` or `LEADING_ZERO` for the text of a number. */
export function kindOfNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) return NUMBER;
  return /^[+-]?0\d/.test(text) ? LEADING_ZERO : INTEGER;
}
