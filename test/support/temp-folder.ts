/** Folders for tests: each test file gets its own, removed when its tests are over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A new empty folder; call it at the top of a test file, a `describe` or a test. */
export function makeTempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'csvclean-test-'));
  made.push(folder);
  return folder;
}

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
