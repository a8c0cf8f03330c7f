/** Waiting for something to become true, with a limit that only a hang reaches. */
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const LIMIT_MS = 30_000;

export async function waitFor(isTrue: () => boolean, what: string): Promise<void> {
  const startMs = performance.now();
  while (!isTrue()) {
    if (performance.now() - startMs > LIMIT_MS) throw new Error(`waited in vain for ${what}`);
    await setTimeout(2);
  }
}

export async function waitForFile(path: string): Promise<void> {
  await waitFor(() => existsSync(path), path);
}
