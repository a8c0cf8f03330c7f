/**
 * A recipe, proposed by what a profile found, as YAML to be edited: what is sure enough is a key,
 * what a person must decide is a comment, and each says why. Files of one kind of table share what
 * is said of their columns; where there are several kinds, each has its part in `files`.
 */
import { visible } from '../base/visible.js';
import type { ColumnProfile } from '../engine/profile/column-profile.js';
import type { FileProfile, ProfileResult } from '../job/profile-result.js';
import { formatNoun } from './format-units.js';
import { type Proposal, proposeColumns } from './propose-columns.js';

/** Files whose headers have the same names, and the columns of all of them together. */
interface Kind {
  readonly files: readonly FileProfile[];
  readonly columns: readonly ColumnProfile[];
}

const HEAD = `# What to make of these files, as csvclean profile --plan proposes it. To be edited: what stands behind
# a # says why, or is not sure enough to be done. csvclean reads it here and in the folders below;
# csvclean --print-config shows what holds, docs/recipes.md has all keys.
`;

/**
 * @param inputs as they were named.
 * @param pathOf the path of an input, from the folder that the recipe will stand in.
 */
export function planRecipe(
  { files, all }: Pick<ProfileResult, 'files' | 'all'>,
  inputs: readonly string[],
  pathOf: (input: string) => string,
): string {
  const read = files.filter(({ error, columns }) => error === null && columns.length > 0);
  const kinds = kindsOf(read, all.columns);
  const lines = [`inputs: ${list(inputs)}`, 'outDir: cleaned'];
  const [only] = kinds;
  if (kinds.length === 1) lines.push('', ...kindLines(only!), ...dialectParts(read, pathOf));
  if (kinds.length > 1) {
    const parts = kinds.flatMap((kind) => kindPart(kind, pathOf));
    lines.push('', ...filesKey([...parts, ...dialectItems(read, pathOf)]));
  }
  return `${HEAD}\n${lines.join('\n')}\n`;
}

/** In the order of their first files; of files read alone, the columns are their own. */
function kindsOf(files: readonly FileProfile[], common: readonly ColumnProfile[]): readonly Kind[] {
  const byHeader = new Map<string, FileProfile[]>();
  for (const file of files) {
    const key = JSON.stringify(file.columns.map(({ name }) => name).sort());
    byHeader.set(key, [...(byHeader.get(key) ?? []), file]);
  }
  return [...byHeader.values()].map((alike) => {
    const [first] = alike;
    if (alike.length === 1) return { files: alike, columns: first!.columns };
    const columns = first!.columns.map(({ name }) => common.find((one) => one.name === name)!);
    return { files: alike, columns };
  });
}

function kindLines({ columns }: Kind): readonly string[] {
  return proposalLines(proposeColumns(columns));
}

/** The keys of a part of the recipe; nothing where nothing is proposed. */
function proposalLines(proposals: readonly Proposal[]): readonly string[] {
  const lines: string[] = [];
  const notes = proposals.filter(({ key, rule }) => key === null && rule === null);
  for (const { column, reason } of notes) lines.push(comment(`${column}: ${reason}`));
  for (const key of ['min', 'max'] as const) {
    const bounds = proposals.filter((one) => one.key === key);
    if (bounds.length === 0) continue;
    lines.push(`${key}:`);
    for (const { column, reason, value } of bounds) {
      lines.push(`  ${comment(reason)}`, `  ${text(column)}: ${value}`);
    }
  }
  const excluded = proposals.filter(({ key }) => key === 'outlierExclude');
  if (excluded.length > 0) {
    lines.push(...excluded.map(({ column, reason }) => comment(`${column}: ${reason}`)));
    lines.push(`outlierExclude: ${list(excluded.map(({ column }) => column))}`);
  }
  return [...lines, ...ruleLines(proposals.filter(({ rule }) => rule !== null))];
}

