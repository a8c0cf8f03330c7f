/**
 * How likely words beyond ASCII are in an encoding and a language: the logarithm of a chance, so
 * that any two readings of the same bytes compare. It is given the tables, and loads none.
 */
import { remember } from '../base/remember.js';
import type { Language, MultiByteCandidate } from './languages.js';

/** How likely it is, and in what language: the sum over all bytes from 0x80, natural logarithm. */
export interface Judgement {
  readonly language: string;
  readonly logChance: number;
}

const UNDEFINED = '\ufffd';
/** Of the characters beyond ASCII in text, letters make up this share. */
const LETTER_SHARE = 0.9;
/** A letter of no use in the language: a name from elsewhere. */
const FOREIGN_LETTER = 0.0004;
const UPPER_CASE = 0.2;
const CASE_ANOMALY = 0.004;
const LONE_LETTER = 0.1;
/** Latin letters beyond ASCII seldom stand in pairs, and hardly ever in threes. */
const SECOND_IN_ROW = 0.3;
const THIRD_IN_ROW = 0.02;
const MIXED_SCRIPTS = 0.01;
/** No word begins with these, none ends with these, and these only end one. */
const NEVER_FIRST = /[ъьыЪЬЫ]/;
const NEVER_LAST = /σ/;
const ONLY_LAST = /[ςךםןףץ]/;
const MISPLACED = 0.02;
const SYMBOL_IN_WORD = 0.002;
const UNDEFINED_BYTE = 1e-6;

/** Signs that tables of data hold, with the share they make up beyond ASCII. */
const SYMBOLS: ReadonlyMap<string, number> = new Map([
  ...share('€°µ–’\u00a0', 0.015),
  ...share('£²³±½“”„«»…·№º', 0.006),
  ...share('‘—§×¼¾®©™ª•¿¡†‰', 0.0015),
]);
const OTHER_SYMBOL = 0.0001;
/** They may stand beside a letter as well as not. */
const MAY_TOUCH = /[’‘“”„«»\u00a0–—…·²³°ªºµ№®™¡¿•]/;
/** And these even between two. */
const MAY_JOIN = /[’‘·\u00a0–—…]/;

function share(characters: string, chance: number): (readonly [string, number])[] {
  return Array.from(characters, (char) => [char, chance] as const);
}

/**
 * The most likely language of `words` among `languages`, read by `table`, and how likely it is.
 *
 * @param table what the 256 bytes stand for, U+FFFD for nothing.
 * @param words bytes without spaces, commas and the like, each with one from 0x80.
 */
export function judgeSingleByte(
  words: readonly Uint8Array[],
  table: string,
  languages: readonly Language[],
): Judgement {
  const kinds = kindsOf(table);
  const counts = new Uint32Array(256);
  let context = 0;
  for (const word of words) {
    for (let i = 0; i < word.length; i++) {
      const byte = word[i]!;
      if (byte < 0x80) continue;
      counts[byte]! += 1;
      context += contextOf(word, i, kinds, table);
    }
  }
  let best: Judgement = { language: '', logChance: Number.NEGATIVE_INFINITY };
  for (const language of languages) {
    const chances = chancesOf(language);
    let logChance = context + language.prior;
    for (let byte = 0x80; byte < 256; byte++) {
      if (counts[byte] === 0) continue;
      const kind = kinds[byte]!;
      if (kind === KIND.other) continue;
      const chance = chanceOf(table[byte]!, chances);
      logChance += counts[byte]! * Math.log(LETTER_SHARE * chance);
    }
    if (logChance > best.logChance) best = { language: language.name, logChance };
  }
  return best;
}

const KIND = { other: 0, lower: 1, upper: 2, caseless: 3 } as const;

/** Of the 256 bytes. */
const kindsOf = remember((table: string) => Uint8Array.from(table, kindOf));

function kindOf(char: string): number {
  if (/[ªºµ]/.test(char) || !/[\p{L}\p{M}]/u.test(char)) return KIND.other;
  if (/\p{Lu}/u.test(char)) return KIND.upper;
  return char.toUpperCase() === char ? KIND.caseless : KIND.lower;
}

/** What the neighbours of a byte say, and the chance of a byte that is no letter. */
function contextOf(word: Uint8Array, i: number, kinds: Uint8Array, table: string): number {
  const char = table[word[i]!]!;
  const kind = kinds[word[i]!]!;
  const before = i > 0 ? kinds[word[i - 1]!]! : KIND.other;
  const after = i + 1 < word.length ? kinds[word[i + 1]!]! : KIND.other;
  if (kind === KIND.other) return symbolContext(char, before, after);
  const twoBefore = i > 1 ? kinds[word[i - 2]!]! : KIND.other;
  let chance = caseChance(kind, twoBefore, before, after);
  if (before === KIND.other && after === KIND.other) chance *= LONE_LETTER;
  if (before === KIND.other && NEVER_FIRST.test(char)) chance *= MISPLACED;
  if (after === KIND.other ? NEVER_LAST.test(char) : ONLY_LAST.test(char)) chance *= MISPLACED;
  if (scriptOf(char) !== LATIN) {
    const isOtherBefore =
      before !== KIND.other && scriptOf(table[word[i - 1]!]!) !== scriptOf(char);
    const isAsciiAfter = after !== KIND.other && word[i + 1]! < 0x80;
    if (isOtherBefore) chance *= MIXED_SCRIPTS;
    if (isAsciiAfter) chance *= MIXED_SCRIPTS;
  } else if (before !== KIND.other && word[i - 1]! >= 0x80) {
    const isThird = twoBefore !== KIND.other && word[i - 2]! >= 0x80;
    chance *= isThird ? THIRD_IN_ROW : SECOND_IN_ROW;
  }
  return Math.log(chance);
}

