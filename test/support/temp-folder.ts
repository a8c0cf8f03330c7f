/** New empty folders, free of symbolic links in their paths, each removed in time. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** For one test: removed when that has finished. */
export function tempFolder(): string {
  const path = createFolder();
  onTestFinished(() => removeFolder(path));
  return path;
}

/** For a whole test file: removed when all its tests are over. */
export function makeTempFolder(): string {
  const path = createFolder();
  made.push(path);
  return path;
}

const made: string[] = [];

afterAll(() => {
  for (const path of made.splice(0)) removeFolder(path);
});

/** For the time of `work`. */
export async function withFolder<T>(work: (path: string) => Promise<T>): Promise<T> {
  const path = createFolder();
  try {
    return await work(path);
  } finally {
    removeFolder(path);
  }
}

function createFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'csvclean-test-')));
}

function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
