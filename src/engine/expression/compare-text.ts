/**
 * The order of texts: by their UTF-8 bytes, which is the order of code points. JavaScript's own `<`
 * goes by UTF-16 units and puts U+1F600 before U+FF01. Knows no locale: "Z" comes before "a".
 */

/**
 * Below 0, 0 or above 0, as `a` comes before `b`, is equal or comes after. Both are well-formed
 * Unicode.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A surrogate stands for a code point above all that one unit can hold. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