/** A capital begins a word or goes on among capitals; small letters follow one capital, not two. */
function caseChance(kind: number, twoBefore: number, before: number, after: number): number {
  if (kind === KIND.upper) {
    if (before === KIND.lower) return CASE_ANOMALY;
    if (before === KIND.upper) return after === KIND.lower ? CASE_ANOMALY : 1;
    return UPPER_CASE;
  }
  if (kind !== KIND.lower) return 1;
  let chance = after === KIND.upper ? CASE_ANOMALY : 1;
  if (before === KIND.upper && twoBefore === KIND.upper) chance *= CASE_ANOMALY;
  return chance;
}

function symbolContext(char: string, before: number, after: number): number {
  if (char === UNDEFINED || (char >= '\x80' && char <= '\x9f')) return Math.log(UNDEFINED_BYTE);
  const chance = SYMBOLS.get(char) ?? OTHER_SYMBOL;
  const touching = Number(before !== KIND.other) + Number(after !== KIND.other);
  if (touching === 2 && !MAY_JOIN.test(char)) return Math.log(chance * SYMBOL_IN_WORD);
  if (touching === 1 && !MAY_TOUCH.test(char)) return Math.log(chance * 0.05);
  return Math.log(chance);
}

const LATIN = 0;

/** The script of a letter: 0 for Latin, else one number for each block of 256. */
function scriptOf(char: string): number {
  const code = char.charCodeAt(0);
  return code < 0x250 || (code >= 0x1e00 && code < 0x1f00) ? LATIN : code >> 8;
}

const chancesOf = remember((language: Language): ReadonlyMap<string, number> => {
  const chances = new Map<string, number>();
  for (const [letters, classShare] of language.letters) {
    const each = Array.from(letters);
    for (const letter of each) {
      chances.set(letter, Math.max(classShare / each.length, chances.get(letter) ?? 0));
    }
  }
  return chances;
});

/** Capitals are listed only where their lower case is ASCII, as in Turkish. */
function chanceOf(letter: string, chances: ReadonlyMap<string, number>): number {
  return chances.get(letter) ?? chances.get(letter.toLowerCase()) ?? FOREIGN_LETTER;
}

/** Of a character that no list and no level has. */
const RARE_CHARACTER = 1e-6;
/** An ASCII byte that is part of a character would have been a letter elsewhere: 1 in 30. */
const ASCII_LETTER = Math.log(1 / 30);
/** Between letters of ASCII no ideograph stands. */
const IDEOGRAPH_IN_WORD = 0.02;
/** Half-width kana with a mark of their own, which stands after few; and what begins no word. */
const MARKED_KANA = /[\uff73\uff76-\uff84\uff8a-\uff8e]\uff9e|[\uff8a-\uff8e]\uff9f/;
const DEPENDENT_KANA = /[\uff67-\uff70\uff9e\uff9f]/;
const KANA_MARK = /[\uff9e\uff9f]/;
/** What no file should hold: undecodable, controls, and characters for private use. */
const UNREADABLE = /[\ufffd\ud800-\udfff\x80-\x9f\ue000-\uf8ff]/u;
const UNREADABLE_WORDS = 1 / 500;

/**
 * The chance of each character that a class or the first level of the standard has.
 *
 * @param everyday the characters of that level.
 */
export function characterChances(
  { level, classes }: MultiByteCandidate,
  everyday: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const chances = new Map<string, number>();
  for (const char of everyday) chances.set(char, level.share / everyday.size);
  for (const [characters, classShare] of classes) {
    const each = Array.from(new Set(characters));
    for (const char of each) chances.set(char, classShare / each.length);
  }
  return chances;
}

/**
 * How likely `words` are in a multi-byte encoding, or null when more than one in 500 of them does
 * not decode.
 *
 * @param decode of one word; U+FFFD for what is undecodable.
 * @param chances of each character: see `characterChances`.
 */
export function judgeMultiByte(
  words: readonly Uint8Array[],
  decode: (word: Uint8Array) => string,
  language: string,
  chances: ReadonlyMap<string, number>,
): Judgement | null {
  let unreadable = 0;
  let logChance = 0;
  for (const word of words) {
    const text = decode(word);
    if (UNREADABLE.test(text)) {
      unreadable += 1;
      logChance += Math.log(UNDEFINED_BYTE);
      if (unreadable > words.length * UNREADABLE_WORDS) return null;
      continue;
    }
    logChance += judgeText(text, word, chances);
  }
  return { language, logChance };
}

function judgeText(text: string, word: Uint8Array, chances: ReadonlyMap<string, number>): number {
  const characters = Array.from(text);
  let logChance = 0;
  let asciiBytes = 0;
  for (const byte of word) if (byte < 0x80) asciiBytes += 1;
  characters.forEach((char, i) => {
    if (char <= '\x7f') {
      asciiBytes -= 1;
      return;
    }
    logChance += Math.log(chances.get(char) ?? RARE_CHARACTER);
    const before = characters[i - 1] ?? '';
    const isMisplaced = KANA_MARK.test(char)
      ? !MARKED_KANA.test(before + char)
      : DEPENDENT_KANA.test(char) && before <= '\x7f';
    if (isMisplaced) logChance += Math.log(MISPLACED);
    const isBeside = isSmallLetter(characters[i - 1]) || isSmallLetter(characters[i + 1]);
    if (isBeside) logChance += Math.log(IDEOGRAPH_IN_WORD);
  });
  return logChance - asciiBytes * ASCII_LETTER;
}

function isSmallLetter(char: string | undefined): boolean {
  return char !== undefined && char >= 'a' && char <= 'z';
}
