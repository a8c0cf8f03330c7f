/** Words for true and false, in pairs; which pair a column has is for the column to say. */
import { type BitKind, NOTHING } from './bits.js';

const PAIRS: readonly (readonly [yes: string, no: string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
  ['ja', 'nein'],
  ['j', 'n'],
  ['oui', 'non'],
  ['o', 'n'],
  ['sí', 'no'],
  ['si', 'no'],
  ['s', 'n'],
  ['sim', 'não'],
  ['wahr', 'falsch'],
  ['vrai', 'faux'],
  ['verdadero', 'falso'],
  ['vero', 'falso'],
  ['ja', 'nee'],
];

export const FORMATTED = 1 << 20;
export const SAYS_TRUE = 1 << 21;
export const SAYS_FALSE = 1 << 22;
/** A letter alone may be any code: a column of these must have both. */
export const IS_LETTER = 1 << 23;

export const TRUTHS: BitKind = {
  readings: (1 << PAIRS.length) - 1,
  dimensions: [],
  features: FORMATTED | SAYS_TRUE | SAYS_FALSE | IS_LETTER,
};

const bitsByWord = new Map<string, number>();
PAIRS.forEach((pair, i) => {
  pair.forEach((word, isFalse) => {
    const bits = (1 << i) | (isFalse === 1 ? SAYS_FALSE : SAYS_TRUE);
    const letter = word.length === 1 ? IS_LETTER : 0;
    bitsByWord.set(word, (bitsByWord.get(word) ?? 0) | bits | letter);
  });
});

const LONGEST_WORD = Math.max(...[...bitsByWord.keys()].map((word) => word.length));

/** The bits of a text that is neither missing nor a token; `NOTHING` when it is no such word. */
export function truthBits(text: string): number {
  if (text.length > LONGEST_WORD) return NOTHING;
  const bits = bitsByWord.get(text.toLowerCase()) ?? NOTHING;
  return bits === NOTHING || text === 'true' || text === 'false' ? bits : bits | FORMATTED;
}

/** `true` or `false` for a word of any pair. */
export function truthOf(text: string): string {
  return (truthBits(text) & SAYS_TRUE) !== 0 ? 'true' : 'false';
}

/** The pairs with these bits, for people: `ja/nein`. */
export function namePairs(bits: number): string {
  return PAIRS.filter((_, i) => (bits & (1 << i)) !== 0)
    .map((pair) => pair.join('/'))
    .join(' or ');
}
