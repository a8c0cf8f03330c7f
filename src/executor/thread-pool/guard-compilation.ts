/**
 * Keeps Node 20 from aborting the whole process when a worker thread ends while V8 still compiles
 * for it in the background (`NodePlatform::ForIsolate`). Compiled on the thread itself, jobs are no
 * slower.
 */
import { setFlagsFromString } from 'node:v8';

const LAST_AFFECTED_MAJOR = 21;

/** To be called before the first thread starts. The flag is V8's own, and so the process's. */
export function guardCompilation(): void {
  const [major] = process.versions.node.split('.').map(Number);
  if (major! <= LAST_AFFECTED_MAJOR) setFlagsFromString('--no-concurrent-recompilation');
}
