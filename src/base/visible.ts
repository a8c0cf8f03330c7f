/**
 * Makes text from files safe to print: names, headers and values may hold escape sequences that
 * would rewrite a terminal, or marks that turn the reading direction.
 */

// C0 and C1 controls, DEL, line and paragraph separators, direction marks, and halves of surrogate
// pairs.
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** The text with every control character written as `\x1b` or `\u202e`. Never holds a line end. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
