/** What lies over what: defaults, presets, recipes, environment, --set and flags. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/program.js';
import { OPTION_TABLE } from '../../src/options/option-table.js';
import type { OptionInput } from '../../src/options/options.js';
import { parseOptions } from '../../src/options/parse-options.js';
import { describeOrigin } from '../../src/recipe/describe-origin.js';
import { type Layer, stack } from '../../src/recipe/layer.js';
import { PRESETS } from '../../src/recipe/presets.js';
import { loadIn, type RecipeRequest, refusalIn } from '../support/load-recipe.js';
import { tempFolder } from '../support/temp-folder.js';
import { withoutFolder } from '../support/without-folder.js';

type Recipes = Readonly<Record<string, string>>;

function load(files: Recipes, request: RecipeRequest = {}) {
  return loadIn(tempFolder(), files, request);
}

function givenBy(...args: readonly string[]): OptionInput {
  const request = parseArguments(args, '0.0.0');
  return request.kind === 'clean' ? request.given : {};
}

/** Where the value of `key` is from. */
function originOf(key: string, files: Recipes, request: RecipeRequest = {}): string {
  const folder = tempFolder();
  const given = loadIn(folder, files, request).layer.settings.get(key);
  return given === undefined ? 'default' : withoutFolder(describeOrigin(given.origin), folder);
}

describe('an empty recipe', () => {
  test.each(['', '# nothing yet\n', '---\n', '{}', '\ufeff', 'columns:\nfiles:\n'])(
    '%j means the defaults',
    (text) => {
      expect(load({ 'r.yaml': text }).options).toEqual(parseOptions({}));
    },
  );

  test('may be JSON', () => {
    expect(load({ 'r.json': '' }).options).toEqual(parseOptions({}));
    expect(load({ 'r.json': '{\n\t"workers": 3\n}\n' }).options.workers).toBe(3);
  });
});

describe('a value', () => {
  const recipe = { 'r.yaml': 'workers: 2\nwhere: a > 1\n' };
  const environment = { CSVCLEAN_WORKERS: '3' };
  const set = givenBy('--set', 'workers=4');
  const flag = givenBy('--set', 'workers=4', '-w', '5');

  test('of a flag is over --set, that over the environment, that over the recipe', () => {
    expect(load(recipe).options.workers).toBe(2);
    expect(load(recipe, { environment }).options.workers).toBe(3);
    expect(load(recipe, { environment, given: set }).options.workers).toBe(4);
    expect(load(recipe, { environment, given: flag }).options.workers).toBe(5);
    expect(originOf('workers', recipe)).toBe('r.yaml:1:1');
    expect(originOf('workers', recipe, { environment })).toBe('CSVCLEAN_WORKERS');
    expect(originOf('workers', recipe, { environment, given: set })).toBe('--set workers=4');
    expect(originOf('workers', recipe, { environment, given: flag })).toBe('--workers');
    expect(originOf('engine', recipe, { environment, given: flag })).toBe('default');
  });

  test('stays what the recipe says where nothing else is said', () => {
    expect(load(recipe, { environment, given: flag }).options.where).toBe('a > 1');
  });

  test('of the environment is a text, read as a flag is', () => {
    const all = {
      CSVCLEAN_MAX_MEMORY: '1GB',
      CSVCLEAN_SELECT: 'a,"b,c"',
      CSVCLEAN_FORCE: '1',
      CSVCLEAN_HEADERS: '0',
      CSVCLEAN_TRIM: 'false',
      CSVCLEAN_WHERE: '',
      CSVCLEAN_TEST_POINTS: '[]',
    };
    const { options } = load({}, { environment: all });
    expect(options).toMatchObject({
      ...{ maxMemory: 2 ** 30, select: ['a', 'b,c'], force: true, headers: false, trim: false },
      where: null,
    });
    expect(refusalIn(tempFolder(), {}, { environment: { CSVCLEAN_FORCE: 'yes' } })).toBe(
      'USAGE: CSVCLEAN_FORCE yes: expected true or false.\n  See csvclean --help.',
    );
    expect(refusalIn(tempFolder(), {}, { environment: { CSVCLEAN_WORKERS: 'x' } })).toBe(
      'USAGE: CSVCLEAN_WORKERS x: expected auto or a whole number from 0 to 1024.\n' +
        '  See csvclean --help.',
    );
  });

  test('that excludes another is refused with where both are from', () => {
    const given = givenBy('--output', 'x.csv');
    expect(refusalIn(tempFolder(), { 'r.yaml': 'base: data\n' }, { given })).toBe(
      'USAGE: --output and --base exclude each other.\n' +
        '  Choose one. (--base is from r.yaml:1:1.)',
    );
  });
});

