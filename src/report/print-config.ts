/** What `--print-config` prints: every option, its value, and where that is from. Pure. */
import { visible } from '../base/visible.js';
import type { OptionSpec } from '../options/option-spec.js';
import { OPTION_TABLE } from '../options/option-table.js';
import type { Options } from '../options/options.js';
import { describeOrigin } from '../recipe/describe-origin.js';
import { type Environment, unknownVariables } from '../recipe/environment.js';
import type { ColumnSettings, FileLayer, Given, Origin, Settings } from '../recipe/layer.js';
import type { LoadedOptions } from '../recipe/load-options.js';
import { pathFromRecipe } from '../recipe/recipe-paths.js';
import { yamlText } from './yaml-text.js';

const SPECS = (Object.entries(OPTION_TABLE) as [keyof Options, OptionSpec<unknown>][]).filter(
  ([key, { isFlagOnly }]) => isFlagOnly !== true && key !== 'columns',
);
const BY_DEFAULT: Origin = { kind: 'default' };
/** Where origins begin. */
const INDENT = 34;

/** As a recipe that says the same, with origins as comments. */
export function configToText({ recipe, layer }: LoadedOptions, environment: Environment): string {
  const lines = SPECS.map(([key, spec]) => {
    const { value, origin } = layer.settings.get(key) ?? byDefault(spec);
    return entryLine('', key, value, origin);
  });
  return [
    recipe === null ? '# no recipe' : `# recipe: ${visible(recipe)}`,
    ...lines,
    ...columnLines(layer.columns, ''),
    ...(layer.files.length === 0 ? [] : ['files:']),
    ...layer.files.flatMap(fileLines),
    ...unknownVariables(environment).map((name) => `# ${visible(name)} is no option`),
    '',
  ].join('\n');
}

function byDefault({ byDefault: value, defaultText }: OptionSpec<unknown>): Given {
  return { value: defaultText ?? value, origin: BY_DEFAULT };
}

function entryLine(before: string, key: string, value: unknown, origin: Origin): string {
  const entry = `${before}${yamlText(key)}: ${yamlText(value)}`;
  return `${entry.padEnd(INDENT)} # ${visible(describeOrigin(origin))}`;
}

function columnLines(columns: ColumnSettings, before: string): readonly string[] {
  const lines = [...columns].flatMap(([column, rules]) => [
    `${before}  ${yamlText(column)}:${rules.size === 0 ? ' {}' : ''}`,
    ...settingLines(rules, `${before}    `),
  ]);
  return lines.length === 0 ? [] : [`${before}columns:`, ...lines];
}

function settingLines(settings: Settings, before: string): readonly string[] {
  return [...settings].map(([key, { value, origin }]) => entryLine(before, key, value, origin));
}

function fileLines(file: FileLayer): readonly string[] {
  const { origin, settings, columns } = file;
  return [
    entryLine('  - ', 'match', patternsOf(file), origin),
    ...settingLines(settings, '    '),
    ...columnLines(columns, '    '),
  ];
}

/** As other paths, they start from the current folder; those without a slash are about names. */
function patternsOf({ match, folder }: FileLayer): readonly string[] {
  return match.map((one) => {
    if (!one.includes('/')) return one;
    const path = pathFromRecipe(folder, one);
    return path.includes('/') ? path : `./${path}`;
  });
}

/** The same for programs: values as the options have them, where JSON can say that. */
export function configToJson(
  { options, recipe, layer }: LoadedOptions,
  environment: Environment,
): string {
  const values = SPECS.map(([key, spec]) => {
    const { value, origin } = layer.settings.get(key) ?? byDefault(spec);
    return { key, value: isJson(options[key]) ? options[key] : plain(value), ...told(origin) };
  });
  const all = {
    recipe,
    values,
    columns: columnsToJson(layer.columns),
    files: layer.files.map((file) => ({
      ...{ match: patternsOf(file), ...told(file.origin) },
      values: settingsToJson(file.settings),
      columns: columnsToJson(file.columns),
    })),
    unknownVariables: unknownVariables(environment),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string');
  return value === null || typeof value !== 'object';
}

function told(origin: Origin) {
  return { from: origin.kind, origin: describeOrigin(origin) };
}

function settingsToJson(settings: Settings) {
  return [...settings].map(([key, { value, origin }]) => ({
    ...{ key, value: plain(value) },
    ...told(origin),
  }));
}

function columnsToJson(columns: ColumnSettings) {
  return [...columns].map(([column, rules]) => ({ column, rules: settingsToJson(rules) }));
}

/** Maps as lists of pairs: names may be of any kind. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? [...value].map(([key, one]) => [key, plain(one)]) : value;
}
