/** What recipes are refused for: the place, what was found there, and what to do. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodeOfError } from '../../src/cli/exit-codes.js';
import { refusalIn } from '../support/load-recipe.js';
import { makeTempFolder } from '../support/temp-folder.js';

const DOCS = 'See docs/recipes.md.';
const QUOTES = 'Texts with special characters go into quotes.';
const FILES = "Write match: 'bank/*.csv', and beside it the keys for these files.";
const NO_TAGS = 'Recipes have no tags: leave it out.';
const folder = makeTempFolder();

function refusal(text: string | Uint8Array, name = 'r.yaml'): string {
  return refusalIn(folder, { [name]: text });
}

describe('a recipe is refused', () => {
  const cases: readonly (readonly [string, place: string, message: string, remedy: string])[] = [
    ['wher: a', '1:1', 'there is no key "wher"', 'Did you mean where?'],
    ['where: a\nwhrkers: 3', '2:1', 'there is no key "whrkers"', 'Did you mean workers?'],
    ['out-dir: a', '1:1', 'there is no key "out-dir"', 'Write outDir.'],
    ['no-headers: true', '1:1', 'there is no key "no-headers"', 'Write headers: false.'],
    ['xyzzy: 1', '1:1', 'there is no key "xyzzy"', DOCS],
    ['__proto__: 1', '1:1', 'there is no key "__proto__"', DOCS],
    ['constructor: 1', '1:1', 'there is no key "constructor"', DOCS],
    ['recipe: a.yaml', '1:1', '"recipe" is no key of recipes', 'Write extends.'],
    [
      'printConfig: true',
      '1:1',
      '"printConfig" is no key of recipes',
      'Give --print-config on the command line.',
    ],
    ['workers: many', '1:10', 'workers many: expected auto or a whole number from 0 to 1024', DOCS],
    [
      'workers:\n  - 1',
      '2:3',
      'workers ["1"]: expected auto or a whole number from 0 to 1024',
      DOCS,
    ],
    ['workers: null', '1:10', 'workers null: expected auto or a whole number from 0 to 1024', DOCS],
    ['headers: maybe', '1:10', 'headers maybe: expected true or false', DOCS],
    ['where: [a, b]', '1:8', 'where ["a","b"]: expected a text', DOCS],
    ['select: {a: b}', '1:9', 'select {"a":"b"}: expected a text', DOCS],
    ['select: [a, null]', '1:9', 'select null: expected a text', DOCS],
    ['max: {v: much}', '1:6', 'max.v much: expected a number', DOCS],
    ['rename: {a: ""}', '1:9', 'rename.a "": expected a text that is not empty', DOCS],
    ['derive: {a: }', '1:9', 'derive.a null: expected a text', DOCS],
    [
      'comment: #',
      '1:10',
      '"comment" has no value',
      'Leave it out, or put special characters such as # in quotes.',
    ],
    ['- where: a', '1:1', 'a recipe is a map from keys to values', 'Write key: value.'],
    ['just a text', '1:1', 'a recipe is a map from keys to values', 'Write key: value.'],
    [
      'columns: [a]',
      '1:10',
      '"columns" is a map from column to rules',
      'Write amount: { numbers: auto }.',
    ],
    [
      'columns: {a: auto}',
      '1:14',
      'the rules of column "a" are a map',
      'Write numbers: auto, or another rule.',
    ],
    ['columns: {a: {number: auto}}', '1:15', 'there is no rule "number"', 'Did you mean numbers?'],
    [
      'columns: {a: {unicode: nfd}}',
      '1:24',
      'columns.a.unicode nfd: expected one of nfc, nfkc, off',
      DOCS,
    ],
    [
      'files: {match: a}',
      '1:8',
      '"files" is a list',
      "Write - match: 'bank/*.csv', and below it the keys for these files.",
    ],
    ['files: [a]', '1:9', 'an entry of "files" is a map', FILES],
    ['files: [{delimiter: x}]', '1:9', 'an entry of "files" says which it is about', FILES],
    ['files: [{match: ""}]', '1:17', 'match "": expected a text that is not empty', DOCS],
    ['files: [{match: []}]', '1:17', 'nothing to match', FILES],
    ...['workers', 'outDir', 'outlierScope', 'extends', 'files', 'json'].map(
      (key) =>
        [
          `files: [{match: a, ${key}: x}]`,
          '1:20',
          `"${key}" is of the whole run, not of some of its files`,
          'Put it at the top.',
        ] as const,
    ),
    [
      'files: [{match: a, delimeter: x}]',
      '1:20',
      'there is no key "delimeter"',
      'Did you mean delimiter?',
    ],
    ['preset: strickt', '1:9', 'there is no preset "strickt"', 'Did you mean strict?'],
    [
      'preset: [as-is, x]',
      '1:17',
      'there is no preset "x"',
      'There are strict, as-is, typed, excel.',
    ],
    ['preset: {a: b}', '1:9', 'preset {"a":"b"}: expected a text', DOCS],
    ['extends: ""', '1:10', 'extends "": expected a text that is not empty', DOCS],
    ['a: 1\na: 2', '2:1', 'not valid YAML: map keys must be unique', 'Keep one.'],
    ['1: a\n"1": b', '2:1', 'the key "1" stands there twice', 'Keep one.'],
    ['? [a]\n: b', '1:3', 'found a key that is no text', 'Put it in quotes.'],
    ['where: !!str a', '1:14', 'found the tag tag:yaml.org,2002:str', NO_TAGS],
    ['where: !js/function "x"', '1:21', 'found the tag !js/function', NO_TAGS],
    ['where: *a', '1:8', 'nothing is named &a', 'Name it before it is used.'],
    [
      'where: a == "x: y"',
      '1:8',
      'not valid YAML: nested mappings are not allowed in compact mappings',
      QUOTES,
    ],
    ['where: "a', '1:10', 'not valid YAML: missing closing "quote', QUOTES],
    ['a:\n\tb: 1', '2:1', 'not valid YAML: tabs are not allowed as indentation', QUOTES],
  ];
  test.each(cases)('%j', (text, place, message, remedy) => {
    const [head, second] = refusal(text).split('\n  ');
    const match = /^BAD_RECIPE r\.yaml:(\d+:\d+): (.*[^.?!])[.]?$/.exec(head!);
    expect([match?.[1], match?.[2], second]).toEqual([place, message, remedy]);
  });

  test('when it holds two documents', () => {
    expect(refusal('where: a\n---\nwhere: b')).toMatch(
      /^BAD_RECIPE r\.yaml:2:1: not valid YAML: .*\n {2}Keep one document in a file\.$/,
    );
  });

  test('when it is read before any work, with the exit code of wrong usage', () => {
    expect(exitCodeOfError('BAD_RECIPE')).toBe(2);
  });

  test('when it is no text', () => {
    expect(refusal(Uint8Array.of(0x61, 0x3a, 0x20, 0xff))).toBe(
      'BAD_RECIPE r.yaml: it is not UTF-8.\n  Save it as UTF-8.',
    );
    expect(refusal(Buffer.from('where: a', 'utf16le'))).toMatch(/^BAD_RECIPE r\.yaml/);
  });

  test('when it is too large', () => {
    expect(refusal(`# ${'x'.repeat(2 ** 20)}\n`)).toBe(
      'BAD_RECIPE r.yaml: a recipe has at most 1 MB.\n  Is it the file you meant?',
    );
  });

  test('when it is not there, or a folder', () => {
    expect(refusalIn(folder, {}, { recipe: 'none.yaml' })).toBe(
      'BAD_RECIPE none.yaml: cannot read: no such file or folder.\n' +
        '  Check the path; it may have vanished.',
    );
    mkdirSync(join(folder, 'd.yaml'));
    expect(refusalIn(folder, {}, { recipe: 'd.yaml' })).toBe(
      'BAD_RECIPE d.yaml: cannot read: it is a folder.\n  Name a file.',
    );
  });

  test('when it is JSON that others could not read', () => {
    expect(refusal('{"where": "a",}', 'r.json')).toMatch(
      /^BAD_RECIPE r\.json:1:15: not valid JSON: .*\n {2}Mend it, or rename it to \.yaml\.$/,
    );
    expect(refusal('where: a', 'r.json')).toMatch(/^BAD_RECIPE r\.json.*not valid JSON: /);
  });
});

describe('a recipe that is made to hang or to break its reader is refused', () => {
  test('when few lines stand for billions', () => {
    const laughs = Array.from({ length: 12 }, (_, i) => {
      const list = Array.from({ length: 9 }, () => (i === 0 ? 'lol' : `*a${i - 1}`)).join(', ');
      return `a${i}: &a${i} [${list}]`;
    });
    expect(refusal(laughs.join('\n'))).toMatch(
      /^BAD_RECIPE r\.yaml:\d+:\d+: it holds more than 100000 values/,
    );
  });

  test('when an alias stands in what it is the name of', () => {
    expect(refusal('select: &a [*a]')).toMatch(/^BAD_RECIPE r\.yaml:1:\d+: .* more than 32 deep/);
    expect(refusal('columns: &a {x: *a}')).toMatch(
      /^BAD_RECIPE r\.yaml:1:\d+: .* more than 32 deep/,
    );
  });

  test.each([
    ['lists', '['.repeat(500_000)],
    ['maps', '{a: '.repeat(200_000)],
    ['items', '- '.repeat(300_000)],
    ['keys', '? '.repeat(300_000)],
    ['lines', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('when %s nest without end', (_, text) => {
    expect(refusal(text)).toMatch(/values are nested more than 32 deep/);
  });

  test('when a hundred thousand aliases name one thing', () => {
    const many = Array.from({ length: 100_001 }, () => '*a').join(',');
    expect(refusal(`base: &a x\nselect: [${many}]`)).toMatch(/it holds more than 100000 values/);
  });
});
