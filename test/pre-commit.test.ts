/** The hooks for pre-commit: each entry, run as pre-commit runs it, with the names of files behind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanIn, folderWith, textOf } from './support/clean-in-folder.js';
import { PROJECT } from './support/library.js';
import { listTree } from './support/tree.js';

/** The command of each hook, by its id. */
function readHooks(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(PROJECT, '.pre-commit-hooks.yaml'), 'utf8');
  const hooks = text.split(/^- /m).slice(1);
  return new Map(
    hooks.map((hook) => {
      const textOfKey = (key: string): string =>
        new RegExp(`^ *${key}: (.*)$`, 'm').exec(hook)?.[1] ?? '';
      expect(textOfKey('language')).toBe('system');
      expect(textOfKey('types_or')).toBe('[csv, tsv]');
      const [program, ...args] = textOfKey('entry').split(' ');
      expect(program).toBe('csvclean');
      return [textOfKey('id'), args];
    }),
  );
}

const DIRTY = { 'a.csv': 'Unit Price,b\n 1 ,2\n', 'd/b.tsv': 'a\tb\n1\t2\n3\t4\n' };

describe('the hooks for pre-commit', () => {
  test('are one that checks and one that cleans', () => {
    expect([...readHooks().keys()]).toEqual(['csvclean-check', 'csvclean']);
  });

  test('check: fail for files that would change, and leave them alone', async () => {
    const args = readHooks().get('csvclean-check')!;
    const folder = folderWith(DIRTY);
    const run = await cleanIn(folder, [...args, 'a.csv', 'd/b.tsv']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('2 of 2 files would change');
    expect(listTree(folder)).toEqual(['a.csv', 'd/b.tsv']);
    const kept = await cleanIn(folder, [...args, '--keep-dialect', 'd/b.tsv']);
    expect(kept.code).toBe(0);
  });

  test('clean: change the files in place, once', async () => {
    const args = readHooks().get('csvclean')!;
    const folder = folderWith(DIRTY);
    const run = await cleanIn(folder, [...args, '--keep-dialect', 'a.csv', 'd/b.tsv']);
    expect(run.code).toBe(0);
    expect(textOf(folder, 'a.csv')).toBe('unit_price,b\n1,2\n');
    expect(textOf(folder, 'd/b.tsv')).toBe(DIRTY['d/b.tsv']);
    const again = await cleanIn(folder, [...readHooks().get('csvclean-check')!, 'a.csv']);
    expect(again.code).toBe(0);
  });
});
