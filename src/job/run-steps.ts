/**
 * Runs the steps on one large input, some at a time and taken in their order. Knows nothing of what
 * they are.
 */
import type { PlainError } from '../base/error.js';
import type { Executor } from '../executor/executor.js';
import type { SpanResult, SpanStep, TaskInput, TaskSettings } from '../task/task.js';

/** What a run gives to each input that it cleans in spans. */
export interface SplitContext {
  readonly executor: Executor;
  readonly settings: TaskSettings;
  readonly spanBytes: number;
  /** Place of the input in the queue. */
  readonly order: number;
  /** Permission bits of the file it came from, where that is another one than is read. */
  readonly mode: number | null;
  /** Told how far the input has come, in bytes of its size. */
  readonly onAdvance: (doneBytes: number) => void;
}

/** An input under way. */
export interface SplitInput {
  readonly input: TaskInput;
  readonly context: SplitContext;
  readonly usage: Usage;
}

/** What was used so far. */
export interface Usage {
  readonly workers: Set<string>;
  readonly startMs: number;
  busyMs: number;
  cpuMs: number | null;
}

/** The input cannot be cleaned any further: it failed (null: the executor was closed). */
export class SplitEnd extends Error {
  readonly failure: PlainError | null;

  constructor(failure: PlainError | null) {
    super(failure?.message);
    this.failure = failure;
  }

  get code(): string | undefined {
    return this.failure?.code;
  }
}

/** Runs one step, and gives what it gave. @throws SplitEnd. */
export async function runOne(split: SplitInput, step: SpanStep): Promise<SpanResult['value']> {
  let value: SpanResult['value'] = null;
  await runSpans(split, [step], (given) => {
    value = given as SpanResult['value'];
    return null;
  });
  return value;
}

/** So many steps wait for each worker, so that none is ever idle. */
const WAITING_PER_WORKER = 2;

/**
 * Runs steps in their order, some at a time; ends at the first that fails. Of several failures the
 * one of the first step counts, whichever came first.
 *
 * @param take is told what the steps gave, in their order; gives a step that must be run in its
 *   place, `enough` where those behind it are no more wanted, or null.
 */
export async function runSpans(
  { input, context, usage }: SplitInput,
  steps: readonly SpanStep[],
  take: (value: unknown) => SpanStep | 'enough' | null,
  onDone: (done: number) => void = () => {},
  onFailure: () => void = () => {},
): Promise<void> {
  const { executor, order } = context;
  /** Of steps that are not yet taken. */
  const results = new Map<number, SpanResult | null>();
  let next = 0;
  let taken = 0;
  let isOver = false;
  let isEnough = false;
  const submit = async (at: number, step: SpanStep): Promise<void> => {
    const result = await executor.submit({ kind: 'span', input, step }, order);
    results.set(at, result);
    if (result !== null) addUsage(usage, result);
    if (result !== null && result.error === null) return;
    isOver = true;
    onFailure();
  };
  const takeReady = async (): Promise<void> => {
    while (!isOver && results.has(taken)) {
      const again = take(results.get(taken)!.value);
      if (again === 'enough') {
        isEnough = true;
        isOver = true;
      } else if (again !== null) {
        await submit(taken, again);
        continue;
      }
      results.delete(taken);
      onDone(++taken);
    }
  };
  let taking = Promise.resolve();
  const runOn = async (): Promise<void> => {
    while (next < steps.length && !isOver) {
      const at = next++;
      await submit(at, steps[at]!);
      taking = taking.then(takeReady);
      await taking;
    }
  };
  const lanes = Math.min(steps.length, executor.workerCount * WAITING_PER_WORKER);
  await Promise.all(Array.from({ length: lanes }, runOn));
  if (!isOver || isEnough) return;
  const failures = [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
  const failure = failures.find((result) => result?.error != null)?.error ?? null;
  throw new SplitEnd(failures.includes(null) ? null : failure);
}

function addUsage(usage: Usage, { worker, wallMs, cpuMs }: SpanResult): void {
  usage.workers.add(worker);
  usage.busyMs += wallMs;
  usage.cpuMs = usage.cpuMs === null || cpuMs === null ? null : usage.cpuMs + cpuMs;
}
