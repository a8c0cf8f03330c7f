import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createOutput, discardOutput, writeOutput } from '../../src/store/output-file.js';
import { ownIdentity } from '../../src/store/process-identity.js';
import { isTempName, makeScratch, removeDeadTemps, tempPathIn } from '../../src/store/temp-name.js';
import { runInline } from '../support/run-inline.js';
import { writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTree } from '../support/tree.js';

/** As a process that no longer runs would have named it. */
const DEAD = `.csvclean-${2 ** 22 + 1}-0badcafe0123456789ab.tmp`;

describe('tempPathIn', () => {
  test('gives another name of ours each time, hidden and with the pid', () => {
    const paths = Array.from({ length: 100 }, () => tempPathIn('/folder'));
    expect(new Set(paths).size).toBe(100);
    for (const path of paths) {
      expect(dirname(path)).toBe('/folder');
      expect(basename(path)).toMatch(new RegExp(`^\\.csvclean-${process.pid}-[0-9a-f]{20}\\.tmp$`));
      expect(isTempName(basename(path))).toBe(true);
    }
  });
});

describe('removeDeadTemps', () => {
  const OTHERS = [
    'x.tmp',
    '.csvclean-1.tmp',
    '.csvclean-1-abc.tmp',
    `${DEAD}.csv`,
    `x${DEAD}`,
    '.csvclean-backup.csv',
  ];

  test('removes what dead runs left, and nothing else', () => {
    const folder = tempFolder();
    const own = basename(tempPathIn(folder));
    const reused = `.csvclean-${process.pid}-0badcafe0123456789ab.tmp`;
    for (const name of [...OTHERS, own, DEAD, reused]) writeFileSync(join(folder, name), 'x');
    const dead = process.platform === 'linux' ? [DEAD, reused] : [DEAD];
    expect(removeDeadTemps(folder)).toBe(dead.length);
    expect(listTree(folder)).toEqual([...OTHERS, own].sort());
  });

  test('removes nothing, when there is no such folder', () => {
    expect(removeDeadTemps('/no/such/folder')).toBe(0);
  });

  test('is asked of every folder the run or an earlier one wrote to', async () => {
    const folder = tempFolder();
    const out = join(folder, 'out');
    const input = writeTables(folder);
    mkdirSync(join(input, 'deep'));
    writeFileSync(join(input, 'deep/x.csv'), 'a\n1\n');
    await runInline({ inputs: [input], outDir: out });
    const places = ['', 'deep', 'rejects', '.csvclean'].map((place) => join(out, place));
    for (const place of places) writeFileSync(join(place, DEAD), 'x');
    await runInline({ inputs: [join(input, 'one.csv')], outDir: out });
    expect(listTree(folder).filter((path) => path.endsWith(DEAD))).toEqual([]);
  });
});

describe('createOutput', () => {
  test('refuses a name that is taken, also by a link, whose target stays as it is', () => {
    const folder = tempFolder();
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'mine');
    const [taken, link, dangling] = ['taken', 'link', 'dangling'].map((name) => join(folder, name));
    writeFileSync(taken!, 'mine too');
    symlinkSync(victim, link!);
    symlinkSync(join(folder, 'nowhere'), dangling!);
    for (const path of [taken!, link!, dangling!]) {
      expect(() => createOutput(path)).toThrow(
        expect.objectContaining({
          code: 'CANNOT_WRITE',
          message: 'cannot write: a file is in the way',
        }),
      );
    }
    expect([readFileSync(victim, 'utf8'), readFileSync(taken!, 'utf8')]).toEqual([
      'mine',
      'mine too',
    ]);
    expect(listTree(folder)).not.toContain('nowhere');
  });

  test('leaves nothing when it is given up, also twice', () => {
    const folder = tempFolder();
    const output = createOutput(tempPathIn(folder));
    writeOutput(output, Buffer.from('half'));
    discardOutput(output);
    discardOutput(output);
    expect(listTree(folder)).toEqual([]);
  });
});

test('ownIdentity is the same each time', () => {
  expect(ownIdentity()).toEqual(ownIdentity());
  expect(ownIdentity().pid).toBe(process.pid);
});

test('makeScratch gives a folder of our own, and removes those of dead processes', () => {
  const dead = join(tmpdir(), `csvclean-${2 ** 22 + 1}-0badcafe-abc123`);
  const foreign = join(tmpdir(), `csvclean-${2 ** 22 + 1}-notours`);
  for (const folder of [dead, foreign]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(dead, 'spool-0.tmp'), 'x');
  const [first, second] = [makeScratch(), makeScratch()];
  try {
    expect([existsSync(dead), existsSync(foreign)]).toEqual([false, true]);
    expect([existsSync(first), first === second]).toEqual([true, false]);
    expect(statSync(first).mode & 0o077).toBe(0);
  } finally {
    for (const folder of [first, second, foreign]) rmSync(folder, { recursive: true });
  }
});
