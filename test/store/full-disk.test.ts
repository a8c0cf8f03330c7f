/**
 * A disk that is really full: a file system of 1 MiB in memory. Needs root on Linux to be mounted.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../support/run-command.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps, listTree } from '../support/tree.js';

/** Mounts a disk of 1 MiB at `path`. @returns whether this system let us. */
function mountSmallDisk(path: string): boolean {
  mkdirSync(path);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]);
  if (mounted.status !== 0) return false;
  onTestFinished(() => {
    execFileSync('umount', [path]);
  });
  return true;
}

test.for([['whole', '8MB'] as const, ['in spans', '16KB'] as const])(
  'a full disk fails what does not fit, keeps what was there, and the rest is cleaned: %s',
  async ([, spanSize], { skip }) => {
    const folder = tempFolder();
    const out = join(folder, 'out');
    if (!mountSmallDisk(out)) {
      console.warn('SKIPPED: no tmpfs can be mounted here, so no disk was really full');
      skip();
    }
    const small = { 'a.csv': tableOf(900, true), 'm.csv': tableOf(500, true) };
    const old = await runCommand([writeTables(folder, small), '--out-dir', out, '-q']);
    expect(old).toMatchObject({ code: 0, stderr: '' });
    const oldOutput = readFileSync(join(out, 'm.csv'), 'utf8');

    // m.csv grows beyond the disk; the largest, it is cleaned first and by the only worker. Then
    // there is room for n.csv again.
    const later = {
      'm.csv': tableOf(60_000, true),
      'n.csv': tableOf(9000, true),
      'z.csv': 'a,b\n',
    };
    const input = writeTables(folder, { ...small, ...later });
    const args = [input, '--out-dir', out, '--workers', '1', '--no-progress'];
    args.push('--span-size', spanSize);
    const full = await runCommand(args);
    expect(full.code).toBe(1);
    expect(full.stderr).toContain(
      `CANNOT_WRITE ${join(input, 'm.csv')}: cannot write: no space left on the disk.\n` +
        '  Free space or choose another disk.\n',
    );
    expect(full.stderr).toContain('3 of 4 files cleaned');
    expect(readFileSync(join(out, 'm.csv'), 'utf8')).toBe(oldOutput);
    expect(listTemps(out)).toEqual([]);
    expect(listTree(out)).toEqual(expect.arrayContaining(['n.csv', 'z.csv']));

    // With room again the next run completes: the journal knows every output.
    writeFileSync(join(input, 'm.csv'), small['m.csv']);
    const again = await runCommand([...args, '-q']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
  },
);

test('an output folder on a disk without any room is refused before any work', async ({ skip }) => {
  const folder = tempFolder();
  const out = join(folder, 'out');
  if (!mountSmallDisk(out)) {
    console.warn('SKIPPED: no tmpfs can be mounted here, so no disk was really full');
    skip();
  }
  const filler = join(out, 'filler');
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k'], { stdio: 'ignore' });
  const { code, stderr } = await runCommand([writeTables(folder), '--out-dir', out]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^OUTPUT_FOLDER .*: the output folder cannot be written: .*no space left/);
  expect(listTree(out)).toEqual(['filler']);
});
