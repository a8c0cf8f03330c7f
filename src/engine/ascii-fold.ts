/**
 * Writes accented and other Latin letters in ASCII, so that a column name can be typed on any
 * keyboard. It stands apart from the column names because it is a table of letters; it refuses to
 * know what a name, a word or a separator is.
 */

import { isAscii } from '../base/word-pattern.js';

/** Lower-case letters that Unicode does not decompose, with the usual spelling in ASCII. */
const SPELLINGS: readonly (readonly [letter: string, ascii: string])[] = [
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['ŀ', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ɖ', 'd'],
  ['ɗ', 'd'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['ŋ', 'n'],
  ['ƒ', 'f'],
  ['ɓ', 'b'],
  ['ƙ', 'k'],
  ['ƴ', 'y'],
  ['ə', 'e'],
  ['ɛ', 'e'],
  ['ɔ', 'o'],
  ['ɨ', 'i'],
  ['ʉ', 'u'],
  ['ƶ', 'z'],
];

/**
 * What parts of a decomposed letter become; the upper-case letters follow from the lower-case
 * ones.
 */
const FOLDED: ReadonlyMap<string, string> = new Map([
  ...SPELLINGS,
  ...SPELLINGS.map(([letter, ascii]) => [letter.toUpperCase(), ascii.toUpperCase()] as const),
  ['ẞ', 'SS'],
  ['ı', 'i'],
  ['ĸ', 'k'],
  // The micro sign and the units written with it decompose to the Greek letter.
  ['μ', 'u'],
  // The apostrophe inside the decomposed U+0149.
  ['\u02bc', ''],
]);

const FIRST_NON_ASCII = '\u0080';
const GREEK_MU = '\u03bc';

/**
 * `text` with every letter that has an ASCII spelling written so: `Größe` → `Grosse`, `m²` → `m2`.
 *
 * A letter without one (Cyrillic, Greek, Chinese, …) stays as it is, its marks with it, in Unicode
 * normal form C. The Greek letter mu stays too: only its word tells whether it stands for micro;
 * the micro sign becomes `u`. Marks that stand on nothing kept are dropped; symbols stay or become
 * ASCII. Total: any string, lone surrogates included.
 */
export function foldToAscii(text: string): string {
  if (isAscii(text)) return text;
  const chars = [...text.normalize('NFC')];
  let folded = '';
  let previousStays = false;
  for (const [index, char] of chars.entries()) {
    if (isMark(char)) {
      if (previousStays) folded += char;
      continue;
    }
    const ascii = spellOut(char);
    previousStays = ascii === null && isOfWord(char);
    folded += ascii === null ? char : matchCase(char, ascii, chars[index + 1]);
  }
  return folded;
}

function isMark(char: string): boolean {
  return /^\p{M}$/u.test(char);
}

function isOfWord(char: string): boolean {
  return /^[\p{L}\p{M}\p{N}]$/u.test(char);
}

/** Whether `char` has a lower-case form other than itself. */
export function isUpperCase(char: string): boolean {
  return char.toLowerCase() !== char;
}

/** Whether `char` is a lower-case letter: it has an upper-case form and is none itself. */
export function isLowerCase(char: string): boolean {
  return !isUpperCase(char) && char.toUpperCase() !== char;
}

/**
 * One code point in ASCII, or null when a part of it is a letter or digit without an ASCII
 * spelling.
 */
function spellOut(char: string): string | null {
  if (char < FIRST_NON_ASCII) return char;
  if (char === GREEK_MU) return null;
  let ascii = '';
  // Compatibility decomposition: é is e and an accent, ² is 2, ﬁ is fi, № is No.
  for (const part of char.normalize('NFKD')) {
    if (isMark(part)) continue;
    const spelled = part < FIRST_NON_ASCII ? part : FOLDED.get(part);
    if (spelled !== undefined) ascii += spelled;
    else if (isOfWord(part)) return null;
    else ascii += ' ';
  }
  return ascii;
}

/**
 * A capital that is spelled with several letters has one capital before a small letter: Ærø →
 * Aero.
 */
function matchCase(char: string, ascii: string, next: string | undefined): string {
  if (ascii.length < 2 || !isUpperCase(char)) return ascii;
  if (next === undefined || !isLowerCase(next)) return ascii;
  return ascii.charAt(0) + ascii.slice(1).toLowerCase();
}
