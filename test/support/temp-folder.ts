/** A new empty folder for one test, removed when the test has finished. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** @returns its absolute path, free of symbolic links. */
export function tempFolder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'csvclean-test-')));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
