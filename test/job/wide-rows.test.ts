/** Rows far wider than any table: blank, rejected, never a crash; the same from both engines. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanFiles } from '../support/library.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { readOutputs } from '../support/tree.js';

const COMMAS = ','.repeat(1_200_000);

test.each(['fast', 'reference'] as const)('by the %s engine', async (engine) => {
  const folder = makeTempFolder();
  const inputs = join(folder, 'wide.csv');
  writeFileSync(inputs, `a,b\n1,2\n${COMMAS}\n3,4${COMMAS}\n5,6${COMMAS}x\n7,8\n`);
  const outDir = join(folder, 'out');
  const { files } = await cleanFiles({ inputs, outDir, engine, rejects: 'none', workers: 0 });
  const { rows, rejectedByRule, repairs } = files[0]!.report!;
  expect(rows).toMatchObject({ in: 5, kept: 3, blank: 1, rejected: 1 });
  expect([...rejectedByRule]).toEqual([['too_many_fields', 1]]);
  expect(repairs.shortenedRows).toBe(1);
  expect(readOutputs(outDir)['wide.csv']).toBe('a,b\n1,2\n3,4\n7,8\n');
});
