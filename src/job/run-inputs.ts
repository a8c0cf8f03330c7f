/**
 * Runs all inputs of a job: small ones in packs, large ones in spans, largest first, in one queue
 * that keeps every worker busy to the end.
 */
import type { Executor } from '../executor/executor.js';
import type { InputResult, TaskInput, TaskSettings } from '../task/task.js';
import { cleanSplit } from './clean-split.js';
import { planTasks } from './plan-tasks.js';

export interface RunContext {
  readonly executor: Executor;
  readonly settings: TaskSettings;
  readonly spanBytes: number;
  /** Told how far a large input has come. */
  readonly onAdvance: (inputIndex: number, doneBytes: number) => void;
}

/** An input of fewer spans is cleaned whole: it is read once, and kept in memory. */
const LEAST_SPANS = 8;

/** Whether an input is cut into spans, if its rules allow it. Any answer gives the same output. */
export function isLarge(
  { sizeBytes }: Pick<TaskInput, 'sizeBytes'>,
  { engine }: Pick<TaskSettings, 'engine'>,
  spanBytes: number,
): boolean {
  return engine === 'fast' && sizeBytes > LEAST_SPANS * spanBytes;
}

/**
 * The result of each input, in the order in which they come; ends early when the executor is
 * closed.
 */
export async function* runInputs(
  inputs: readonly TaskInput[],
  context: RunContext,
): AsyncGenerator<InputResult> {
  const { executor, settings, spanBytes, onAdvance } = context;
  const ready: InputResult[] = [];
  let left = inputs.length;
  let isClosed = false;
  let failure: unknown = null;
  let wake = (): void => {};
  const take = (work: Promise<readonly InputResult[] | null>): void => {
    work
      .then(
        (results) => {
          if (results === null) isClosed = true;
          else ready.push(...results);
        },
        (error: unknown) => {
          failure = { error };
        },
      )
      .finally(() => wake());
  };
  const large = inputs
    .filter((input) => isLarge(input, settings, spanBytes))
    .sort((a, b) => b.sizeBytes - a.sizeBytes || a.index - b.index);
  large.forEach((input, order) => {
    const advance = (doneBytes: number): void => onAdvance(input.index, doneBytes);
    const split = cleanSplit(input, { executor, settings, spanBytes, order, onAdvance: advance });
    take(split.then((result) => (result === null ? null : [result])));
  });
  const small = inputs.filter((input) => !large.includes(input));
  for (const task of planTasks(small)) take(executor.submit(task, large.length));
  while (left > 0) {
    const result = ready.shift();
    if (result !== undefined) {
      left--;
      yield result;
      continue;
    }
    if (failure !== null) throw (failure as { error: unknown }).error;
    if (isClosed) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
