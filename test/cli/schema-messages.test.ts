/** What is refused of a schema before any work, and how values that break one are told of. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CleanOptions } from '../../src/index.js';
import { folderWith } from '../support/clean-in-folder.js';
import { cleanFiles } from '../support/library.js';

type Columns = NonNullable<CleanOptions['columns']>;

const REFUSED: readonly (readonly [columns: Columns, message: string, remedy: string])[] = [
  [{ amuont: { min: 1 } }, 'columns: there is no column "amuont"', 'Did you mean "amount"?'],
  [
    { id: { pattern: '(?=x)' } },
    'pattern (?=x): look-around is not read',
    'Classes, groups, alternatives, quantifiers, ^, $ and \\b are; they never take long.',
  ],
  [
    { id: { required: true, onInvalid: 'null' } },
    'columns.id: required and onInvalid: null exclude each other',
    'Change one of them.',
  ],
  [
    { id: { unique: true, onInvalid: 'null' } },
    'columns.id: unique and onInvalid: null exclude each other',
    'Change one of them.',
  ],
  [{ id: { min: 5, max: 1 } }, 'columns.id: min 5 is above max 1', 'Change one of them.'],
  [
    { id: { min: 5, max: '2024-01-01' } },
    'columns.id: min and max are both numbers, or both dates',
    'Change one of them.',
  ],
  [{ id: { min: '2024-02-30' } }, 'columns.id: there is no day 2024-02-30', 'Change one of them.'],
  [
    { id: { type: 'integer', max: '2024-12-31' } },
    'columns.id: type integer and the limit 2024-12-31 exclude each other',
    'Change one of them.',
  ],
  [
    { id: { type: 'date', min: 5 } },
    'columns.id: type date and the limit 5 exclude each other',
    'Change one of them.',
  ],
];

describe('a schema is refused', () => {
  test.each(REFUSED)('%j', async (columns, message, remedy) => {
    const folder = folderWith({ 'a.csv': 'id,amount\n1,2\n' });
    const run = cleanFiles({ inputs: join(folder, 'a.csv'), outDir: join(folder, 'out'), columns });
    const code = message.startsWith('columns:') ? 'UNKNOWN_COLUMN' : 'USAGE';
    await expect(run).rejects.toMatchObject({ code, message, remedy });
  });
});

test('a pattern that others take for ever ends soon, and says what it found', async () => {
  const folder = folderWith({ 'a.csv': `id,note\n1,${'a'.repeat(50_000)}!\n2,aaa\n` });
  const columns = { note: { pattern: '(a+)+$' } };
  const startMs = performance.now();
  const [inputs, outDir] = [join(folder, 'a.csv'), join(folder, 'out')];
  const result = await cleanFiles({ inputs, outDir, columns, outliers: 'off' });
  expect(performance.now() - startMs).toBeLessThan(5000);
  expect(result.totals.rows).toMatchObject({ kept: 1, rejected: 1 });
  expect(result.files[0]!.report!.schema).toEqual([{ column: 'note', rule: 'pattern', count: 1 }]);
});
