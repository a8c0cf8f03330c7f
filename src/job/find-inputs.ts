/**
 * From what the user named to the files that are meant: literal names first, globs and folders
 * after. What csvclean itself wrote is never found by a glob or folder. Lists files; opens none but
 * the one of names.
 */
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { CsvcleanError } from '../base/error.js';
import { type Options, oneOutput, STDIN } from '../options/options.js';
import { storeError } from '../store/store-error.js';
import { isTempName } from '../store/temp-name.js';
import { STATE_FOLDER } from './journal.js';
import { createOtherOutputs } from './other-outputs.js';
import { walkFolder } from './walk-folder.js';

/** An input before anything of it is read. */
export interface FoundInput {
  /** Absolute. */
  readonly path: string;
  /** As the user would name it. */
  readonly name: string;
  /** Below the base of the argument that found it. */
  readonly relativePath: string;
  /** 0 where it cannot be asked; opening it will say why. */
  readonly sizeBytes: number;
  /** Standard input or a FIFO: its bytes come once. */
  readonly isStream: boolean;
}

/** What standard input is called, for people, and where a name is needed. */
const STDIN_NAME = 'stdin';
const STDIN_FILE = 'stdin.csv';

/** Whether an existing file is an output of an earlier run. */
export type IsOwnOutput = (path: string) => boolean;

interface Candidate {
  readonly path: string;
  readonly name: string;
  readonly base: string;
  /** Found by a glob or folder: our own files are not meant. */
  readonly isFound: boolean;
}

const MAGIC = /[*?[\]{}()!+@]/;

/**
 * All inputs in the order of the arguments, those of a glob or folder by name; each file once.
 * @throws CsvcleanError NO_INPUT, NO_MATCH or USAGE.
 */
export async function findInputs(
  options: Options,
  isOwnOutput: IsOwnOutput,
): Promise<readonly FoundInput[]> {
  const named = [...options.inputs, ...(options.filesFrom === null ? [] : namesFrom(options))];
  const excludes = options.inputs.filter((one) => one.startsWith('!')).map((one) => one.slice(1));
  const wanted = named.filter((one) => !options.inputs.includes(one) || !one.startsWith('!'));
  if (wanted.length === 0 && !(options.allowNoMatch && options.filesFrom !== null)) {
    throw new CsvcleanError('NO_INPUT', 'no input named', {
      remedy: "Name files, folders or globs: csvclean 'data/*.csv'",
    });
  }
  const excluded = await expandExcludes(excludes);
  const isOtherOutput = createOtherOutputs();
  const isOutput = (one: Candidate): boolean =>
    one.isFound && (isOurs(one, options, isOwnOutput) || isOtherOutput(one.path, one.base));
  const found = new Map<string, FoundInput>();
  let fault: CsvcleanError | null = null;
  for (const argument of wanted) {
    const all = await expandArgument(argument);
    const kept = all.filter((one) => !isExcluded(one.path, excluded));
    const own = kept.filter(isOutput);
    const left = kept.filter((one) => !own.includes(one));
    if (left.length === 0) {
      fault ??= noMatch(argument, all, own);
      // One of the files that the shell listed may be excluded; a pattern with nothing left is a
      // mistake.
      const isListed = all.some((one) => !one.isFound);
      if (!isListed && !options.allowNoMatch) throw fault;
    }
    for (const one of left) {
      if (!found.has(one.path)) found.set(one.path, toInput(one, options.base));
    }
  }
  if (found.size === 0 && fault !== null && !options.allowNoMatch) throw fault;
  return [...found.values()];
}

function namesFrom(options: Options): readonly string[] {
  const { filesFrom } = options;
  try {
    const text = readFileSync(filesFrom === STDIN ? 0 : filesFrom!, 'utf8');
    return text.split(/\r?\n/).filter((line) => line.trim() !== '');
  } catch (error) {
    throw storeError('CANNOT_READ', error, filesFrom!);
  }
}

async function expandArgument(argument: string): Promise<readonly Candidate[]> {
  if (argument === STDIN) {
    return [{ path: STDIN, name: STDIN_NAME, base: STDIN, isFound: false }];
  }
  const path = resolve(argument);
  const kind = kindOf(path);
  if (kind === 'file') return [{ path, name: argument, base: dirname(path), isFound: false }];
  if (kind === 'folder') {
    const names = sortByBytes(walkFolder(path));
    return names.map((name) => found(join(argument, name), path));
  }
  if (!MAGIC.test(argument)) {
    throw new CsvcleanError('NO_MATCH', 'no such file or folder', {
      path: argument,
      remedy: 'Check the path, or quote the pattern.',
    });
  }
  const base = resolve(literalPrefix(withSlashes(argument)));
  return (await globPattern(argument, {})).map((name) => found(name, base));
}

function withSlashes(pattern: string): string {
  return sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
}

