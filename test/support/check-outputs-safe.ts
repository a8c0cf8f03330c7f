/** What must hold of an output folder at any moment, whoever was killed in it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { outputsIn } from './reference-outputs.js';
import { runInline } from './run-inline.js';
import { listTemps } from './tree.js';

type Outputs = Readonly<Record<string, string>>;

/**
 * Each output below `<folder>/out` is old or new, and whole, or absent if it was; a new one has its
 * rejects.
 * @param before what stood there when the run began. @param after what it would have written.
 */
export function expectSafe(folder: string, before: Outputs, after: Outputs, what: string): void {
  const now = outputsIn(folder);
  for (const [path, text] of Object.entries(now)) {
    if (path.endsWith('.tmp')) continue;
    const isWhole = text === before[path] || text === after[path];
    expect(isWhole, `${what}: ${path} is old or new, and whole`).toBe(true);
  }
  for (const path of Object.keys(before)) {
    // Stale rejects go with the output they belonged to.
    if (path in after) expect(now, `${what}: ${path} did not vanish`).toHaveProperty([path]);
  }
  for (const path of Object.keys(after)) {
    if (path.startsWith('rejects/') || now[path] !== after[path]) continue;
    const rejects = `rejects/${path}.rejects.csv`;
    if (rejects in after && before[path] !== after[path]) {
      expect(now[rejects] === after[rejects], `${what}: ${path} has its rejects`).toBe(true);
    }
  }
}

/** A run from `<folder>/in` to `<folder>/out` writes `after`, and leaves nothing else there. */
export async function expectNextRunCompletes(
  folder: string,
  after: Outputs,
  what = 'the next run',
): Promise<void> {
  const next = await runInline({ inputs: [join(folder, 'in')], outDir: join(folder, 'out') });
  const errors = next.files.flatMap((file) => file.error ?? []);
  expect(errors, what).toEqual([]);
  expect(outputsIn(folder), what).toEqual(after);
  expect(listTemps(folder), what).toEqual([]);
  expect(existsSync(join(folder, 'out/.csvclean/lock')), what).toBe(false);
}
