/** One run at a time in an output folder, and no lock that outlives its run. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acquireLock, releaseLock } from '../../src/job/lock.js';
import { fileSystem } from '../../src/store/file-system.js';
import { identityOfProcess, ownIdentity } from '../../src/store/process-identity.js';
import { systemError, withReplaced } from '../support/fail-calls.js';
import { runCommand } from '../support/run-command.js';
import { refusalOf, runInline } from '../support/run-inline.js';
import { writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTree } from '../support/tree.js';
import { waitForFile } from '../support/wait-for.js';

/** A pid that no process has: above the largest Linux gives. */
const DEAD = { pid: 2 ** 22 + 1, tag: '0badcafe' };

function plantLock(folder: string, content: string): string {
  const path = join(folder, '.csvclean/lock');
  mkdirSync(join(folder, '.csvclean'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

describe('two runs in one folder', () => {
  test('the second is refused with the pid of the first, when that still works', async () => {
    const folder = tempFolder();
    const input = writeTables(folder);
    const out = join(folder, 'out');
    const [reached, until] = [join(folder, 'reached'), join(folder, 'go')];
    let pid = 0;
    const first = runCommand([input, '--out-dir', out, '--workers', '1', '-q'], {
      points: [{ point: 'input-start', at: 'big.csv', action: 'pause', once: reached, until }],
      onStart: (child) => {
        pid = child.pid!;
      },
    });
    await waitForFile(reached);
    const second = await runCommand([input, '--out-dir', out]);
    writeFileSync(until, '');
    expect(second.stderr).toBe(
      `LOCKED ${out}: another csvclean (pid ${pid}) is writing there.\n` +
        '  Wait for it, or choose another --out-dir.\n',
    );
    expect([second.code, second.stdout]).toEqual([2, '']);
    expect((await first).code).toBe(0);
    expect(listTree(join(out, '.csvclean'))).toEqual(['journal.jsonl']);
    expect((await runInline({ inputs: [input], outDir: out })).status).toBe('done');
  });

  test('the second is refused in the same process too', async () => {
    const out = tempFolder();
    const lock = acquireLock(out, 'out');
    const input = writeTables(tempFolder());
    expect(await refusalOf(runInline({ inputs: [input], outDir: out }))).toMatchObject({
      code: 'LOCKED',
      message: `another csvclean (pid ${process.pid}) is writing there`,
    });
    releaseLock(lock);
    expect((await runInline({ inputs: [input], outDir: out })).status).toBe('done');
  });
});

describe('acquireLock takes over', () => {
  const stale: readonly (readonly [string, string])[] = [
    ['of a process that is dead', JSON.stringify(DEAD)],
    [
      'of an earlier process with our own pid',
      JSON.stringify({ ...ownIdentity(), tag: '0badcafe' }),
    ],
    ['of an earlier process whose pid runs again', JSON.stringify({ pid: 1, tag: '0badcafe' })],
    ['that is empty', ''],
    ['that is nonsense', '{"pid":"1"'],
  ];
  test.runIf(process.platform === 'linux').each(stale)('a lock %s', (_, content) => {
    const folder = tempFolder();
    const path = plantLock(folder, content);
    releaseLockOf(folder, path);
  });

  function releaseLockOf(folder: string, path: string): void {
    const lock = acquireLock(folder, 'out');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(ownIdentity());
    expect(listTree(folder)).toEqual(['.csvclean/lock']);
    releaseLock(lock);
    expect(listTree(folder)).toEqual([]);
  }
});

test('acquireLock gives a lock back, when it got a living holder just before it was moved', async () => {
  const folder = tempFolder();
  const path = plantLock(folder, JSON.stringify(DEAD));
  const living = identityOfProcess(process.ppid)!;
  const { renameSync } = fileSystem;
  const acquire = async (): Promise<unknown> => acquireLock(folder, 'out');
  const moved = withReplaced(
    'renameSync',
    (from, to) => {
      // Another run takes the stale lock over between our look and our move.
      writeFileSync(path, JSON.stringify(living));
      renameSync(from, to);
    },
    acquire,
  );
  await expect(moved).rejects.toMatchObject({
    code: 'LOCKED',
    message: `another csvclean (pid ${living.pid}) is writing there`,
  });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(living);
  expect(listTree(folder)).toEqual(['.csvclean/lock']);
});

test('acquireLock does without hard links, when the file system has none', async () => {
  const folder = tempFolder();
  await withReplaced(
    'linkSync',
    () => {
      throw systemError('EPERM', 'linkSync');
    },
    async () => {
      const lock = acquireLock(folder, 'out');
      expect(JSON.parse(readFileSync(lock.path, 'utf8'))).toEqual(ownIdentity());
      expect(() => acquireLock(folder, 'out')).toThrow(/another csvclean \(pid \d+\)/);
      releaseLock(lock);
      expect(listTree(folder)).toEqual([]);
    },
  );
});

test('acquireLock says so, when the output folder is a file or lies in one', () => {
  const folder = tempFolder();
  const file = join(folder, 'file');
  writeFileSync(file, 'mine');
  for (const path of [file, join(file, 'below')]) {
    expect(() => acquireLock(path, 'shown')).toThrow(
      expect.objectContaining({ code: 'OUTPUT_FOLDER', place: { path: 'shown' } }),
    );
  }
  expect(readFileSync(file, 'utf8')).toBe('mine');
});
