/**
 * A fixed pool of worker threads, one task at a time per thread. They start with the pool, before
 * there are tasks. A thread that dies is replaced; the input it was at is tried once more if it
 * merely died, and reported if it ran out of memory or time or threw; the rest of its task goes
 * back to the queue.
 */
import { Worker } from 'node:worker_threads';
import { loadKernelModule } from '../../task/choose-engine.js';
import { removeTemps } from '../../task/run-input.js';
import type { InputResult, RunSettings, Task, TaskInput, TaskResult } from '../../task/task.js';
import type { Executor, WorkerProgress } from '../executor.js';
import type { FromWorker, ThreadStart, ToWorker } from '../messages.js';
import { enqueue, type QueuedTask } from '../task-queue.js';
import { comesOnce, type Death, failedResult, failedStep } from './death.js';
import { guardCompilation } from './guard-compilation.js';
import { beginStep, endStep, type InputClock, spentMs } from './input-clock.js';
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
  work: Work | null;
  /** Why it is ending, once known. */
  death: Death | null;
  /** For the time-out: the input start last seen, and when. */
  seenStart: number;
  seenAtMs: number;
}

/** A task and what there is of its result: inputs of a pack may get theirs one by one. */
interface Work extends QueuedTask {
  readonly results: InputResult[];
}

const POLL_MS = 25;

function nameOf(place: number): string {
  return `worker-${place}`;
}

export function createThreadPool(settings: RunSettings, options: ThreadPoolOptions): Executor {
  guardCompilation();
  const pool = new ThreadPool(settings, options);
  return {
    workerCount: options.workerCount,
    submit: (task, order) => pool.submit(task, order),
    progress: () => pool.progress(),
    close: () => pool.close(),
  };
}

class ThreadPool {
  readonly #settings: RunSettings;
  readonly #options: ThreadPoolOptions;
  readonly #threads = new Map<string, Thread>();
  readonly #queue: Work[] = [];
  readonly #deathsByInput = new Map<number, number>();
  readonly #clock: InputClock = new Map();
  readonly #timer: NodeJS.Timeout | null;
  #isClosed = false;

  constructor(settings: RunSettings, options: ThreadPoolOptions) {
    this.#settings = settings;
    this.#options = options;
    for (let place = 1; place <= options.workerCount; place++) this.#start(nameOf(place));
    const isTimed = options.timeoutMs !== null;
    this.#timer = isTimed ? setInterval(() => this.#enforceTimeout(), POLL_MS) : null;
  }

  submit<T extends Task>(task: T, order: number): Promise<TaskResult<T> | null> {
    return new Promise((settle) => {
      if (this.#isClosed) {
        settle(null);
        return;
      }
      const resolve = settle as QueuedTask['resolve'];
      enqueue(this.#queue, { task, order, resolve, results: [] });
      this.#feed();
    });
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
    if (this.#timer !== null) clearInterval(this.#timer);
    const threads = [...this.#threads.values()];
    this.#threads.clear();
    for (const { resolve } of this.#queue.splice(0)) resolve(null);
    for (const { work } of threads) work?.resolve(null);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  /** Gives every idle place in the pool a task, as long as there are any. */
  #feed(): void {
    if (this.#isClosed) return;
    for (let place = 1; place <= this.#options.workerCount; place++) {
      const name = nameOf(place);
      const thread = this.#threads.get(name);
      if (thread !== undefined && (thread.work !== null || thread.death !== null)) continue;
      const work = this.#queue.shift();
      if (work === undefined) return;
      this.#give(thread ?? this.#start(name), work);
    }
  }

  #give(thread: Thread, work: Work): void {
    thread.work = work;
    const { task } = work;
    if (task.kind === 'span') beginStep(this.#clock, task.input.index, performance.now());
    const message: ToWorker = { kind: 'task', task };
    thread.worker.postMessage(message);
  }

  #start(name: string): Thread {
    const state = createThreadState();
    const settings = this.#settings;
    const kernel = settings.some(({ engine }) => engine === 'fast') ? loadKernelModule() : null;
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
      work: null,
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

  #finish(thread: Thread, { result }: FromWorker): void {
    const { work } = thread;
    thread.work = null;
    if (work !== null) {
      const { task, results, resolve } = work;
      const isPack = task.kind === 'pack';
      if (!isPack) endStep(this.#clock, task.input.index, performance.now());
      resolve(isPack ? [...results, ...(result as readonly InputResult[])] : result);
    }
    this.#feed();
  }

  /** Reports or requeues what a dead thread had in hand; its place is free for a new one. */
  #bury(thread: Thread, death: Death): void {
    if (this.#isClosed) return;
    this.#threads.delete(thread.name);
    if (thread.work !== null) this.#settle(thread, thread.work, death);
    this.#feed();
  }

  /** What merely died is tried once more, before all else: others may wait for it. */
  #settle(thread: Thread, work: Work, death: Death): void {
    const { task } = work;
    if (task.kind === 'span') endStep(this.#clock, task.input.index, performance.now());
    const at = currentInput(thread.state);
    const inputs = task.kind === 'pack' ? task.inputs : [task.input];
    const culprit = inputs.find((input) => input.index === at) ?? inputs[0]!;
    const deaths = (this.#deathsByInput.get(culprit.index) ?? 0) + 1;
    this.#deathsByInput.set(culprit.index, deaths);
    // Dead before it began the task, of something that came before: no input is to blame.
    const isInnocent = at === null;
    if (deaths === 1 && !comesOnce(culprit) && (death.kind === 'exit' || isInnocent)) {
      this.#requeue(work, [culprit, ...inputs.filter((input) => input !== culprit)]);
      return;
    }
    if (task.kind === 'span') {
      work.resolve(failedStep(culprit, death, thread.name));
      return;
    }
    work.results.push(failedResult(culprit, death, thread.name));
    const others = inputs.filter((input) => input !== culprit);
    if (others.length === 0) work.resolve(work.results);
    else this.#requeue(work, others);
  }

  /** What the thread wrote of a pack is written anew; a span's step knows what it finds. */
  #requeue(work: Work, inputs: readonly TaskInput[]): void {
    if (work.task.kind === 'pack') inputs.forEach(removeTemps);
    const task = work.task.kind === 'pack' ? { ...work.task, inputs } : work.task;
    this.#queue.unshift({ ...work, task });
  }

  /** A large input has its time while workers are at it, any other from where it begins. */
  #enforceTimeout(): void {
    const timeoutMs = this.#options.timeoutMs!;
    const now = performance.now();
    for (const thread of this.#threads.values()) {
      const { work } = thread;
      const starts = startCount(thread.state);
      const isBusy = work !== null && currentInput(thread.state) !== null;
      if (!isBusy || starts !== thread.seenStart) {
        thread.seenStart = starts;
        thread.seenAtMs = now;
      }
      if (!isBusy || thread.death !== null) continue;
      const { task } = work;
      const isSpan = task.kind === 'span';
      const spent = isSpan ? spentMs(this.#clock, task.input.index, now) : now - thread.seenAtMs;
      if (spent <= timeoutMs) continue;
      thread.death = { kind: 'timeout', timeoutMs };
      void thread.worker.terminate();
    }
  }
}
