/**
 * Holds the shape of the sources: one-way imports, small files and functions, no printing outside
 * the command line, no word without its one meaning. A broken line here is a broken promise to the
 * next reader.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const SRC = resolve('src');

/** A folder imports from itself and from folders with a lower rank. */
const RANKS = new Map(
  [
    'base',
    'csv',
    'sniff',
    'encoding',
    'kernel',
    'engine',
    'store',
    'task',
    'executor',
    'options',
    'job',
    'recipe',
    'report',
    'cli',
  ].map((folder, rank) => [folder, rank]),
);
const LIBRARY_RANK = RANKS.get('recipe')!;

const LONGEST_FILE = 400;
const LONGEST_FUNCTION = 60;
const LONGEST_LINE = 100;
/** The kernel's one loop over a block: its state lives in locals, and a call a step would cost. */
const LONG_FUNCTIONS = new Set(['indexRecords']);

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name));
const sources = files.map((path) => {
  const text = readFileSync(path, 'utf8');
  return {
    path,
    name: relative(SRC, path),
    text,
    tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true),
  };
});

function rankOf(name: string): number {
  const [folder] = name.split('/');
  const rank = name === 'index.ts' ? LIBRARY_RANK : RANKS.get(folder!);
  if (rank === undefined) throw new Error(`src/${name} lies in a folder without a rank`);
  return rank;
}

/** Every module a file names, in import, export and dynamic import alike; types too. */
function modulesOf(tree: ts.SourceFile): string[] {
  const modules: string[] = [];
  const visit = (node: ts.Node): void => {
    const isDeclaration = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    if (isDeclaration && node.moduleSpecifier !== undefined) {
      modules.push((node.moduleSpecifier as ts.StringLiteral).text);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      modules.push((node.arguments[0] as ts.StringLiteral).text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return modules;
}

function importsOf(name: string, tree: ts.SourceFile): string[] {
  return (
    modulesOf(tree)
      .filter((module) => module.startsWith('.'))
      .map((module) => relative(SRC, resolve(SRC, dirname(name), module)).replace(/\.js$/, '.ts'))
      // AssemblyScript names its modules without an ending.
      .map((path) => (path.endsWith('.ts') ? path : `${path}.ts`))
  );
}

describe('sources', () => {
  test('import one way: from their own folder or one of lower rank', () => {
    const upward = sources.flatMap(({ name, tree }) =>
      importsOf(name, tree)
        .filter((imported) => rankOf(imported) > rankOf(name))
        .map((imported) => `${name} imports ${imported}`),
    );
    expect(upward).toEqual([]);
  });

  test('import only files that exist, none of them in a circle', () => {
    const graph = new Map(sources.map(({ name, tree }) => [name, importsOf(name, tree)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (name: string, way: readonly string[]): void => {
      if (way.includes(name)) circles.push([...way.slice(way.indexOf(name)), name].join(' → '));
      if (done.has(name) || way.includes(name)) return;
      expect(graph.has(name), `${way.at(-1)} imports ${name}`).toBe(true);
      for (const next of graph.get(name)!) visit(next, [...way, name]);
      done.add(name);
    };
    for (const name of graph.keys()) visit(name, []);
    expect(circles).toEqual([]);
  });

  test('re-export nothing but the library interface', () => {
    const barrels = sources
      .filter(({ name }) => name !== 'index.ts' && name !== 'kernel/assembly/index.ts')
      .filter(({ tree }) =>
        tree.statements.some(
          (one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined,
        ),
      );
    expect(barrels.map(({ name }) => name)).toEqual([]);
  });

  test('stay small: lines, functions and columns', () => {
    const found: string[] = [];
    for (const { name, text, tree } of sources) {
      const lines = text.split('\n');
      if (lines.length > LONGEST_FILE) found.push(`${name} has ${lines.length} lines`);
      lines.forEach((line, i) => {
        // Code is the formatter's; it breaks neither comments nor strings.
        const isComment = /^\s*(\*|\/\/|\/\*)/.test(line);
        if (isComment && line.length > LONGEST_LINE)
          found.push(`${name}:${i + 1} has ${line.length} columns`);
      });
      const visit = (node: ts.Node): void => {
        if (ts.isFunctionLike(node) && !ts.isTypeNode(node)) {
          const from = tree.getLineAndCharacterOfPosition(node.getStart()).line;
          const length = tree.getLineAndCharacterOfPosition(node.end).line - from + 1;
          const mayBeLong =
            ts.isFunctionDeclaration(node) && LONG_FUNCTIONS.has(node.name?.text ?? '');
          if (length > LONGEST_FUNCTION && !mayBeLong)
            found.push(`${name}:${from + 1} is a function of ${length} lines`);
        }
        ts.forEachChild(node, visit);
      };
      visit(tree);
    }
    expect(found).toEqual([]);
  });

  test('open with what they are', () => {
    expect(sources.filter(({ text }) => !text.startsWith('/**')).map(({ name }) => name)).toEqual(
      [],
    );
  });

  test('print and exit only in the command line', () => {
    const loud = /\bconsole\.|process\.(stdout|stderr|exit)\b|process\.exitCode/;
    const found = sources.filter(
      ({ name, text }) => !name.startsWith('cli/') && loud.test(withoutComments(text)),
    );
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  test('open, write and rename files only in the store, and in the few places that say so', () => {
    const touching = sources.filter(({ tree }) =>
      modulesOf(tree).some((module) => /^node:fs/.test(module)),
    );
    const outside = touching.map(({ name }) => name).filter((name) => !name.startsWith('store/'));
    expect(outside.sort()).toEqual(FILE_READERS);
  });

  test('know no path, thread or clock in the engine', () => {
    const forbidden = /^node:(fs|path|worker_threads|child_process|timers)/;
    const found = sources
      .filter(({ name }) => /^(engine|csv|kernel)\//.test(name))
      .filter(
        ({ tree, text }) =>
          modulesOf(tree).some((one) => forbidden.test(one)) ||
          /\b(Date\.now|performance\.now)\b/.test(text),
      );
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  test('never evaluate text as code', () => {
    const evil = /\beval\s*\(|\bnew Function\b|\bnode:vm\b/;
    expect(
      sources.filter(({ text }) => evil.test(withoutComments(text))).map(({ name }) => name),
    ).toEqual([]);
  });

  test('ask no tables of languages: the first number they format takes longer than a small file', () => {
    const found = sources.filter(({ text }) => /\btoLocale|\bIntl\./.test(withoutComments(text)));
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  test('leave words without one meaning to others', () => {
    const vague = /(?<!node:)\b(chunks?|helpers?|utils?|managers?)\b/i;
    const found = sources.flatMap(({ name, text }) =>
      text
        .split('\n')
        .flatMap((line, i) => (vague.test(line) ? [`${name}:${i + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

/** Outside the store: lists, locks, recipes, the journal's text, the system's own files, and the version. */
const FILE_READERS = [
  'cli/main.ts',
  'executor/available-cpus.ts',
  'job/check-outputs.ts',
  'job/find-inputs.ts',
  'job/journal.ts',
  'job/lock.ts',
  'job/walk-folder.ts',
  'recipe/find-recipe.ts',
  'recipe/read-recipe-file.ts',
  'task/cpu-time.ts',
];

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
