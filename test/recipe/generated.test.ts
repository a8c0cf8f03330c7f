/**
 * What is made of the option table and committed: the schema for editors, and the tables of
 * `docs/recipes.md`. UPDATE_RECIPES=1 writes them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { BUILT_COLUMN_RULES, COLUMN_RULE_TABLE } from '../../src/options/column-rule-table.js';
import { PER_FILE_KEYS } from '../../src/options/file-options.js';
import type { OptionSpec } from '../../src/options/option-spec.js';
import { OPTION_TABLE } from '../../src/options/option-table.js';
import { PRESETS } from '../../src/recipe/presets.js';
import { OPTION_KEYS, readRecipe } from '../../src/recipe/read-recipe.js';
import { readYaml } from '../../src/recipe/read-yaml.js';
import { recipeSchema } from '../../src/recipe/recipe-schema.js';
import { resolveRecipe } from '../../src/recipe/resolve-recipe.js';
import { yamlText } from '../../src/report/yaml-text.js';

const SCHEMA = 'schema.json';
const DOCS = 'docs/recipes.md';
const HOW = 'UPDATE_RECIPES=1 npx vitest run test/recipe/generated.test.ts';
const isUpdating = process.env.UPDATE_RECIPES === '1';

const specs = new Map<string, OptionSpec<unknown>>(Object.entries(OPTION_TABLE));

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function keyRows(): readonly string[] {
  return OPTION_KEYS.map((key) => {
    const { flags, byDefault, defaultText, help } = specs.get(key)!;
    const flag = /--[a-z-]+/.exec(flags ?? '')?.[0];
    const value = yamlText(defaultText ?? byDefault);
    const shown = flag === undefined ? '' : `\`${flag}\``;
    // The help of a switch that turns something off is about that.
    const described = flag?.startsWith('--no-') ? `false: ${help}` : help;
    const inFiles = PER_FILE_KEYS.includes(key) ? 'yes' : '';
    return `| \`${key}\` | ${shown} | \`${cell(value)}\` | ${cell(described)} | ${inFiles} |`;
  });
}

function ruleRows(): readonly string[] {
  const rules = Object.entries(COLUMN_RULE_TABLE).filter(([rule]) =>
    (BUILT_COLUMN_RULES as ReadonlySet<string>).has(rule),
  );
  return rules.map(([rule, { help }]) => `| \`${rule}\` | ${cell(help)} |`);
}

function presetRows(): readonly string[] {
  return [...PRESETS].map(([name, { help, settings }]) => {
    const says = [...settings].map(([key, value]) => `\`${key}: ${value}\``).join(', ');
    return `| \`${name}\` | ${help} | ${says} |`;
  });
}

function withRows(text: string, name: string, rows: readonly string[]): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  return `${before}\n${rows.map((row) => `${row}\n`).join('')}${text.slice(text.indexOf(end))}`;
}

describe('what is made of the option table', () => {
  test('is in schema.json', () => {
    const wanted = `${JSON.stringify(recipeSchema(), null, 2)}\n`;
    if (isUpdating) writeFileSync(SCHEMA, wanted);
    expect(readFileSync(SCHEMA, 'utf8') === wanted, HOW).toBe(true);
  });

  test('is in docs/recipes.md', () => {
    const text = readFileSync(DOCS, 'utf8');
    const tables = [
      ['presets', presetRows()],
      ['rules', ruleRows()],
      ['keys', keyRows()],
    ] as const;
    const wanted = tables.reduce((all, [name, rows]) => withRows(all, name, rows), text);
    if (isUpdating) writeFileSync(DOCS, wanted);
    expect(readFileSync(DOCS, 'utf8') === wanted, HOW).toBe(true);
  });
});

/** Values of every shape, as YAML. */
const POOL = [
  ...['auto', 'off', 'none', 'x', 'a,b', '""', '5', '0', '-1', '0.5', 'true', 'false', 'null'],
  ...['100000000', '"5"', '1e3', '[]', '[a, b]', '[1, 2]', '[true]', '[null]', '[[a]]', '{}'],
  ...['{ a: 1 }', '{ a: b }', '{ a: null }', '{ a: [b] }', '[{ from: a, to: b }]', '[{ a: b }]'],
  ...['[{ column: a, limit: 1 }]', '[{ match: a }]', '10%', '16MB', '200x', 'a=b', 'a=1', 'a = b'],
  ...['iqr:3', 'percentile:1,99', 'gz', 'pad', 'snake', 'file', 'drop', 'fast', 'always', 'text'],
  ...['github', 'strict', '"#"', 'utf-8', '[strict, as-is]', '{ decimal: "," }', '{ down: true }'],
  ...['2024-12-31', 'DD.MM.YYYY', 'nfc', 'upper', 'reject', 'integer', '[a=1, b=2]', '[a=b]'],
];

/** How a number is written is not seen by a schema. */
const UNSEEN = ['1e3', '"5"', '16MB'];

/** What can be said no better in a schema than by the one reader: texts of a certain form. */
const LOOSE = [
  ...['delimiter', 'outDelimiter', 'quote', 'escape', 'encoding', 'comment', 'prefix', 'backup'],
  ...['select', 'drop', 'outlierColumns', 'outlierExclude', 'groupBy', 'min', 'max', 'outliers'],
  ...['maxRejects', 'timeout', 'derive', 'extends', 'nulls', 'dates', 'pattern', 'rename'],
];

describe('the schema', () => {
  const ajv = new Ajv({ allowUnionTypes: true, strict: true });
  const validate = ajv.compile(recipeSchema());
  const isValid = (text: string): boolean => validate(parse(text));
  const loads = (text: string): boolean => {
    try {
      const node = readYaml(text, { path: 'r.yaml', hasLines: true })!;
      resolveRecipe(readRecipe(node, '/'), null, '/');
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'BAD_RECIPE' });
      return false;
    }
  };

  /** What is loaded is valid; what is not is valid only where words do not reach. */
  const agree = (name: string, textOf: (value: string) => string): void => {
    for (const value of POOL) {
      const text = textOf(value);
      const isTaken = loads(text);
      const isLoose = LOOSE.includes(name) || UNSEEN.includes(value);
      if (isTaken || !isLoose) expect([text, isValid(text)]).toEqual([text, isTaken]);
    }
  };

  test.each([...OPTION_KEYS, 'preset', 'columns', 'files'])(
    'of %s takes what is loaded, and little else',
    (key) => agree(key, (value) => `${key}: ${value}\n`),
  );

  test.each([...BUILT_COLUMN_RULES])('of the rule %s takes what is loaded', (rule) => {
    agree(rule, (value) => `columns: { a: { ${rule}: ${value} } }\n`);
  });

  test.each([
    'wher: a',
    'recipe: a.yaml',
    '__proto__: 1',
    'files: [{ delimiter: x }]',
    'files: [{ match: a, workers: 1 }]',
    'files: [{ match: a, files: [] }]',
    'columns: { a: { number: auto } }',
    '- a',
  ])('refuses what is no recipe: %s', (text) => {
    expect([isValid(text), loads(text)]).toEqual([false, false]);
  });

  test('takes the example of the documentation', () => {
    const example = /```yaml\n(.*?)```/s.exec(readFileSync(DOCS, 'utf8'))![1]!;
    expect([isValid(example), loads(example)]).toEqual([true, true]);
  });
});
