/**
 * No text that a user hands in is ever run as code: the means for it stand nowhere in the sources.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));

/** Ways to run a text; `evaluate(` and `CsvcleanFunction` are none of them. */
const RUNS_TEXT: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['eval', /\beval\b\s*[(?.]/],
  ['Function', /\bFunction\b\s*\(/],
  ['a constructor by name', /\.constructor\b/],
  ['node:vm', /['"](node:)?vm['"]/],
  ['a timer over text', /\bset(Timeout|Interval|Immediate)\s*\(\s*['"`]/],
  ['a worker from text', /\beval\s*:/],
  ['a module from data', /['"`]data:/],
  ['a child process', /['"](node:)?child_process['"]/],
];

/** The code of a file: what stands in comments says there is no eval, and may. */
function codeOf(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

const files = ['src', 'bin'].flatMap((folder) =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name))
    .map((name) => join(folder, name)),
);

describe('the sources', () => {
  test.each(RUNS_TEXT)('hold no %s', (_, pattern) => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((path) => pattern.test(codeOf(join(PROJECT, path))))).toEqual([]);
  });

  test.each([
    ['eval', 'eval("1")'],
    ['Function', 'new Function("return 1")'],
    ['node:vm', "import vm from 'node:vm'"],
  ])('would be found out with %s', (what, code) => {
    const [, pattern] = RUNS_TEXT.find(([name]) => name === what)!;
    expect(pattern.test(code)).toBe(true);
  });
});
