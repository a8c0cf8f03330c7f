/**
 * Colours, when the terminal takes them and the user does not mind. Never the only carrier of a
 * meaning.
 */
import { styleText } from 'node:util';
import type { Options } from '../options/options.js';
import type { Paint } from '../report/summary.js';

/** For standard error, where people read. NO_COLOR is honoured with `auto`. */
export function createPaint(color: Options['color']): Paint {
  const isOn =
    color === 'always' || (color === 'auto' && process.stderr.isTTY === true && wantsColor());
  if (!isOn) return (_, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}

function wantsColor(): boolean {
  return !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}
