/** What main thread and workers say to each other: one union a direction, plain data. */
import type { RunSettings, Task, TaskResult } from '../task/task.js';

/** Given to a thread when it starts. */
export interface ThreadStart {
  readonly name: string;
  readonly settings: RunSettings;
  /** Compiled once for all threads; null where the machine cannot, or nobody asks for it. */
  readonly kernel: WebAssembly.Module | null;
  /** The thread's state, shared: see `thread-state`. */
  readonly state: SharedArrayBuffer;
}

export type ToWorker = { readonly kind: 'task'; readonly task: Task };

export type FromWorker = {
  readonly kind: 'done';
  readonly result: TaskResult;
};
