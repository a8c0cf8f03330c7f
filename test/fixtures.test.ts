/**
 * Walks `fixtures/<theme>/<case>/`: cleans everything in `input/` with `options.json`, inline, whole
 * and in spans, on threads and with the reference engine, and compares every byte of the outputs and
 * rejects with `expected/`, and the counts, reasons, warnings and errors with
 * `expected/result.json`. A new case is a folder and no code.
 * `UPDATE_FIXTURES=1` rewrites `expected/`: read every byte of what it wrote before it is
 * committed.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CleanOptions, cleanFiles } from '../src/index.js';
import { type ResultSummary, summarizeResult } from './support/summarize-result.js';

type Clean = typeof cleanFiles;

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
const BUILT = new URL('../dist/bundle/index.js', import.meta.url);
const isUpdating = process.env.UPDATE_FIXTURES === '1';
const startFolder = process.cwd();
let outDir = '';

beforeEach(() => {
  outDir = mkdtempSync(join(tmpdir(), 'csvclean-fixture-'));
});

afterEach(() => {
  process.chdir(startFolder);
  rmSync(outDir, { recursive: true, force: true });
});

function foldersIn(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** Every file below `folder` as text by its relative path; the state folder is ours alone. */
function readTree(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith('.csvclean') && name !== 'result.json')
    .sort();
  // Latin-1 gives every byte a character of its own.
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

function readOptions(folder: string): Omit<CleanOptions, 'inputs'> {
  return JSON.parse(readFileSync(join(folder, 'options.json'), 'utf8'));
}

type More = Pick<CleanOptions, 'workers' | 'engine' | 'spanSize'>;

const MOST_SPANS = 60;

/** One byte, unless there would be too many spans. */
function spanSizeFor(folder: string): number {
  const inputs = [...readTree(join(folder, 'input')).values()];
  return Math.max(1, ...inputs.map((text) => Math.ceil(text.length / MOST_SPANS)));
}

async function cleanCase(folder: string, clean: Clean, more: More) {
  process.chdir(folder);
  const options = { ...readOptions(folder), inputs: 'input', outDir, ...more };
  return summarizeResult(await clean(options));
}

function writeExpected(folder: string, summary: ResultSummary): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of readTree(outDir)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text, 'latin1');
  }
  writeFileSync(join(folder, 'result.json'), `${JSON.stringify(summary, null, 2)}\n`);
}

/** What the case leaves unsaid about judged columns is not compared. */
function asDetailedAs(expected: ResultSummary, found: ResultSummary): ResultSummary {
  const files = found.files.map((file, i) => {
    const { outlierColumns, ...rest } = file;
    return expected.files[i]?.outlierColumns === undefined ? rest : file;
  });
  return { ...found, files };
}

async function checkCase(folder: string, clean: Clean, more: More): Promise<void> {
  const found = await cleanCase(folder, clean, more);
  const expectedFolder = join(folder, 'expected');
  if (isUpdating && more.engine === 'fast') writeExpected(expectedFolder, found);
  const expected: ResultSummary = JSON.parse(
    readFileSync(join(expectedFolder, 'result.json'), 'utf8'),
  );
  expect(readTree(outDir)).toEqual(readTree(expectedFolder));
  expect(asDetailedAs(expected, found)).toEqual(expected);
}

for (const theme of foldersIn(FIXTURES)) {
  describe(`fixtures/${theme}`, () => {
    test.each(foldersIn(join(FIXTURES, theme)))('%s, inline', async (name) => {
      await checkCase(join(FIXTURES, theme, name), cleanFiles, { workers: 0, engine: 'fast' });
    });

    test.each(foldersIn(join(FIXTURES, theme)))('%s, in spans', async (name) => {
      const folder = join(FIXTURES, theme, name);
      await checkCase(folder, cleanFiles, { workers: 0, spanSize: spanSizeFor(folder) });
    });

    test.each(foldersIn(join(FIXTURES, theme)))('%s, by the reference engine', async (name) => {
      await checkCase(join(FIXTURES, theme, name), cleanFiles, { workers: 0, engine: 'reference' });
    });

    test.each(foldersIn(join(FIXTURES, theme)))('%s, on two threads', async (name) => {
      expect(existsSync(BUILT), 'npm run build').toBe(true);
      const built: { cleanFiles: Clean } = await import(BUILT.href);
      await checkCase(join(FIXTURES, theme, name), built.cleanFiles, { workers: 2 });
    });
  });
}
