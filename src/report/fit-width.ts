/** Fits text into terminal columns: wide characters take two, marks none. */
import stringWidth from 'string-width';
import { visible } from '../base/visible.js';

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** The text made safe and cut to `columns`, with an ellipsis where something went. */
export function fitWidth(text: string, columns: number): string {
  const safe = visible(text);
  if (stringWidth(safe) <= columns) return safe;
  let fitted = '';
  for (const char of safe) {
    if (stringWidth(`${fitted}${char}…`) > columns) break;
    fitted += char;
  }
  return `${fitted}…`;
}

/** The width of the widest of them; there may be more than a call takes arguments. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), 0);
}
