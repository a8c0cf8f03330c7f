/**
 * Inputs that change, vanish or never were files: an error of theirs, and no output of half of
 * each.
 */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { JobResult } from '../../src/job/job-result.js';
import { fileSystem } from '../../src/store/file-system.js';
import { withReplaced } from '../support/fail-calls.js';
import { runCommand } from '../support/run-command.js';
import { refusalOf, runInline, runInlineAt } from '../support/run-inline.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps, listTree, readOutputs } from '../support/tree.js';

const CONTENT = tableOf(3000, true);
/** As long as `CONTENT`, with other bytes. */
const OTHER = CONTENT.replaceAll('name', 'NAME');

const CHANGES: readonly (readonly [string, (path: string) => void])[] = [
  ['appended to', (path) => appendFileSync(path, '1,more,2\n')],
  ['truncated in a record', (path) => truncateSync(path, 1000)],
  ['emptied', (path) => truncateSync(path, 0)],
  ['replaced by one of the same length', (path) => replace(path, OTHER)],
  ['replaced by a folder', (path) => mkdirSync(away(path))],
  ['deleted', (path) => void away(path)],
];

function replace(path: string, content: string): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

function away(path: string): string {
  rmSync(path);
  return path;
}

/**
 * A run whose big.csv meets `change` just before it is read for the `nth` time, after its header
 * was looked at.
 */
async function runChanging(change: (path: string) => void, nth: number, delimiter: string | null) {
  const folder = tempFolder();
  const input = writeTables(folder, { 'big.csv': CONTENT, 'calm.csv': 'a\n1\n' });
  const path = join(input, 'big.csv');
  const { openSync, readSync } = fileSystem;
  let fd = -1;
  let opens = 0;
  let reads = 0;
  const open = (...args: Parameters<typeof openSync>): number => {
    const opened = openSync(...args);
    if (args[0] === path && ++opens === 2) fd = opened;
    else if (opened === fd) fd = -1;
    return opened;
  };
  const read = (...args: Parameters<typeof readSync>): number => {
    if (args[0] === fd && ++reads === nth) change(path);
    return readSync(...args);
  };
  const result = await withReplaced('openSync', open, () =>
    withReplaced('readSync', read, () =>
      runInline({
        inputs: [path, join(input, 'calm.csv')],
        outDir: join(folder, 'out'),
        delimiter,
        outliers: 'off',
      }),
    ),
  );
  return { folder, result, hasChanged: reads >= nth };
}

describe('an input', () => {
  const cases = [null, '||'].flatMap((delimiter) =>
    CHANGES.map(([what, change]) => [what, delimiter, change] as const),
  );
  test.each(cases)('%s while it is read fails (-d %s)', async (_, delimiter, change) => {
    for (let nth = 1; ; nth++) {
      const { folder, result, hasChanged } = await runChanging(change, nth, delimiter);
      if (!hasChanged) {
        expect(result.status).toBe('done');
        // The loop has come through all reads.
        expect(nth).toBeGreaterThan(2);
        return;
      }
      const codes = result.files.map((file) => file.error?.code);
      expect(codes, `read ${nth}`).toEqual(['CHANGED_WHILE_READ', undefined]);
      expect(Object.keys(readOutputs(join(folder, 'out')))).toEqual(['calm.csv']);
      expect(listTemps(folder)).toEqual([]);
    }
  });

  test('that vanishes between being found and being opened fails, the others do not', async () => {
    const folder = tempFolder();
    const input = writeTables(folder, { 'x.csv': 'a\n1\n', 'y.csv': 'b\n2\n' });
    const vanish = (point: string): void => {
      if (point === 'run-start') rmSync(join(input, 'x.csv'));
    };
    const options = { inputs: [join(input, '*.csv')], outDir: join(folder, 'out') };
    const result = await runInlineAt(vanish, options);
    expect(result.files.map((file) => file.error?.message)).toEqual([
      'cannot read: no such file or folder',
      undefined,
    ]);
    expect(readOutputs(join(folder, 'out'))).toEqual({ 'y.csv': 'b\n2\n' });
  });
});

describe('a large input in spans', () => {
  const SMALLER = tableOf(300, true);
  const cases = [
    ...CHANGES.map(([what, change]) => ({ what, outliers: 'off', change })),
    ...CHANGES.slice(1, 3).map(([what, change]) => ({ what, outliers: 'iqr', change })),
  ].map((one, i) => ({ ...one, first: 1 + i }));

  /** A run whose input meets `change` before it is opened or read for the `nth` time. */
  async function runSpans(change: (path: string) => void, nth: number, outliers: string) {
    const folder = tempFolder();
    const path = join(writeTables(folder, { 'big.csv': SMALLER }), 'big.csv');
    const { openSync, readSync } = fileSystem;
    const own = new Set<number>();
    let opens = 0;
    let calls = 0;
    const count = (): void => {
      if (++calls === nth) change(path);
    };
    const open = (...args: Parameters<typeof openSync>): number => {
      if (args[0] !== path) return openSync(...args);
      // First its header is looked at; the second time its identity is taken.
      if (++opens > 2) count();
      const opened = openSync(...args);
      if (opens > 1) own.add(opened);
      return opened;
    };
    const read = (...args: Parameters<typeof readSync>): number => {
      if (own.has(args[0])) count();
      return readSync(...args);
    };
    const options = { inputs: path, outDir: join(folder, 'out'), spanSize: 600, outliers };
    const result = await withReplaced('openSync', open, () =>
      withReplaced('readSync', read, () => runInline(options)),
    );
    return { folder, result, hasChanged: calls >= nth };
  }

  test.each(cases)('$what between two reads fails (--outliers $outliers)', async (of) => {
    let checked = 0;
    // All together they change it before every call.
    for (let nth = of.first; ; nth += cases.length) {
      const { folder, result, hasChanged } = await runSpans(of.change, nth, of.outliers);
      const [file] = result.files;
      if (!hasChanged) {
        expect([file!.status, file!.spans > 8]).toEqual(['cleaned', true]);
        // Each span is opened and read twice at least.
        expect(checked).toBeGreaterThan(3);
        return;
      }
      checked++;
      expect(file!.error?.code, `call ${nth}`).toBe('CHANGED_WHILE_READ');
      expect(readOutputs(join(folder, 'out'))).toEqual({});
      expect(listTemps(folder)).toEqual([]);
    }
  });
});