/** What matches, named as the pattern begins. */
async function globPattern(
  argument: string,
  more: { onlyFiles?: boolean },
): Promise<readonly string[]> {
  const pattern = withSlashes(argument);
  const prefix = literalPrefix(pattern);
  const rest = prefix === '.' ? pattern : pattern.slice(prefix.length).replace(/^\/+/, '');
  const names = await glob(rest, { cwd: resolve(prefix), ...more });
  return names.map((name) => join(prefix, name));
}

function found(name: string, base: string): Candidate {
  return { path: resolve(name), name, base, isFound: true };
}

/**
 * The folders of a pattern before its first wildcard: `data/*.csv` → `data`. A folder that exists
 * under the very name is no wildcard: `Dropbox (Personal)/*.csv`.
 */
export function literalPrefix(pattern: string): string {
  const folders = pattern.split('/').slice(0, -1);
  const before = (count: number): string => {
    const prefix = folders.slice(0, count).join('/');
    return prefix === '' ? (pattern.startsWith('/') ? '/' : '.') : prefix;
  };
  const first = folders.findIndex((part) => MAGIC.test(part));
  let count = first < 0 ? folders.length : first;
  while (count < folders.length && kindOf(resolve(before(count + 1))) === 'folder') count++;
  return before(count);
}

/** Matches in the order of their bytes. */
async function glob(
  pattern: string,
  more: { cwd: string; onlyFiles?: boolean },
): Promise<readonly string[]> {
  const { default: fastGlob } = await import('fast-glob');
  try {
    return sortByBytes(await fastGlob(pattern, { onlyFiles: true, ...more }));
  } catch (error) {
    throw storeError('CANNOT_READ', error, pattern);
  }
}

function sortByBytes(names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function kindOf(path: string): 'file' | 'folder' | 'none' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    try {
      // A link to nothing, or a file that may not be asked: named all the same.
      lstatSync(path);
      return 'file';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'file' : 'none';
    }
  }
}

async function expandExcludes(excludes: readonly string[]): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const exclude of excludes) {
    if (kindOf(resolve(exclude)) !== 'none') paths.add(resolve(exclude));
    else {
      for (const name of await globPattern(exclude, { onlyFiles: false })) paths.add(resolve(name));
    }
  }
  return paths;
}

/** Whether the path or a folder above it is excluded. */
function isExcluded(path: string, excluded: ReadonlySet<string>): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (excluded.has(at)) return true;
    if (dirname(at) === at) return false;
  }
}

/** Outputs, rejects, state and backups of csvclean, as far as a glob or folder would find them. */
function isOurs(one: Candidate, options: Options, isOwnOutput: IsOwnOutput): boolean {
  const name = basename(one.path);
  const parts = one.path.split(sep);
  if (parts.includes(STATE_FOLDER) || isTempName(name)) return true;
  if (name.endsWith('.rejects.csv')) return true;
  if (options.backup !== null && name.endsWith(options.backup)) return true;
  if (options.inPlace) return false;
  const output = oneOutput(options);
  if (output !== null) return one.path === resolve(output);
  const outDir = resolve(options.outDir);
  const isArgumentInside = isWithin(one.base, outDir);
  return isWithin(one.path, outDir) && (!isArgumentInside || isOwnOutput(one.path));
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way);
}

function noMatch(
  argument: string,
  all: readonly Candidate[],
  own: readonly Candidate[],
): CsvcleanError {
  if (own.length > 0) {
    return new CsvcleanError('NO_MATCH', 'only outputs of csvclean itself match', {
      path: argument,
      remedy: 'Name the files without a pattern if you mean them.',
    });
  }
  if (all.length > 0) {
    return new CsvcleanError('NO_MATCH', 'everything that matches is excluded', {
      path: argument,
      remedy: 'Check the patterns that begin with !.',
    });
  }
  return new CsvcleanError('NO_MATCH', 'nothing matches', {
    path: argument,
    remedy: MAGIC.test(argument)
      ? 'Check the pattern, or add --allow-no-match.'
      : 'A folder is searched for .csv, .tsv, .tab and .txt files; --allow-no-match accepts none.',
  });
}

function toInput(one: Candidate, base: string | null): FoundInput {
  const { path, name } = one;
  if (path === STDIN) {
    return { path, name, relativePath: STDIN_FILE, sizeBytes: 0, isStream: true };
  }
  const from = base === null ? one.base : resolve(base);
  if (!isWithin(one.path, from)) {
    throw new CsvcleanError('USAGE', `--base ${base}: ${one.name} is not below it`, {
      remedy: 'Name a folder that holds all inputs.',
    });
  }
  return { path, name, relativePath: relative(from, path), ...look(path) };
}

function look(path: string): Pick<FoundInput, 'sizeBytes' | 'isStream'> {
  try {
    const stats = statSync(path);
    return { sizeBytes: stats.size, isStream: stats.isFIFO() };
  } catch {
    return { sizeBytes: 0, isStream: false };
  }
}
