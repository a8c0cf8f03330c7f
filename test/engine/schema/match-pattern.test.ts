/** Patterns against JavaScript's own regular expressions, and where these would take for ever. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createMatcher,
  MAX_MATCHED_LENGTH,
  MAX_PATTERN_STATES,
} from '../../../src/engine/schema/match-pattern.js';
import { MAX_PATTERN_LENGTH } from '../../../src/engine/schema/parse-pattern.js';

const seed = Number(process.env.SEED ?? 20_261_130);

const ATOMS = [
  ...[
    'a',
    'b',
    'é',
    '😀',
    '.',
    '\\d',
    '\\w',
    '\\s',
    '\\W',
    '\\.',
    '\\u00e9',
    '\\u{1F600}',
    '\\x61',
  ],
  ...['[ab]', '[^a]', '[a-c\\d]', '[\\]\\-^]', '\\p{L}', '\\P{Lu}', '\\t', '\\uD83D\\uDE00', '-'],
  ...['^', '$', '\\b', '\\B', '\\/', '\\(', '[.]', '[(|)]'],
];
const QUANTIFIERS = ['', '', '', '*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '+?', '??', '{2,3}?'];

const term = fc.tuple(fc.constantFrom(...ATOMS), fc.constantFrom(...QUANTIFIERS)).map(quantify);

/** Alternatives of what `part` gives. */
function choices(part: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const sequence = fc.array(part, { maxLength: 3 }).map((all) => all.join(''));
  return fc.array(sequence, { minLength: 1, maxLength: 2 }).map((all) => all.join('|'));
}

/** Groups one in the other at most: in more, JavaScript itself may look for too long. */
const group = fc
  .tuple(choices(term), fc.constantFrom('(', '(?:', '(?<n>'), fc.constantFrom(...QUANTIFIERS))
  .map(([inside, open, quantifier]) => `${open}${inside})${quantifier}`);
const pattern = choices(fc.oneof(term, term, group));

/** An assertion takes no quantifier. */
function quantify([atom, quantifier]: readonly [string, string]): string {
  return ['^', '$', '\\b', '\\B'].includes(atom) ? atom : atom + quantifier;
}

const TEXT_PIECES = ['a', 'b', 'c', '1', '7', ' ', '\n', '-', '.', 'é', 'É', '😀', '(', ']', '\t'];
const texts = fc.array(fc.constantFrom(...TEXT_PIECES), { maxLength: 8 });

test('finds what JavaScript finds, in random texts by random patterns', () => {
  const seen = { found: 0, not: 0, refused: 0 };
  fc.assert(
    fc.property(pattern, fc.array(texts, { minLength: 5, maxLength: 5 }), (source, drawn) => {
      let own: RegExp;
      try {
        own = new RegExp(source, 'u');
      } catch {
        // A group's name twice.
        expect(() => createMatcher(source)).toThrow(expect.objectContaining({ code: 'USAGE' }));
        seen.refused++;
        return;
      }
      const matches = createMatcher(source);
      for (const text of drawn.map((pieces) => pieces.join(''))) {
        const expected = own.test(text);
        expect(matches(text), `/${source}/u in ${JSON.stringify(text)}`).toBe(expected);
        if (expected) seen.found++;
        else seen.not++;
      }
    }),
    { seed, numRuns: 1500 },
  );
  expect(Math.min(seen.found, seen.not)).toBeGreaterThan(500);
});

describe('a pattern that others take for ever', () => {
  test.each(['(a+)+$', '^(a|a)*$', '(a|aa)+$', '(.*a){12}$', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    '%s is not found in 50 kB of it, soon',
    (source) => {
      const startMs = performance.now();
      expect(createMatcher(source)(`${'a'.repeat(50_000)}!`)).toBe(false);
      expect(performance.now() - startMs).toBeLessThan(5000);
    },
  );
});

describe('a pattern is refused', () => {
  const refusals: readonly (readonly [source: string, message: string])[] = [
    ['(?=a)b', 'pattern (?=a)b: look-around is not read'],
    ['(?<!a)b', 'pattern (?<!a)b: look-around is not read'],
    ['(a)\\1', 'pattern (a)\\1: a back-reference is not read'],
    ['(?<x>a)\\k<x>', 'pattern (?<x>a)\\k<x>: a back-reference is not read'],
    ['(a', 'pattern (a: unterminated group'],
    ['(a{99}){99}', `written out it has more than ${MAX_PATTERN_STATES} states`],
    ['a{9999999}', `written out it has more than ${MAX_PATTERN_STATES} states`],
    ['x'.repeat(MAX_PATTERN_LENGTH + 1), `it is longer than ${MAX_PATTERN_LENGTH} characters`],
  ];
  test.each(refusals)('%s', (source, message) => {
    expect(() => createMatcher(source)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
    );
  });
});

test.each(['(){999999999}', '((){99999}){99999}a$'])(
  'nothing, however often it is repeated, takes no time: %s',
  (source) => {
    const startMs = performance.now();
    expect(createMatcher(source)('a')).toBe(true);
    expect(performance.now() - startMs).toBeLessThan(1000);
  },
);

test('a text longer than the limit matches nothing', () => {
  const matches = createMatcher('^a*$');
  expect(matches('a'.repeat(MAX_MATCHED_LENGTH))).toBe(true);
  expect(matches('a'.repeat(MAX_MATCHED_LENGTH + 1))).toBe(false);
});