describe('paths in a recipe', () => {
  test('start from its folder, words and absolute ones stay', () => {
    const folder = tempFolder();
    const text =
      'outDir: out\ninputs: ["data/*.csv", "!data/x.csv", /abs/y.csv, "-"]\n' +
      'rejects: none\noutput: "-"\n';
    const { options } = loadIn(folder, { 'deep/r.yaml': text });
    const at = (name: string): string => join(folder, 'deep', name);
    const here = (path: string): string => join(process.cwd(), path);
    expect(here(options.outDir)).toBe(at('out'));
    expect(here(options.inputs[0]!)).toBe(at('data/*.csv'));
    expect(here(options.inputs[1]!.slice(1))).toBe(at('data/x.csv'));
    expect(options.inputs.slice(2)).toEqual(['/abs/y.csv', '-']);
    expect(options).toMatchObject({ rejects: 'none', output: '-' });
  });

  test('are those of the recipe that says them, when another extends it', () => {
    const folder = tempFolder();
    const files = { 'r.yaml': 'extends: shared/base.yaml\n', 'shared/base.yaml': 'outDir: out\n' };
    const { options } = loadIn(folder, files);
    expect(join(process.cwd(), options.outDir)).toBe(join(folder, 'shared/out'));
  });

  test('do not turn a filter into files', () => {
    const recipe = { 'r.yaml': 'outDir: out\n' };
    expect(load(recipe, { given: givenBy('-') }).options.output).toBe('-');
    expect(load(recipe, { given: givenBy('-', '-o', 'x') }).options).toMatchObject({
      output: null,
      outDir: 'x',
    });
  });
});

describe('what is given directly', () => {
  const recipe = (text: string) => ({ 'r.yaml': text });
  const IN_PLACE = recipe('inPlace: true\nbackup: .bak\n');

  test('says where outputs go, whichever way the recipe would', () => {
    expect(load(IN_PLACE, { given: givenBy('a.csv', '-o', 'x') }).options).toMatchObject({
      ...{ inPlace: false, backup: null, outDir: 'x' },
    });
    const concat = recipe('concat: all.csv\nconcatSource: file\noutDir: out\n');
    expect(load(concat, { given: givenBy('a.csv', '--output', 'x.csv') }).options).toMatchObject({
      ...{ concat: null, concatSource: null, output: 'x.csv', outDir: 'cleaned' },
    });
    expect(load(concat, { given: givenBy('a.csv', '--concat', 'x.csv') }).options).toMatchObject({
      ...{ concat: 'x.csv', concatSource: 'file' },
    });
    expect(load(IN_PLACE, { given: givenBy('a.csv', '--backup', '.old') }).options).toMatchObject({
      ...{ inPlace: true, backup: '.old' },
    });
    expect(load(IN_PLACE, { given: givenBy('a.csv') }).options.inPlace).toBe(true);
  });

  test('may be --check, whatever the recipe writes', () => {
    const more = recipe('inPlace: true\nbackup: .bak\ncompress: gz\nwhere: a > 1\n');
    expect(load(more, { given: givenBy('a.csv', '--check') }).options).toMatchObject({
      ...{ check: true, inPlace: false, backup: null, compress: null, where: 'a > 1' },
    });
  });

  test('says what is cleaned, by names or by a list of names', () => {
    const both = recipe('inputs: [/data/*.csv]\nfilesFrom: /data/names.txt\n');
    const none = { inputs: [], filesFrom: null };
    expect(load(both, { given: givenBy('a.csv') }).options).toMatchObject({
      ...{ ...none, inputs: ['a.csv'] },
    });
    expect(load(both, { given: givenBy('--files-from', '-') }).options).toMatchObject({
      ...{ ...none, filesFrom: '-' },
    });
    expect(load(both, { given: givenBy('-q') }).options).toMatchObject({
      ...{ inputs: ['/data/*.csv'], filesFrom: '/data/names.txt' },
    });
  });
});

