/**
 * A fixed pool of worker threads, one task at a time per thread. They start with the pool, before
 * there are tasks. A thread that dies is replaced; the input it was at is tried once more if it
 * merely died, and reported if it ran out of memory or time or threw; the rest of its task goes
 * back to the queue.
 */
import { Worker } from 'node:worker_threads';
import { loadKernelModule } from '../../task/choose-engine.js';
import type { InputResult, Task, TaskSettings } from '../../task/task.js';
import type { Executor, WorkerProgress } from '../executor.js';
import type { FromWorker, ThreadStart, ToWorker } from '../messages.js';
import { type Death, failedResult } from './death.js';
import { guardCompilation } from './guard-compilation.js';
import {
  createThreadState,
  currentInput,
  currentOffsetBytes,
  startCount,
  type ThreadState,
} from './thread-state.js';

export interface ThreadPoolOptions {
  readonly workerCount: number;
  readonly heapMiB: number;
  /** Longest time for one input, in milliseconds; null: no limit. */
  readonly timeoutMs: number | null;
}

interface Thread {
  readonly worker: Worker;
  readonly name: string;
  readonly state: ThreadState;
  task: Task | null;
  /** Why it is ending, once known. */
  death: Death | null;
  /** For the time-out: the input start last seen, and when. */
  seenStart: number;
  seenAtMs: number;
}

const POLL_MS = 25;

function nameOf(place: number): string {
  return `worker-${place}`;
}

export function createThreadPool(settings: TaskSettings, options: ThreadPoolOptions): Executor {
  guardCompilation();
  const pool = new ThreadPool(settings, options);
  return {
    workerCount: options.workerCount,
    run: (tasks) => pool.run(tasks),
    progress: () => pool.progress(),
    close: () => pool.close(),
  };
}

class ThreadPool {
  readonly #settings: TaskSettings;
  readonly #options: ThreadPoolOptions;
  readonly #threads = new Map<string, Thread>();
  readonly #queue: Task[] = [];
  readonly #ready: InputResult[] = [];
  readonly #deathsByInput = new Map<number, number>();
  #wake: () => void = () => {};
  #nextTaskId = 0;
  #isClosed = false;

  constructor(settings: TaskSettings, options: ThreadPoolOptions) {
    this.#settings = settings;
    this.#options = options;
    for (let place = 1; place <= options.workerCount; place++) this.#start(nameOf(place));
  }

  async *run(tasks: readonly Task[]): AsyncGenerator<InputResult> {
    this.#queue.push(...tasks);
    this.#nextTaskId = 1 + Math.max(0, ...tasks.map((task) => task.id));
    let left = tasks.reduce((count, task) => count + task.inputs.length, 0);
    const timer = setInterval(() => this.#enforceTimeout(), POLL_MS);
    try {
      this.#feed();
      while (left > 0 && !this.#isClosed) {
        const result = this.#ready.shift();
        if (result === undefined) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          continue;
        }
        left--;
        yield result;
      }
    } finally {
      clearInterval(timer);
    }
  }

  progress(): readonly WorkerProgress[] {
    return [...this.#threads.values()].map(({ name, state }) => ({
      worker: name,
      inputIndex: currentInput(state),
      offsetBytes: currentOffsetBytes(state),
    }));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#queue.length = 0;
    this.#wake();
    await Promise.all([...this.#threads.values()].map(({ worker }) => worker.terminate()));
    this.#threads.clear();
  }

  /** Gives every idle place in the pool a task, as long as there are any. */
  #feed(): void {
    if (this.#isClosed) return;
    for (let place = 1; place <= this.#options.workerCount; place++) {
      const name = nameOf(place);
      const thread = this.#threads.get(name);
      if (thread !== undefined && (thread.task !== null || thread.death !== null)) continue;
      const task = this.#queue.shift();
      if (task === undefined) return;
      this.#give(thread ?? this.#start(name), task);
    }
  }

  #give(thread: Thread, task: Task): void {
    thread.task = task;
    const message: ToWorker = { kind: 'task', task };
    thread.worker.postMessage(message);
  }

  #start(name: string): Thread {
    const state = createThreadState();
    const settings = this.#settings;
    const kernel = settings.engine === 'fast' ? loadKernelModule() : null;
    const workerData: ThreadStart = { name, settings, kernel, state: state.buffer };
    const worker = new Worker(new URL('./thread-main.js', import.meta.url), {
      name: `csvclean ${name}`,
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMiB },
    });
    const thread: Thread = {
      worker,
      name,
      state,
      task: null,
      death: null,
      seenStart: 0,
      seenAtMs: performance.now(),
    };
    worker.on('message', (message: FromWorker) => this.#finish(thread, message));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      thread.death ??=
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { kind: 'memory', heapMiB: this.#options.heapMiB }
          : { kind: 'threw', error };
    });
    worker.on('exit', (exitCode) => {
      thread.death ??= { kind: 'exit', exitCode };
      this.#bury(thread, thread.death);
    });
    this.#threads.set(name, thread);
    return thread;
  }

  #finish(thread: Thread, message: FromWorker): void {
    thread.task = null;
    this.#ready.push(...message.results);
    this.#feed();
    this.#wake();
  }

  /** Reports or requeues what a dead thread had in hand; its place is free for a new one. */
  #bury(thread: Thread, death: Death): void {
    if (this.#isClosed) return;
    this.#threads.delete(thread.name);
    if (thread.task !== null) this.#settle(thread, thread.task, death);
    this.#feed();
    this.#wake();
  }

  #settle(thread: Thread, task: Task, death: Death): void {
    const at = currentInput(thread.state);
    const culprit = task.inputs.find((input) => input.index === at) ?? task.inputs[0]!;
    const others = task.inputs.filter((input) => input !== culprit);
    if (others.length > 0) this.#queue.unshift({ id: this.#nextTaskId++, inputs: others });
    const deaths = (this.#deathsByInput.get(culprit.index) ?? 0) + 1;
    this.#deathsByInput.set(culprit.index, deaths);
    // Dead before it began the task, of something that came before: no input is to blame.
    const isInnocent = at === null;
    if (deaths === 1 && (death.kind === 'exit' || isInnocent)) {
      this.#queue.unshift({ id: this.#nextTaskId++, inputs: [culprit] });
      return;
    }
    this.#ready.push(failedResult(culprit, death, thread.name));
  }

  #enforceTimeout(): void {
    const { timeoutMs } = this.#options;
    if (timeoutMs === null) return;
    for (const thread of this.#threads.values()) {
      const starts = startCount(thread.state);
      const isBusy = thread.task !== null && currentInput(thread.state) !== null;
      if (!isBusy || starts !== thread.seenStart) {
        thread.seenStart = starts;
        thread.seenAtMs = performance.now();
      } else if (thread.death === null && performance.now() - thread.seenAtMs > timeoutMs) {
        thread.death = { kind: 'timeout', timeoutMs };
        void thread.worker.terminate();
      }
    }
  }
}
