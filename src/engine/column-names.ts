/**
 * Cleans the header: one name of letters, digits and one separator a column, none twice.
 * It stands in the engine because expressions, guards and outputs all speak of cleaned names; it
 * refuses to know renames (their targets are final), the other cells and where a header came from.
 */
import { wordPattern } from '../base/word-pattern.js';
import { foldToAscii, isLowerCase, isUpperCase } from './ascii-fold.js';
import type { NameCase } from './rules.js';

/**
 * Vanish without parting what stands around them: apostrophes and characters that are never drawn.
 */
const vanishing = wordPattern(
  String.raw`['\u2018\u2019\u02bc\uff07\u00b4\p{Default_Ignorable_Code_Point}\p{Cf}]`,
  'g',
);

/** Runs of what is neither letter nor digit; marks belong to the letters they stand on. */
const separators = wordPattern(String.raw`[^\p{L}\p{M}\p{N}]+`);

const digit = wordPattern(String.raw`^[\p{N}]`);
const MU = '\u03bc';

/** Up to here a piece is a unit or an abbreviation, and stays whole: kWh, pH, mL, PhD, IDs. */
const UNSPLIT_LENGTH = 3;

/**
 * The cleaned, unique names of a header, in order and of the same count.
 *
 * Each name is trimmed, written in ASCII where its letters allow (`foldToAscii`), `%`, `#` and `&`
 * spelled out, cut into words at everything that is neither letter nor digit, and joined as
 * `nameCase` says. A leading digit gets an `x`; a name without a word is `column_3`, by its place
 * from 1; then `makeUnique`. What each case makes of ` VendorID (Größe %)`:
 *
 * - snake `vendor_id_grosse_percent` · const `VENDOR_ID_GROSSE_PERCENT`
 * - kebab `vendor-id-grosse-percent`
 * - camel `vendorIdGrossePercent` · pascal `VendorIdGrossePercent`
 * - lower `vendorid_grosse_percent`: as snake, without splitting words at capitals
 * - preserve `VendorID_Grosse_percent`: as lower, but letters keep their case
 *
 * Never throws, whatever the strings hold. Names that came out of it stay as they are, but
 * for short words in camel and pascal (`a B` → `aB`, which reads as one word like `pH`).
 */
export function cleanColumnNames(originals: readonly string[], nameCase: NameCase): string[] {
  const names = originals.map((original, index) => cleanName(original, index + 1, nameCase));
  return makeUnique(names, JOINT_BEFORE_NUMBER.get(nameCase));
}

/** Between a name and its number, so that the case makes nothing else of it: `a-2`, `a2`. */
const JOINT_BEFORE_NUMBER: ReadonlyMap<NameCase, string> = new Map([
  ['kebab', '-'],
  ['camel', ''],
  ['pascal', ''],
]);

/**
 * The same names, each only once: the first of equals keeps its name, later ones get `_2`, `_3`, …,
 * passing over any name that another column has by itself: `a, a, a_2` → `a, a_3, a_2`.
 * @param joint between a name and its number.
 */
export function makeUnique(names: readonly string[], joint = '_'): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  // The suffix to try next, so that many equal names do not count from 2 each time.
  const nextSuffix = new Map<string, number>();
  return names.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let suffix = nextSuffix.get(name) ?? 2;
    while (taken.has(`${name}${joint}${suffix}`)) suffix += 1;
    nextSuffix.set(name, suffix + 1);
    const unique = `${name}${joint}${suffix}`;
    taken.add(unique);
    return unique;
  });
}

/**
 * The lower-case words of a name, as snake case joins them: `tripDistanceKM` → `trip`, `distance`,
 * `km`. May be empty. A leading digit has no `x` here: `2019 Sales` → `2019`, `sales`.
 */
export function toSnakeWords(name: string): string[] {
  return splitAtSeparators(name).flatMap(splitAtCapitals).map(toLower).map(foldMicro);
}

/** One cleaned name, not yet unique; `position` counts from 1. */
function cleanName(original: string, position: number, nameCase: NameCase): string {
  const words = wordsFor(original, nameCase);
  if (words.length === 0) words.push('column', String(position));
  if (beginsWithDigit(words[0]!)) words[0] = `x${words[0]}`;
  // Upper case may take composed letters apart.
  return joinWords(words, nameCase).normalize('NFC');
}

function wordsFor(original: string, nameCase: NameCase): string[] {
  if (nameCase === 'preserve') return splitAtSeparators(original).map(foldMicro);
  if (nameCase === 'lower') return splitAtSeparators(original).map(toLower).map(foldMicro);
  return toSnakeWords(original);
}

function joinWords(words: readonly string[], nameCase: NameCase): string {
  switch (nameCase) {
    case 'kebab':
      return words.join('-');
    case 'const':
      return words.join('_').toUpperCase();
    case 'camel':
      return words.map((word, index) => (index === 0 ? word : capitalise(word))).join('');
    case 'pascal':
      return words.map(capitalise).join('');
    default:
      return words.join('_');
  }
}

/** The pieces between separators, in ASCII where possible, their case as it was; none is empty. */
function splitAtSeparators(name: string): string[] {
  const text = foldToAscii(name.replace(vanishing(name), ''))
    .replaceAll('%', ' percent ')
    .replaceAll('#', ' number ')
    .replaceAll('&', ' and ');
  return text.split(separators(text)).filter((piece) => piece !== '');
}

/**
 * A piece cut before each capital that begins a word: after a small letter (`vendor|ID`), or
 * before one when it ends a run of capitals (`HTTP|Status`); the s of a plural (`vendor|IDs`) ends
 * no run.
 */
function splitAtCapitals(piece: string): string[] {
  const chars = [...piece];
  if (chars.length <= UNSPLIT_LENGTH) return [piece];
  const words: string[] = [];
  let word = '';
  // A digit goes with the letter before it, at the start with capitals: utf8|ID, CO2|Level, H2O.
  let afterLower = false;
  for (const [index, char] of chars.entries()) {
    if (index > 0 && isUpperCase(char) && (afterLower || beginsWord(chars, index))) {
      words.push(word);
      word = '';
    }
    word += char;
    if (!beginsWithDigit(char)) afterLower = isLowerCase(char);
  }
  words.push(word);
  return words;
}

/**
 * Whether the capital at `index` is followed by small letters that are more than the s of a
 * plural.
 */
function beginsWord(chars: readonly string[], index: number): boolean {
  const next = chars[index + 1];
  if (next === undefined || !isLowerCase(next)) return false;
  const afterNext = chars[index + 2];
  const isPlural = next === 's' && (afterNext === undefined || !isLowerCase(afterNext));
  return !isPlural;
}

/**
 * Lower case may bring letters that compose with their marks, which normal form C puts together.
 */
function toLower(word: string): string {
  return word.toLowerCase().normalize('NFC');
}

/** Mu as micro, `μg` → `ug`, unless the word is Greek; the micro sign itself was folded before. */
function foldMicro(word: string): string {
  if (!word.includes(MU) || /(?!\u03bc)\p{Script=Greek}/u.test(word)) return word;
  return word.replace(/\u03bc\p{M}*/gu, 'u');
}

function beginsWithDigit(text: string): boolean {
  return digit(text).test(text);
}

function capitalise(word: string): string {
  const [first = '', ...rest] = [...word];
  return first.toUpperCase() + rest.join('');
}
