/** Runs a job in the test's own process and thread: quick, and open to faults in `fileSystem`. */
import type { JobResult } from '../../src/job/job-result.js';
import { runJob } from '../../src/job/run-job.js';
import type { CleanOptions } from '../../src/options/clean-options.js';
import { parseOptions } from '../../src/options/parse-options.js';

const LISTENER = Symbol.for('csvclean.testPoint');

export async function runInline(options: CleanOptions): Promise<JobResult> {
  return runJob(parseOptions({ workers: 0, ...options }));
}

/** Like `runInline`, calling `onPoint` at each test point. */
export async function runInlineAt(
  onPoint: (name: string, detail: string) => void,
  options: CleanOptions,
): Promise<JobResult> {
  Reflect.set(globalThis, LISTENER, onPoint);
  try {
    return await runInline(options);
  } finally {
    Reflect.deleteProperty(globalThis, LISTENER);
  }
}

/** The error a run refuses to start with. */
export async function refusalOf(run: Promise<JobResult>): Promise<unknown> {
  return run.then(
    () => {
      throw new Error('the run was not refused');
    },
    (error: unknown) => error,
  );
}
