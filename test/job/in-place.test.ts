/** `--in-place`: the one way an input is replaced, and what is kept of it. */
import {
  appendFileSync,
  chmodSync,
  linkSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CleanOptions } from '../../src/options/clean-options.js';
import { systemError, withFault, withReplaced } from '../support/fail-calls.js';
import { runCommand } from '../support/run-command.js';
import { runInline, runInlineAt } from '../support/run-inline.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTree, readOutputs } from '../support/tree.js';

const DIRTY = ' A ,b\n 1 ,2\n';
const CLEAN = 'a,b\n1,2\n';

function prepare(tables: Readonly<Record<string, string>> = { 'x.csv': DIRTY }) {
  const input = writeTables(tempFolder(), tables);
  const options: CleanOptions = { inputs: [input], inPlace: true, backup: '.bak' };
  return { input, options, path: join(input, 'x.csv') };
}

describe('--in-place --backup', () => {
  test('replaces the input and keeps the old one, with the permissions of the input', async () => {
    const { input, path } = prepare();
    chmodSync(path, 0o754);
    const run = await runCommand([input, '--in-place', '--backup', '.bak', '-q']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(readOutputs(input)).toEqual({ 'x.csv': CLEAN, 'x.csv.bak': DIRTY });
    expect(statSync(path).mode & 0o777).toBe(0o754);
    expect(statSync(`${path}.bak`).mode & 0o777).toBe(0o754);
  });

  test('keeps an existing backup, and the input then too', async () => {
    const { input, options } = prepare({ 'x.csv': DIRTY, 'x.csv.bak': 'old', 'y.csv': DIRTY });
    const result = await runInline(options);
    expect(result.files.map((file) => file.error?.message)).toEqual([
      `${join(input, 'x.csv')}.bak exists already`,
      undefined,
    ]);
    expect(readOutputs(input)).toEqual({
      'x.csv': DIRTY,
      'x.csv.bak': 'old',
      'y.csv': CLEAN,
      'y.csv.bak': DIRTY,
    });
  });

  test('keeps a backup that appears during the run', async () => {
    const { input, options, path } = prepare();
    const result = await runInlineAt((point) => {
      if (point === 'input-end') writeFileSync(`${path}.bak`, 'old');
    }, options);
    expect(result.files[0]!.error).toMatchObject({ code: 'CANNOT_WRITE' });
    expect(result.files[0]!.error!.message).toMatch(/^no backup .*x\.csv\.bak: cannot write: /);
    expect(readOutputs(input)).toEqual({ 'x.csv': DIRTY, 'x.csv.bak': 'old' });
  });

  test('replaces the backup with --force', async () => {
    const { input, options } = prepare({ 'x.csv': DIRTY, 'x.csv.bak': 'old' });
    await runInline({ ...options, force: true });
    expect(readOutputs(input)).toEqual({ 'x.csv': CLEAN, 'x.csv.bak': DIRTY });
  });

  test('copies, when the file system has no hard links', async () => {
    const { input, options } = prepare();
    const refuse = (): never => {
      throw systemError('EPERM', 'linkSync');
    };
    await withReplaced('linkSync', refuse, () => runInline(options));
    expect(readOutputs(input)).toEqual({ 'x.csv': CLEAN, 'x.csv.bak': DIRTY });
  });

  test('leaves the input as it was, when any call fails', async () => {
    for (const call of ['openSync', 'writeSync', 'closeSync', 'renameSync', 'mkdirSync'] as const) {
      for (let nth = 1; ; nth++) {
        const { input, options } = prepare({ 'x.csv': tableOf(5, true) });
        const run = withFault({ call, nth, code: 'ENOSPC' }, () => runInline(options));
        const { value, hasFailed } = await run;
        if (!hasFailed) break;
        if (value.status === 'done') continue;
        const left = readOutputs(input);
        expect(left['x.csv'], `${call} ${nth}`).toBe(tableOf(5, true));
        expect(Object.keys(left).filter((name) => name.endsWith('.tmp'))).toEqual([]);
        expect(value.files[0]!.error?.code, `${call} ${nth}`).toMatch(/^CANNOT_(READ|WRITE)$/);
      }
    }
  });
});

describe('--in-place', () => {
  test('leaves a bad input as it is, without backup, and cleans the others', async () => {
    const { input, options } = prepare({ 'x.csv': 'a\n\n"open', 'y.csv': DIRTY });
    writeFileSync(join(input, 'bad.csv'), Buffer.from([0x61, 0x0a, 0xff, 0xfe, 0xfd, 0x0a]));
    const result = await runInline(options);
    expect(result.files.map((file) => [file.input.slice(input.length + 1), file.status])).toEqual([
      ['bad.csv', 'failed'],
      ['x.csv', 'cleaned'],
      ['y.csv', 'cleaned'],
    ]);
    const left = listTree(input);
    expect(left).toEqual([
      'bad.csv',
      'rejects/x.csv.rejects.csv',
      'x.csv',
      'x.csv.bak',
      'y.csv',
      'y.csv.bak',
    ]);
    expect(readFileSync(join(input, 'bad.csv')).length).toBe(6);
  });

  test('refuses a symbolic link, which it would replace', async () => {
    const { input, options, path } = prepare();
    symlinkSync(path, join(input, 'link.csv'));
    const result = await runInline({ ...options, inputs: [join(input, 'link.csv')] });
    expect(result.files[0]!.error).toMatchObject({
      code: 'NOT_A_FILE',
      message: 'it is a symbolic link, which --in-place would replace',
    });
    expect(lstatSync(join(input, 'link.csv')).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(DIRTY);
  });

  test('leaves another name of the same file with the old content', async () => {
    const { input, options, path } = prepare();
    const other = join(tempFolder(), 'other.csv');
    linkSync(path, other);
    await runInline({ ...options, inputs: [path] });
    expect(readFileSync(other, 'utf8')).toBe(DIRTY);
    expect(readOutputs(input)['x.csv']).toBe(CLEAN);
  });

  test('keeps what was appended after the input was read', async () => {
    const { input, options, path } = prepare({ 'x.csv': DIRTY, 'y.csv': DIRTY });
    const result = await runInlineAt(
      (point, name) => {
        if (point === 'input-end' && name.endsWith('x.csv')) appendFileSync(path, '3,4\n');
      },
      { ...options, backup: null, force: true },
    );
    expect(result.files.map((file) => file.error?.code)).toEqual(['CHANGED_WHILE_READ', undefined]);
    expect(readOutputs(input)).toEqual({ 'x.csv': `${DIRTY}3,4\n`, 'y.csv': CLEAN });
  });

  test('changes nothing when it is run again', async () => {
    const { input, options } = prepare();
    await runInline(options);
    expect((await runInline({ ...options, backup: '.bak2' })).status).toBe('done');
    expect(readOutputs(input)).toMatchObject({ 'x.csv': CLEAN, 'x.csv.bak': DIRTY });
  });
});
