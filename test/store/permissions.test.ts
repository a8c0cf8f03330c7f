/** Files and folders that may not be read or written: run as a user who is not root. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps, listTree } from '../support/tree.js';

const BINARY = fileURLToPath(new URL('../../bin/csvclean.js', import.meta.url));
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** Runs the binary as an ordinary user: this one, or nobody when this one is root. */
function runAsUser(...args: readonly string[]) {
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  return spawnSync(process.execPath, [BINARY, ...args], { encoding: 'utf8', ...user });
}

/** Whether nobody can run our files at all, which may lie in a folder of root's. */
const isPossible = process.platform !== 'win32' && runAsUser('--version').status === 0;
if (!isPossible) console.warn('SKIPPED: permissions, which need a user who is not root');

/** Gives all of it to the user the binary runs as. */
function prepare(): string {
  const folder = tempFolder();
  const input = writeTables(folder, { 'x.csv': 'a\n1\n', 'y.csv': 'b\n2\n' });
  chmodSync(folder, 0o755);
  if (isRoot) {
    for (const path of [folder, input, join(input, 'x.csv'), join(input, 'y.csv')]) {
      chownSync(path, NOBODY, NOBODY);
    }
  }
  return folder;
}

test.runIf(isPossible)('an unreadable input fails alone', () => {
  const folder = prepare();
  chmodSync(join(folder, 'in/x.csv'), 0);
  const run = runAsUser(join(folder, 'in'), '--out-dir', join(folder, 'out'), '--no-progress');
  expect(run.status).toBe(1);
  expect(run.stderr).toContain(
    `CANNOT_READ ${join(folder, 'in/x.csv')}: cannot read: permission denied.\n` +
      '  Check the permissions of file and folder.\n',
  );
  expect(listTree(join(folder, 'out'))).toEqual(['.csvclean/journal.jsonl', 'y.csv']);
});

test.runIf(isPossible)(
  'an output folder that may not be written is refused before any work',
  () => {
    const folder = prepare();
    const out = join(folder, 'out');
    mkdirSync(out);
    chmodSync(out, 0o555);
    const run = runAsUser(join(folder, 'in'), '--out-dir', out);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^OUTPUT_FOLDER .*: the output folder cannot be written: /);
    expect(listTree(out)).toEqual([]);
  },
);

test.runIf(isPossible)('a folder below that may not be written fails its inputs alone', () => {
  const folder = prepare();
  const out = join(folder, 'out');
  expect(runAsUser(join(folder, 'in'), '--out-dir', out).status).toBe(0);
  mkdirSync(join(folder, 'in/deep'));
  writeFileSync(join(folder, 'in/deep/z.csv'), 'c\n3\n');
  mkdirSync(join(out, 'deep'), { mode: 0o555 });
  const run = runAsUser(join(folder, 'in'), '--out-dir', out, '--no-progress');
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('deep/z.csv: cannot write: permission denied');
  expect(run.stderr).toContain('2 of 3 files cleaned');
  expect(listTemps(folder)).toEqual([]);
});

test.runIf(isPossible)('an output is as readable as the umask lets it be', () => {
  const folder = prepare();
  expect(runAsUser(join(folder, 'in'), '--out-dir', join(folder, 'out')).status).toBe(0);
  const mode = statSync(join(folder, 'out/x.csv')).mode & 0o777;
  expect(mode).toBe(0o666 & ~process.umask());
});
