/** Texts that may be of any length, cut to be shown. */

/** `text`, or its beginning and `…`: `length` UTF-16 units at most. */
export function cutText(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