/** `columns`. What is not built yet is told all the same, behind a `#`. */
function ruleLines(rules: readonly Proposal[]): readonly string[] {
  if (rules.length === 0) return [];
  const columns = [...new Set(rules.map(({ column }) => column))].map((column) => {
    const own = rules.filter((one) => one.column === column);
    const isOn = own.some(({ isBuilt }) => isBuilt);
    const inside = own.flatMap(({ rule, value, reason, isBuilt }) => {
      return [comment(reason), ...turned([`${rule}: ${value}`], isBuilt || !isOn)];
    });
    const lines = [`${text(column)}:`, ...inside.map((line) => `  ${line}`)];
    return { lines, isOn };
  });
  const isOn = columns.some((column) => column.isOn);
  const inside = columns.flatMap((column) => turned(column.lines, column.isOn || !isOn));
  return turned(['columns:', ...inside.map((line) => `  ${line}`)], isOn);
}

/** The lines, or what they would be without the signs before them. */
function turned(lines: readonly string[], isOn: boolean): readonly string[] {
  return isOn ? lines : lines.map((line) => `# ${line}`);
}

/** An item of `files` for the files of a kind. */
function kindPart(kind: Kind, pathOf: (input: string) => string): readonly string[] {
  const lines = kindLines(kind);
  const rows = kind.files.reduce((sum, { rows }) => sum + rows.table, 0);
  const about = `${formatNoun(rows, 'row')}, ${formatNoun(kind.columns.length, 'column')}`;
  const hasKeys = lines.some((line) => !line.startsWith('#'));
  const item = `match: ${list(kind.files.map(({ input }) => globOf(pathOf(input))))}`;
  if (hasKeys) return [`  # ${about}`, `  - ${item}`, ...lines.map((line) => `    ${line}`)];
  return [`  # ${about}; nothing to do: ${item}`, ...lines.map((line) => `  ${line}`)];
}

function dialectParts(
  files: readonly FileProfile[],
  pathOf: (input: string) => string,
): readonly string[] {
  const items = dialectItems(files, pathOf);
  return items.length === 0 ? [] : ['', ...filesKey(items)];
}

/** A key whose items are all comments says nothing, and must not be there. */
function filesKey(items: readonly string[]): readonly string[] {
  return [items.some((line) => !/^ *#/.test(line)) ? 'files:' : '# files:', ...items];
}

/** What is found out anew by each run, and may be said instead. */
function dialectItems(
  files: readonly FileProfile[],
  pathOf: (input: string) => string,
): readonly string[] {
  return files.flatMap(({ input, dialect }) => {
    if (dialect === null) return [];
    const keys: string[] = [];
    if (dialect.delimiter !== ',') keys.push(`delimiter: ${text(dialect.delimiter)}`);
    const isGuessed = dialect.encoding !== 'utf-8';
    if (isGuessed) keys.push(`# guessed: encoding: ${text(dialect.encoding)}`);
    if (dialect.tableLine > 1) keys.push(`# found: skipLines: ${dialect.tableLine - 1}`);
    if (dialect.headerRows !== 1) keys.push(`# found: headerRows: ${dialect.headerRows}`);
    if (keys.length === 0) return [];
    const match = `match: ${list([globOf(pathOf(input))])}`;
    const hasKeys = keys.some((key) => !key.startsWith('#'));
    const head = hasKeys ? `  - ${match}` : `  # ${match}`;
    return [head, ...keys.map((key) => (hasKeys ? `    ${key}` : `  ${key}`))];
  });
}

/** A pattern that matches this path alone. */
function globOf(path: string): string {
  const escaped = path.replace(/[\\*?[\]{}()!@+|]/g, '\\$&');
  // Without a slash it would be a name, in any folder.
  return escaped.includes('/') ? escaped : `./${escaped}`;
}

function comment(words: string): string {
  return `# ${visible(words)}`;
}

function list(texts: readonly string[]): string {
  return `[${texts.map(text).join(', ')}]`;
}

const PLAIN = /^[A-Za-z][A-Za-z0-9_./-]*$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A text in YAML, quoted where it would be something else without. */
function text(value: string): string {
  return PLAIN.test(value) && !WORDS.test(value) ? value : JSON.stringify(value);
}