/** What became of the one input, without its remedy. */
function errorsOf(result: JobResult): readonly (readonly [string, string] | null)[] {
  return result.files.map(({ error }) => error && [error.code, error.message]);
}

describe('what is no regular file', () => {
  test('is searched when it is a folder called x.csv, and passed over by a pattern', async () => {
    const folder = tempFolder();
    const input = writeTables(folder, { 'y.csv': 'b\n2\n' });
    mkdirSync(join(input, 'x.csv'));
    const outDir = join(folder, 'out');
    expect(await refusalOf(runInline({ inputs: [join(input, 'x.csv')], outDir }))).toMatchObject({
      code: 'NO_MATCH',
      message: 'nothing matches',
    });
    expect((await runInline({ inputs: [join(input, '*.csv')], outDir })).totals.files).toBe(1);
    writeFileSync(join(input, 'x.csv/z.csv'), 'c\n3\n');
    await runInline({ inputs: [join(input, 'x.csv')], outDir });
    expect(readOutputs(outDir)).toEqual({ 'y.csv': 'b\n2\n', 'z.csv': 'c\n3\n' });
  });

  test('is refused when it is a device, a socket or a link to one', async () => {
    const folder = tempFolder();
    const [link, socket] = ['l.csv', 's.csv'].map((name) => join(folder, name));
    symlinkSync('/dev/zero', link!);
    const server = createServer().listen(socket);
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const good = join(writeTables(folder, { 'y.csv': 'b\n2\n' }), 'y.csv');
    const out = join(folder, 'out');
    const args = ['/dev/null', link!, socket!, good, '--out-dir', out, '--no-progress'];
    const { code, stderr } = await runCommand(args);
    expect(code).toBe(1);
    const remedy = '  Name a regular file.\n';
    for (const text of [
      `NOT_A_FILE /dev/null: it is a device, not a file.\n${remedy}`,
      `NOT_A_FILE ${link}: it is a device, not a file.\n${remedy}`,
      `NOT_A_FILE ${socket}: it is a socket, not a file.\n${remedy}`,
    ]) {
      expect(stderr).toContain(text);
    }
    expect(readOutputs(out)).toEqual({ 'y.csv': 'b\n2\n' });
  });

  test('is not waited for when a FIFO stands at an output', async () => {
    const folder = tempFolder();
    const out = join(folder, 'out');
    const input = writeTables(folder, { 'y.csv': 'b\n2\n' });
    expect((await runCommand([input, '--out-dir', out, '-q'])).code).toBe(0);
    rmSync(join(out, 'y.csv'));
    execFileSync('mkfifo', [join(out, 'y.csv')]);
    const { code, stderr } = await runCommand([input, '--out-dir', out]);
    expect(code).toBe(1);
    expect(stderr).toContain('y.csv exists and was not written by csvclean');
  });

  test('fails when it is a link that leads nowhere, or to itself', async () => {
    const folder = tempFolder();
    symlinkSync(join(folder, 'nowhere'), join(folder, 'a.csv'));
    symlinkSync(join(folder, 'b.csv'), join(folder, 'b.csv'));
    const inputs = [join(folder, 'a.csv'), join(folder, 'b.csv')];
    const result = await runInline({ inputs, outDir: join(folder, 'out') });
    expect(errorsOf(result)[0]).toEqual(['CANNOT_READ', 'cannot read: no such file or folder']);
    expect(errorsOf(result)[1]![0]).toBe('CANNOT_READ');
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('is read when it is a link to a file, which stays as it is', async () => {
    const folder = tempFolder();
    const input = writeTables(folder, { 'y.csv': ' b \n2\n' });
    symlinkSync(join(input, 'y.csv'), join(folder, 'link.csv'));
    await runInline({ inputs: [join(folder, 'link.csv')], outDir: join(folder, 'out') });
    expect(readOutputs(join(folder, 'out'))).toEqual({ 'link.csv': 'b\n2\n' });
    expect(readFileSync(join(input, 'y.csv'), 'utf8')).toBe(' b \n2\n');
    expect(listTree(input)).toEqual(['y.csv']);
  });
});
