/** Tasks that wait for a worker, in the order in which they are to begin. */
import type { Task, TaskResult } from '../task/task.js';

/** A task with whoever waits for its result. */
export interface QueuedTask {
  readonly task: Task;
  /** Least first. */
  readonly order: number;
  readonly resolve: (result: TaskResult | null) => void;
}

/** Behind those of its order. */
export function enqueue<T extends QueuedTask>(queue: T[], queued: T): void {
  let at = queue.length;
  while (at > 0 && queue[at - 1]!.order > queued.order) at--;
  queue.splice(at, 0, queued);
}
