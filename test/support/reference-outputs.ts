/** What a run that nothing disturbs writes: the measure of all disturbed ones. */
import { join } from 'node:path';
import type { CleanOptions } from '../../src/options/clean-options.js';
import { runInline } from './run-inline.js';
import { writeTables } from './small-tables.js';
import { withFolder } from './temp-folder.js';
import { readOutputs } from './tree.js';

/**
 * Cleans `tables` in a folder of their own. @returns outputs and rejects by path, as `outputsIn`
 * gives them.
 */
export async function referenceOutputs(
  tables: Readonly<Record<string, string>>,
  options: Omit<CleanOptions, 'inputs' | 'outDir'> = {},
): Promise<Readonly<Record<string, string>>> {
  return withFolder(async (folder) => {
    const inputs = [writeTables(folder, tables)];
    await runInline({ ...options, inputs, outDir: join(folder, 'out') });
    return outputsIn(folder);
  });
}

/**
 * The outputs and rejects below `<folder>/out`. Rejects name their inputs; the folder is cut from
 * these, so that runs in different folders compare.
 */
export function outputsIn(folder: string): Readonly<Record<string, string>> {
  const outputs = Object.entries(readOutputs(join(folder, 'out')));
  return Object.fromEntries(
    outputs.map(([path, text]) => [path, text.replaceAll(`${folder}/`, '')]),
  );
}
