/** Texts of recipes: what is printed reads back, and what is junk is refused as such. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readYaml } from '../../src/recipe/read-yaml.js';
import { plainValue, type RecipeNode } from '../../src/recipe/recipe-node.js';
import { yamlText } from '../../src/report/yaml-text.js';

const ORIGIN = { path: 'r.yaml', hasLines: true };
const RUNS = { numRuns: 300, ...(process.env.SEED && { seed: Number(process.env.SEED) }) };

function read(text: string): unknown {
  const node = readYaml(text, ORIGIN);
  return node === null ? null : plainValue(node);
}

/** As a recipe has them: maps, and every scalar but null as text. */
function asRead(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asRead);
  if (typeof value !== 'object' || value === null) return value === null ? null : String(value);
  return new Map(Object.entries(value).map(([key, one]) => [key, asRead(one)]));
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'null',
    '~',
    'Null',
    'true',
    '007',
    '1e3',
    '.inf',
    '- a',
    '#',
    'a: b',
    ' a ',
    '…',
  ),
  fc.constantFrom(
    '---',
    '...',
    '%a',
    '&a',
    '*a',
    '!a',
    '`',
    '@',
    '? a',
    '| a',
    "'",
    '"',
    '\\',
    '=',
  ),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, text, fc.integer(), fc.boolean(), tie('list'), tie('map')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(text, tie('any'), { maxKeys: 4 }),
})).any;

describe('readYaml', () => {
  test('reads JSON, however it is indented', () => {
    const indent = fc.constantFrom('', '  ', '\t');
    fc.assert(
      fc.property(value, indent, (one, by) => {
        expect(read(JSON.stringify({ key: one }, null, by))).toEqual(asRead({ key: one }));
      }),
      RUNS,
    );
  });

  test('reads the YAML of others', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(read(stringify({ key: one }))).toEqual(asRead({ key: one }));
      }),
      RUNS,
    );
  });

  test('reads what yamlText prints, in lists and maps as well', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(read(`key: ${yamlText(one)} # from there\n`)).toEqual(asRead({ key: one }));
      }),
      RUNS,
    );
  });

  test('refuses junk as a bad recipe, and in no other way', () => {
    const signs = fc.constantFrom(...'abc:-?[]{}&*!|>\'"%@`#,\n\t 0~<=.');
    fc.assert(
      fc.property(fc.oneof(fc.array(signs, { maxLength: 60 }), fc.array(text)), (parts) => {
        try {
          read(parts.join(''));
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_RECIPE' });
        }
      }),
      { ...RUNS, numRuns: 3000 },
    );
  });

  test('follows aliases, each to the last of its name before it', () => {
    const yaml = 'a: &x [1, 2]\nb: *x\nc: &x { d: e }\nf: *x\n';
    expect(read(yaml)).toEqual(asRead({ a: [1, 2], b: [1, 2], c: { d: 'e' }, f: { d: 'e' } }));
  });

  test('says where each value stands', () => {
    const node = readYaml('a: 1\nb:\n  - c\n  - d: e\n', ORIGIN);
    const places: string[] = [];
    const walk = (one: RecipeNode): void => {
      const { line, character } = one.place;
      if (one.kind === 'scalar') places.push(`${one.text} ${line}:${character}`);
      else if (one.kind === 'list') one.items.forEach(walk);
      else for (const entry of one.entries) walk(entry.value);
    };
    walk(node!);
    expect(places).toEqual(['1 1:4', 'c 3:5', 'e 4:8']);
  });
});
