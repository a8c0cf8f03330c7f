/** Holds the pages in `docs/` to the program: flags, links and lists that they name exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { helpText } from '../src/cli/help.js';
import { SUBCOMMAND_HELP } from '../src/cli/subcommand-help.js';
import { ID_LIKE_WORDS } from '../src/engine/outliers/id-like.js';
import { SKIP_REASONS } from '../src/engine/outliers/verdict.js';
import { PROJECT } from './support/library.js';

const DOCS = join(PROJECT, 'docs');
const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const read = (name: string): string => readFileSync(join(DOCS, name), 'utf8');

const help = [helpText(undefined), ...Object.values(SUBCOMMAND_HELP)].join('');
const knownFlags = new Set(help.match(/--[a-z][a-z-]*/g));

function flagsIn(name: string): readonly string[] {
  return read(name).match(/(?<=`|csvclean [^\n]*)(?<=[\s`])--[a-z][a-z-]*/g) ?? [];
}

describe.each(pages)('docs/%s', (name) => {
  test('names no flag that does not exist', () => {
    expect(flagsIn(name).filter((flag) => !knownFlags.has(flag))).toEqual([]);
  });

  test('links to pages that exist', () => {
    const links = [...read(name).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to]) => to!);
    expect(links.filter((to) => !existsSync(join(DOCS, to)))).toEqual([]);
  });
});

test('flags are found where they are named', () => {
  expect(new Set(pages.flatMap(flagsIn)).size).toBeGreaterThan(25);
});

test('docs/outliers.md has every word that makes an identifier, and every reason', () => {
  const page = read('outliers.md');
  const [, list] = page.split('<!-- id-like words -->\n');
  const words = [...list!.split('<!--')[0]!.matchAll(/`([^`]+)`/g)].map(([, word]) => word);
  expect(words).toEqual([...ID_LIKE_WORDS]);
  const reasons = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, reason]) => reason);
  expect(new Set(reasons)).toEqual(new Set([...SKIP_REASONS, 'gap', 'off']));
});

test('README counts the recipes of the cookbook', () => {
  const [, count] = /^\| (\d+) recipes for real problems/m.exec(
    readFileSync(join(PROJECT, 'README.md'), 'utf8'),
  )!;
  expect(Number(count)).toBe(read('cookbook.md').match(/^## /gm)!.length);
});
