/**
 * Where tasks run: the seam between what is to be done and on which thread (or machine) it is done.
 */
import type { InputResult, Task } from '../task/task.js';

/** What one worker is at. */
export interface WorkerProgress {
  readonly worker: string;
  /** Index of the input it is cleaning, or null when it waits. */
  readonly inputIndex: number | null;
  /** How far it has come in that input's current pass, in bytes. */
  readonly offsetBytes: number;
}

/**
 * Runs tasks somewhere. Law: each input of each task gives exactly one result, in any order; a
 * fault while cleaning one is its result and does not touch the others. `close` may be called
 * twice.
 */
export interface Executor {
  readonly workerCount: number;
  run(tasks: readonly Task[]): AsyncIterable<InputResult>;
  /** A look at the workers now. */
  progress(): readonly WorkerProgress[];
  /** Ends all work at once; a run under way gives no more results. */
  close(): Promise<void>;
}