test('the word null needs no quotes', () => {
  const { options } = load({
    'r.yaml': 'outlierAction: null\ncolumns: { a: { required: true, onInvalid: null } }\n',
  });
  expect(options.outlierAction).toBe('null');
  expect(options.columns[0]!.rules.onInvalid).toBe('null');
});

describe('extends', () => {
  test('lies under what a recipe says, its presets between, later ones over earlier ones', () => {
    const files = {
      'r.yaml': 'extends: [a.yaml, b.json]\npreset: [strict, as-is]\nkeepBlank: false\n',
      'a.yaml': 'workers: 1\ncase: camel\nragged: pad\n',
      'b.json': '{"workers": 2, "trim": true}',
    };
    expect(load(files).options).toMatchObject({
      ...{ workers: 2, case: 'camel', ragged: 'error', trim: false, keepBlank: false },
      maxRejects: { kind: 'count', limit: 0 },
    });
    expect(originOf('case', files)).toBe('a.yaml:2:1');
    expect(originOf('ragged', files)).toBe('preset strict');
  });

  test('merges columns rule by rule, and joins files', () => {
    const origin = { kind: 'given' } as const;
    const layerOf = (columns: Readonly<Record<string, string>>, match: string): Layer => ({
      settings: new Map(),
      columns: new Map(
        Object.entries(columns).map(([column, rules]) => [
          column,
          new Map([...rules].map((rule) => [rule, { value: `${match}-${rule}`, origin }])),
        ]),
      ),
      files: [{ match: [match], folder: '/', origin, settings: new Map(), columns: new Map() }],
    });
    const { columns, files } = stack([
      layerOf({ a: 'p', b: 'pq' }, 'under'),
      layerOf({ b: 'qr', c: 'p' }, 'over'),
    ]);
    const values = [...columns].map(([column, rules]) => [
      column,
      [...rules].map(([, { value }]) => value),
    ]);
    expect(values).toEqual([
      ['a', ['under-p']],
      ['b', ['under-p', 'over-q', 'over-r']],
      ['c', ['over-p']],
    ]);
    expect(files.map(({ match }) => match)).toEqual([['under'], ['over']]);
  });

  test('is refused in a circle, with the chain', () => {
    const files = {
      'r.yaml': 'trim: true\nextends: a.yaml\n',
      'a.yaml': 'extends: [b.yaml]\n',
      'b.yaml': 'extends: ./a.yaml\n',
    };
    const folder = tempFolder();
    expect(refusalIn(folder, files)).toBe(
      'BAD_RECIPE b.yaml:1:10: recipes extend one another in a circle: ' +
        'a.yaml → b.yaml → a.yaml.\n  Break it.',
    );
    expect(refusalIn(folder, { 'r.yaml': 'extends: r.yaml\n' })).toMatch(
      /r\.yaml:1:10: .* in a circle: r\.yaml → r\.yaml\./,
    );
  });

  test('is refused beyond its limits', () => {
    const folder = tempFolder();
    const chain = Array.from({ length: 20 }, (_, i) => [`${i}.yaml`, `extends: ${i + 1}.yaml\n`]);
    expect(refusalIn(folder, Object.fromEntries(chain), { recipe: '0.yaml' })).toMatch(
      /^BAD_RECIPE 15\.yaml:1:10: more than 16 recipes extend one another\./,
    );
    const wide = Array.from({ length: 12 }, (_, i) => [
      `w${i}.yaml`,
      `extends: [w${i + 1}.yaml, w${i + 1}.yaml, w${i + 1}.yaml]\n`,
    ]);
    const last = { 'w12.yaml': 'trim: true\n' };
    expect(
      refusalIn(folder, { ...Object.fromEntries(wide), ...last }, { recipe: 'w0.yaml' }),
    ).toMatch(/: more than 100 recipes\.\n/);
  });

  test('of a file that is not there is refused where it is named', () => {
    expect(refusalIn(tempFolder(), { 'r.yaml': 'extends:\n  - gone.yaml\n' })).toBe(
      'BAD_RECIPE r.yaml:2:5: gone.yaml: cannot read: no such file or folder.\n' +
        '  Check the path; it may have vanished.',
    );
  });
});

