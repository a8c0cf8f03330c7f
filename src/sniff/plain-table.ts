/**
 * The quick look at a sample: whether it certainly is a plain table, so that nothing needs to be
 * sniffed. It reads a few kilobytes by what the runtime does in one call, since a loop over bytes
 * would be compiled once a thread, which takes longer. Saying no is never wrong.
 */

import { byteOrderMarkLength } from '../csv/byte-order-mark.js';
import { toByteText } from './text-dialect.js';

/** How many bytes are looked at: of a file that is no longer all, else so many of the first. */
export const SMALL_BYTES = 4096;
const FIRST_BYTES = 2048;

const FEWEST_RECORDS = 4;
const MOST_WIDTH = 128;

/** What a cell begins with. */
const EMPTY = 0;
const LETTER = 1;
const DIGIT = 2;
const OTHER = 3;

/** A field in quotes: what it holds, and that nothing stands between it and its delimiters. */
const QUOTED = {
  ',': /(?<=^|[,\n])"((?:[^"]|"")*)"(?=[,\r\n]|$)/g,
  '\t': /(?<=^|[\t\n])"((?:[^"]|"")*)"(?=[\t\r\n]|$)/g,
} as const;
/** What else might separate, and quotes that are none, or not these. */
const DOUBTFUL = { ',': /[";|\t]/, '\t': /[";|]/ } as const;
/** What quotes make ordinary, and a sign that stands for it: no cell that begins so is plain. */
const INNER = /[",;|\t\r\n]/g;
const INNER_SIGN = '#';

/**
 * The number of columns when the first bytes are rectangular in `delimiter` with `"` quotes, a
 * header of words and no preamble; 0 otherwise.
 *
 * @param isWhole whether `bytes` are the whole file.
 */
export function plainWidth(bytes: Uint8Array, isWhole: boolean, delimiter: string): number {
  if (delimiter !== ',' && delimiter !== '\t') return 0;
  const isAll = isWhole && bytes.length <= SMALL_BYTES;
  const first = bytes.subarray(byteOrderMarkLength(bytes), isAll ? undefined : FIRST_BYTES);
  const whole = toByteText(first);
  // Most likely an escaped quote.
  if (whole.includes('\\"')) return 0;
  const text = whole.replace(QUOTED[delimiter], (_, inner: string) =>
    inner.replace(INNER, INNER_SIGN),
  );
  const lines = text.split('\n');
  // The last one is cut, or nothing.
  if (!isAll || lines.at(-1) === '') lines.pop();
  const looks: (readonly number[])[] = [];
  let width = 0;
  let filled = 0;
  for (const line of lines) {
    const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (DOUBTFUL[delimiter].test(bare) || bare.includes('\r')) return 0;
    const cells = bare.split(delimiter);
    if (looks.length === 0) {
      width = cells.length;
      if (!cells.every(isName)) return 0;
    }
    if (cells.length !== width || width < 2 || width > MOST_WIDTH) return 0;
    const row = cells.map(lookOf);
    if (row.includes(OTHER)) return 0;
    filled = row.reduce((count, look) => count + (look === EMPTY ? 0 : 1), 0);
    // A blank row says nothing.
    if (filled > 0) looks.push(row);
  }
  // The last record may be a total or a note, padded.
  if (isAll && 2 * filled <= width) return 0;
  return looks.length >= FEWEST_RECORDS && hasValuesAtOnce(looks) ? width : 0;
}

/** The second row must hold values where the rows below do, or it may be a header too. */
function hasValuesAtOnce([, second, ...below]: readonly (readonly number[])[]): boolean {
  let typed = 0;
  let values = 0;
  for (const [column, look] of second!.entries()) {
    let digits = 0;
    let letters = 0;
    for (const row of below) {
      if (row[column] === DIGIT) digits++;
      else if (row[column] === LETTER) letters++;
    }
    if (digits === 0 || digits < letters) continue;
    if (look !== DIGIT && look !== EMPTY) return false;
    typed++;
    if (look === DIGIT) values++;
  }
  return 2 * values >= typed;
}

const LOOKS: readonly (readonly [RegExp, number])[] = [
  [/^ *[0-9+.$-]/, DIGIT],
  [/^ *[a-z_\x80-\xff]/i, LETTER],
  [/^ *$/, EMPTY],
];

function lookOf(cell: string): number {
  return LOOKS.find(([pattern]) => pattern.test(cell))?.[1] ?? OTHER;
}

/** Whether the cell may be a column's name: a word, with no brackets that do not close in it. */
function isName(cell: string): boolean {
  if (lookOf(cell) !== LETTER) return false;
  let depth = 0;
  for (const [bracket] of cell.matchAll(/[()[\]{}]/g)) depth += '([{'.includes(bracket) ? 1 : -1;
  return depth === 0;
}
