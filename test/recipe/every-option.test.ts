/** Everything that a flag can say a recipe can say, and the environment: over the option table. */
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/program.js';
import type { OptionSpec } from '../../src/options/option-spec.js';
import { OPTION_TABLE } from '../../src/options/option-table.js';
import type { OptionInput, Options } from '../../src/options/options.js';
import { parseOptions } from '../../src/options/parse-options.js';
import { variableOf } from '../../src/recipe/environment.js';
import { yamlText } from '../../src/report/yaml-text.js';
import { loadIn } from '../support/load-recipe.js';
import { makeTempFolder } from '../support/temp-folder.js';

/** For each option with a flag and a value, a text that is not its default. */
const SAMPLES = new Map<string, string>(
  Object.entries({
    filesFrom: '/lists/names.txt',
    maxDecompressed: '50x',
    outDir: '/out',
    output: '/out/a.csv',
    concat: '/out/all.csv',
    concatSource: 'file',
    prefix: 'cleaned_',
    base: '/data',
    backup: '.bak',
    compress: 'gz',
    outDelimiter: ';',
    workers: '3',
    spanSize: '4MB',
    timeout: '2.5',
    maxMemory: '1GB',
    delimiter: 'tab',
    quote: "'",
    escape: '\\',
    encoding: 'windows-1252',
    encodingErrors: 'strict',
    headerRows: '2',
    skipLines: '007',
    comment: '#',
    maxField: '1MB',
    maxColumns: '100',
    maxGroups: '100',
    case: 'kebab',
    rename: 'Old Name=new',
    select: 'a,"b,c"',
    drop: 'x,y',
    ragged: 'reject',
    dedup: 'a,"b,c"',
    dedupKeep: 'last',
    nulls: '-999,NA',
    numbers: 'price=1.234,5',
    dates: 'due=DD.MM.YYYY',
    where: 'a > 1 # not a comment',
    derive: 'share = a / sum(a)',
    outliers: 'iqr:2.5',
    outlierAction: 'clip',
    outlierColumns: 'a,b',
    outlierExclude: '2024',
    outlierScope: 'all',
    groupBy: 'region',
    max: 'a=5',
    min: 'b=-1e3',
    rejects: '/out/rejects',
    maxRejects: '0.5%',
    engine: 'reference',
    format: 'github',
    color: 'never',
  }),
);

/** What an option cannot do without. */
const BESIDE = new Map<string, readonly string[]>([
  ['inPlace', ['--force']],
  ['backup', ['--in-place']],
  ['dedupKeep', ['--dedup']],
  ['concatSource', ['--concat=/out/all.csv']],
]);

const folder = makeTempFolder();

const flagged = (Object.entries(OPTION_TABLE) as [keyof Options, OptionSpec<unknown>][]).filter(
  ([, { flags, isFlagOnly }]) => flags !== null && isFlagOnly !== true,
);

function givenBy(args: readonly string[]): OptionInput {
  const request = parseArguments(args, '0.0.0');
  return request.kind === 'clean' ? request.given : {};
}

function byFlags(args: readonly string[]): Options {
  return parseOptions(givenBy(args));
}

function isSwitch({ parse }: OptionSpec<unknown>): boolean {
  return parse.schema.type === 'boolean';
}

function longFlagOf({ flags }: OptionSpec<unknown>): string {
  return /--[a-z-]+/.exec(flags!)![0];
}

function sampleOf(key: string): string {
  const sample = SAMPLES.get(key);
  if (sample === undefined) throw new Error(`this test needs a sample of ${key}: see SAMPLES`);
  return sample;
}

describe.each(flagged)('%s', (key, spec) => {
  const beside = BESIDE.get(key) ?? [];
  const flag = longFlagOf(spec);
  const own = isSwitch(spec) ? flag : `${flag}=${sampleOf(key)}`;
  const wanted = byFlags([own, ...beside]);
  const value = isSwitch(spec) ? !spec.byDefault : sampleOf(key);
  const given = givenBy(beside);

  test('can be said by a recipe as by a flag', () => {
    expect(wanted[key]).not.toEqual(spec.byDefault);
    const yaml = `${key}: ${yamlText(value)}\n`;
    expect(loadIn(folder, { 'r.yaml': yaml }, { given }).options).toEqual(wanted);
    const json = JSON.stringify({ [key]: value });
    expect(loadIn(folder, { 'r.json': json }, { given }).options).toEqual(wanted);
  });

  test('can be said by the environment and by --set', () => {
    const environment = { [variableOf(key)]: String(value) };
    expect(loadIn(folder, {}, { given, environment }).options).toEqual(wanted);
    const set = [`${key}=${yamlText(value)}`];
    expect(loadIn(folder, {}, { given: { ...given, set } }).options).toEqual({ ...wanted, set });
  });
});

test.each(flagged.filter(([, { isRepeatable }]) => isRepeatable === true))(
  '%s can be a list',
  (key, spec) => {
    const flag = longFlagOf(spec);
    const isNames = /^(select|drop|outlierColumns|outlierExclude|groupBy)$/.test(key);
    const list = isNames ? ['a', 'b,c'] : [sampleOf(key), sampleOf(key)];
    const args = isNames ? [`${flag}=a`, `${flag}="b,c"`] : list.map((one) => `${flag}=${one}`);
    const yaml = `${key}: ${yamlText(list)}\n`;
    expect(loadIn(folder, { 'r.yaml': yaml }).options[key]).toEqual(byFlags(args)[key]);
  },
);

test('what is a file or folder starts from the folder of the recipe', () => {
  const paths = flagged.filter(([, { flags }]) => /<(file|dir)>/.test(flags!));
  expect(paths.length).toBeGreaterThan(4);
  expect(paths.filter(([, { pathBut }]) => pathBut === undefined)).toEqual([]);
});

test('maps say what lists of pairs say', () => {
  const yaml =
    'rename: { Old Name: new, 2: two }\nmax: { a: 5, b c: -1e3 }\nmin: { a: 0 }\n' +
    'derive:\n  share: a / sum(a)\n  b c: share * 2\n  "`": a\n';
  const args = [
    ...['--rename', 'Old Name=new', '--rename', '2=two', '--max', 'a=5', '--max', 'b c=-1e3'],
    ...['--min', 'a=0', '--derive', 'share = a / sum(a)', '--derive', '`b c` = share * 2'],
    ...['--derive', '```` = a'],
  ];
  expect(loadIn(folder, { 'r.yaml': yaml }).options).toEqual(byFlags(args));
});

test('defaults that are said in words are what these words are read as', () => {
  for (const [, { defaultText, parse, byDefault, flags }] of flagged) {
    if (defaultText !== undefined) expect(parse(defaultText, flags!)).toEqual(byDefault);
  }
});
