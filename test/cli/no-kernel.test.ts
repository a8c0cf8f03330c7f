/**
 * Where the machine has no WebAssembly the reference engine cleans: the same bytes, and `-v` says
 * which engine it was. Node without its compilers has none.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cleanIn, folderWith } from '../support/clean-in-folder.js';
import { readOutputs } from '../support/tree.js';

const SAMPLE = fileURLToPath(new URL('../../samples/taxi-trips-2025-01.csv', import.meta.url));

test.each(['0', '2'])('cleans without WebAssembly as with it, on %s threads', async (workers) => {
  const folder = folderWith({ 'a.csv': readFileSync(SAMPLE), 'b.csv': 'x,y\n1,2\n,\n3,"4"\n' });
  const job = ['a.csv', 'b.csv', '-v', '--workers', workers];
  const withKernel = await cleanIn(folder, [...job, '--out-dir', 'with']);
  const without = await cleanIn(folder, [...job, '--out-dir', 'without'], {
    nodeArgs: ['--jitless'],
  });
  expect([withKernel.code, without.code]).toEqual([0, 0]);
  expect(withKernel.stderr).toContain('Engine: fast\n');
  expect(without.stderr).toContain('Engine: reference\n');
  expect(readOutputs(join(folder, 'without'))).toEqual(readOutputs(join(folder, 'with')));
});
