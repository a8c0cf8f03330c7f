/**
 * Takes blanks off both ends of a text, the same ones for cells, names and expressions. Newlines
 * are content, so `String.prototype.trim` would take too much. Knows nothing of missing values.
 */

/**
 * Space, tab, no-break space, byte order mark, ideographic space, and the typographic spaces U+2000
 * – U+200A.
 */
function isBlankCode(code: number): boolean {
  return (
    code === 0x20 ||
    code === 0x09 ||
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x3000 ||
    (code >= 0x2000 && code <= 0x200a)
  );
}

/** `text` without the blanks at its ends; the same string when there are none. */
export function trimText(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlankCode(text.charCodeAt(start))) start++;
  while (end > start && isBlankCode(text.charCodeAt(end - 1))) end--;
  return end - start === text.length ? text : text.slice(start, end);
}

/** True when nothing is left of `text` after trimming; a newline is something. */
export function isBlankText(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (!isBlankCode(text.charCodeAt(i))) return false;
  }
  return true;
}
