/**
 * Where tasks run: the seam between what is to be done and on which thread (or machine) it is done.
 */
import type { Task, TaskResult } from '../task/task.js';

/** What one worker is at. */
export interface WorkerProgress {
  readonly worker: string;
  /** Index of the input it is cleaning, or null when it waits. */
  readonly inputIndex: number | null;
  /** How far it has come in that input's current pass, in bytes. */
  readonly offsetBytes: number;
}

/**
 * Runs tasks somewhere. Law: each input of a pack gives exactly one result; a fault while cleaning
 * one is its result and does not touch the others. `close` may be called twice.
 */
export interface Executor {
  readonly workerCount: number;
  /**
   * Runs a task when its turn comes: of those that wait, the one with the least `order`, else the
   * one that came first.
   *
   * @returns its result; null when the executor was closed before there was one.
   */
  submit<T extends Task>(task: T, order: number): Promise<TaskResult<T> | null>;
  /** A look at the workers now. */
  progress(): readonly WorkerProgress[];
  /** Ends all work at once. */
  close(): Promise<void>;
}
