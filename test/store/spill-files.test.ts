import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { createSpillFiles, removeSpillFiles } from '../../src/store/spill-files.js';
import { isTempName, removeDeadTemps, tempPathIn } from '../../src/store/temp-name.js';
import { withFault } from '../support/fail-calls.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTree } from '../support/tree.js';

function fill(base: string, stream: number, ...parts: readonly string[]): void {
  const writer = createSpillFiles(base).create(stream);
  for (const part of parts) writer.append(Buffer.from(part));
  writer.end();
}

function read(base: string, stream: number, offset: number, length: number): string {
  const reader = createSpillFiles(base).open(stream);
  try {
    const target = Buffer.alloc(length);
    reader.read(target, offset);
    return target.toString();
  } finally {
    reader.close();
  }
}

test('a stream holds what was appended, under a name of ours', () => {
  const folder = tempFolder();
  const base = tempPathIn(folder);
  fill(base, 0, 'abc', '', 'def');
  fill(base, 17, 'x');
  expect(createSpillFiles(base).open(0).sizeBytes).toBe(6);
  expect(read(base, 0, 2, 3)).toBe('cde');
  expect(read(base, 17, 0, 1)).toBe('x');
  const names = listTree(folder);
  expect(names).toHaveLength(2);
  expect(names.every((name) => isTempName(name))).toBe(true);
});

test('a stream that is made again begins anew, and one that is dropped is gone', () => {
  const folder = tempFolder();
  const base = tempPathIn(folder);
  fill(base, 3, 'long before');
  fill(base, 3, 'new');
  expect(createSpillFiles(base).open(3).sizeBytes).toBe(3);
  createSpillFiles(base).drop(3);
  expect(listTree(folder)).toEqual([]);
});

test('all streams of a name are removed, and nothing else', () => {
  const folder = tempFolder();
  const [base, other] = [tempPathIn(folder), tempPathIn(folder)];
  fill(base, 0, 'a');
  fill(base, 1, 'b');
  fill(other, 0, 'c');
  writeFileSync(join(folder, 'x.csv'), 'a\n');
  removeSpillFiles(base);
  const rest = [`${basename(other).slice(0, -4)}.0.tmp`, 'x.csv'];
  expect(listTree(folder)).toEqual(rest.sort());
  expect(() => removeSpillFiles(join(folder, 'no', 'x.tmp'))).not.toThrow();
});

test('what a dead run left is removed by the next one', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, `.csvclean-${2 ** 22 + 1}-0badcafe0123456789ab.12.tmp`), 'x');
  expect(removeDeadTemps(folder)).toBe(1);
  expect(listTree(folder)).toEqual([]);
});

test('reading what is not there is an error, and so is a full disk', async () => {
  const base = tempPathIn(tempFolder());
  fill(base, 0, 'abc');
  expect(() => read(base, 0, 2, 2)).toThrow(
    expect.objectContaining({ code: 'CANNOT_READ', message: expect.stringContaining('shorter') }),
  );
  expect(() => read(base, 1, 0, 1)).toThrow(expect.objectContaining({ code: 'CANNOT_READ' }));
  const fault = { call: 'writeSync', nth: 1, code: 'ENOSPC' } as const;
  const { hasFailed } = await withFault(fault, async () => {
    expect(() => fill(base, 2, 'abc')).toThrow(
      expect.objectContaining({ code: 'CANNOT_WRITE', message: expect.stringContaining('space') }),
    );
  });
  expect(hasFailed).toBe(true);
});
