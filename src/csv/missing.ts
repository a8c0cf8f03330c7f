/**
 * Which cell texts say that there is no value. Statistics and expressions ask here; the cells
 * themselves are left as they are. Knows nothing of columns, nor of the null tokens a user may
 * name.
 */

/**
 * The tokens, matched exactly: letters in another case are text. The kernel compares cells with the
 * same list (`kernel/token-table.ts`).
 */
export const NA_TOKENS: ReadonlySet<string> = new Set([
  'NA',
  'N/A',
  'n/a',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
  '-',
  '#N/A',
  '#DIV/0!',
  '#REF!',
  '#VALUE!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
  '#SPILL!',
  '#CALC!',
  '#GETTING_DATA',
]);

/** True when `text`, already trimmed, is empty or one of the tokens for "no value". */
export function isMissing(text: string): boolean {
  return text === '' || NA_TOKENS.has(text);
}

/**
 * True when `text`, already trimmed, is one of the tokens: what a summary counts as "look like NA".
 */
export function looksNa(text: string): boolean {
  return NA_TOKENS.has(text);
}