describe('--set', () => {
  const setIn = (text: string, files: Recipes = {}) =>
    load(files, { given: givenBy('--set', text) });

  test('takes scalars, lists and maps as YAML has them', () => {
    expect(setIn('select=[a, "b,c"]').options.select).toEqual(['a', 'b,c']);
    expect(setIn('max={v: 5}').options.max).toEqual([{ column: 'v', limit: 5 }]);
    expect(setIn('max.v=5').options.max).toEqual([{ column: 'v', limit: 5 }]);
    expect(setIn('max."a.b=c"=5').options.max).toEqual([{ column: 'a.b=c', limit: 5 }]);
    expect(setIn('where=a > 1 and b == "x"').options.where).toBe('a > 1 and b == "x"');
    expect(setIn('comment=#').options.comment).toBe('#');
    expect(setIn('prefix=').options.prefix).toBe('');
    expect(setIn('headers=false').options.headers).toBe(false);
  });

  test('takes the place of what the recipe extends, and of its presets', () => {
    const files = { 'r.yaml': 'preset: excel\nworkers: 1\n' };
    const { options } = setIn('preset=as-is', files);
    expect(options).toMatchObject({ bom: false, keepBlank: true, workers: 1 });
  });

  test.each([
    [
      'where',
      'found no key and "="',
      'Write KEY=VALUE, such as --set columns.amount.numbers=auto.',
    ],
    ['=x', 'found no key and "="', 'Write KEY=VALUE, such as --set columns.amount.numbers=auto.'],
    [
      'a..b=x',
      'found no key and "="',
      'Write KEY=VALUE, such as --set columns.amount.numbers=auto.',
    ],
    ['wher=x', 'there is no key "wher"', 'Did you mean where?'],
    [
      'workers.a=1',
      'workers {"a":"1"}: expected auto or a whole number from 0 to 1024',
      'See docs/recipes.md.',
    ],
    ['columns.a.number=auto', 'there is no rule "number"', 'Did you mean numbers?'],
    ['recipe=x', '"recipe" is no key of recipes', 'Write extends.'],
    ['preset=x', 'there is no preset "x"', 'There are strict, as-is, typed, excel.'],
  ])('refuses %s', (text, message, remedy) => {
    expect(refusalIn(tempFolder(), {}, { given: givenBy('--set', text) })).toBe(
      `BAD_RECIPE --set ${text}: ${message}.\n  ${remedy}`,
    );
  });
});

describe('files', () => {
  const recipe = {
    'r.yaml':
      'trim: true\nfiles:\n  - match: bank/*.csv\n    delimiter: ;\n    trim: false\n' +
      '  - match: [x.csv, y.csv]\n    where: a > 1\n',
  };

  test('hold what is different, from the folder of the recipe', () => {
    const folder = tempFolder();
    expect(loadIn(folder, recipe).options.files).toEqual([
      { match: ['bank/*.csv'], folder, options: { delimiter: ';', trim: false } },
      { match: ['x.csv', 'y.csv'], folder, options: { where: 'a > 1' } },
    ]);
  });

  test('say nothing against flags, --set and the environment', () => {
    const environment = { CSVCLEAN_WHERE: 'b' };
    const given = givenBy('--no-trim', '--set', 'delimiter=tab');
    const { files } = load(recipe, { given, environment }).options;
    expect(files.map(({ options }) => options)).toEqual([{}, {}]);
  });
});

describe('a preset', () => {
  test.each([...PRESETS.keys()])('%s says what options take', (name) => {
    const { options } = load({ 'r.yaml': `preset: ${name}\n` });
    expect(options).not.toEqual(parseOptions({}));
    for (const key of PRESETS.get(name)!.settings.keys()) expect(OPTION_TABLE).toHaveProperty(key);
  });
});
