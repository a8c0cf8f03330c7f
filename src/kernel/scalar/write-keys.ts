/**
 * The key of a row from the texts of its cells: the obviously right twin of
 * `kernel/assembly/write-keys.ts`, and what takes the records that it leaves out.
 */

/** Before a delimiter inside a cell: no part of any text in UTF-8. */
const ESCAPE = 0xff;

/**
 * Equal for equal texts, and for no others.
 *
 * @param texts as cleaned, of the key columns in their order.
 */
export function keyOf(texts: readonly string[], delimiter: number): Buffer {
  const key: number[] = [];
  let end = 0;
  texts.forEach((text, i) => {
    if (i > 0) key.push(delimiter);
    for (const byte of Buffer.from(text)) {
      if (byte === delimiter) key.push(ESCAPE);
      key.push(byte);
    }
    if (text !== '') end = key.length;
  });
  return Buffer.from(key.slice(0, end));
}
