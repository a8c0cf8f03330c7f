/**
 * Colours, when the terminal takes them and the user does not mind. Never the only carrier of a
 * meaning.
 */
import type { Options } from '../options/options.js';
import type { Paint, Style } from '../report/summary.js';

/** For standard error, where people read. NO_COLOR is honoured with `auto`. */
export function createPaint(color: Options['color']): Paint {
  const isOn =
    color === 'always' || (color === 'auto' && process.stderr.isTTY === true && wantsColor());
  if (!isOn) return (_, text) => text;
  return (style, text) => {
    const [on, off] = CODES[style];
    return `\x1b[${on}m${text}\x1b[${off}m`;
  };
}

/** The terminal's numbers for a style, and for its end. */
const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

function wantsColor(): boolean {
  return !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}
