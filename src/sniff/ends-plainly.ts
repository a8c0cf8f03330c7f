/** The quick look at the end of a file: whether it certainly has no footer. */

import { isFooterLabel } from './footer-labels.js';
import { toByteText } from './text-dialect.js';

/** How much of the end is looked at, in bytes. */
export const END_BYTES = 1024;

/** See `QuickLook`. */
export function endsPlainly(bytes: Uint8Array, separator: number, width: number): boolean {
  const delimiter = String.fromCharCode(separator);
  const text = toByteText(bytes.subarray(Math.max(0, bytes.length - END_BYTES)));
  // The stretch may begin inside quotes; then its first quote closes.
  const fromQuote = text.slice(text.indexOf('"') + 1);
  return hasPlainLines(text, delimiter, width) || hasPlainLines(fromQuote, delimiter, width);
}

const BEGINS_WITH_DIGIT = /^\d/;

function hasPlainLines(text: string, delimiter: string, width: number): boolean {
  // A quoted text may hold delimiters and line ends.
  const bare = !text.includes('"')
    ? text
    : text.replace(/"[^"]*"/g, (quoted) =>
        quoted.slice(1, -1).replaceAll(delimiter, ' ').replaceAll('\n', ' '),
      );
  if (bare.includes('"')) return false;
  const lines = bare.split('\n');
  if (lines.at(-1) === '') lines.pop();
  // The first line is cut, or the header.
  return lines.slice(1).every((line) => isPlainLine(line, delimiter, width));
}

function isPlainLine(line: string, delimiter: string, width: number): boolean {
  const cells = line.split(delimiter);
  if (cells.length !== width) return false;
  // Most rows begin with a number, and no label does.
  if (!BEGINS_WITH_DIGIT.test(cells[0]!) && isFooterLabel(cells[0]!.trim())) return false;
  const filled = cells.filter((cell) => cell !== '' && cell !== '\r').length;
  return filled === 0 || (2 * filled > width && cells[0] !== '');
}
