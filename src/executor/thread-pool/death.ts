/**
 * Why a worker thread ended before its task did, and what that means for the input it was at. A
 * mere exit is reported only when it happened twice.
 */
import { type PlainError, toPlainError } from '../../base/error.js';
import { failedInput } from '../../task/failed-input.js';
import { removeTemps } from '../../task/run-input.js';
import type { InputResult, SpanResult, TaskInput } from '../../task/task.js';

export type Death =
  | { readonly kind: 'exit'; readonly exitCode: number }
  | { readonly kind: 'memory'; readonly heapMiB: number }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'threw'; readonly error: unknown };

/** The result of an input whose thread died; removes what the thread had begun to write. */
export function failedResult(input: TaskInput, death: Death, worker: string): InputResult {
  removeTemps(input);
  const spentMs = death.kind === 'timeout' ? death.timeoutMs : 0;
  const error = { ...explain(death, input), path: input.name };
  return failedInput(input, error, { worker, wallMs: spentMs, busyMs: spentMs, cpuMs: null });
}

/** The result of a step whose thread died. What was written of the input is removed with it. */
export function failedStep(input: TaskInput, death: Death, worker: string): SpanResult {
  const error = { ...explain(death, input), path: input.name };
  return { value: null, error, worker, wallMs: 0, cpuMs: null };
}

/** What comes or goes through a pipe is gone with the thread: there is no second try. */
export function comesOnce({ pipeIn, pipeOut }: TaskInput): boolean {
  return pipeIn !== null || pipeOut !== null;
}

function explain(death: Death, input: TaskInput): PlainError {
  const times = comesOnce(input) ? '' : ' twice';
  switch (death.kind) {
    case 'exit':
      return {
        code: 'WORKER_DIED',
        message: `the worker thread ended${times} (exit code ${death.exitCode}) while cleaning it`,
        remedy: 'Run again with -v; if it happens again, please report it with the file.',
      };
    case 'memory':
      return {
        code: 'OUT_OF_MEMORY',
        message: `cleaning it needs more than the ${death.heapMiB} MiB of heap one worker may use`,
        remedy: 'Raise --max-memory, or use fewer workers.',
      };
    case 'timeout':
      return {
        code: 'TIMEOUT',
        message: `not done after ${death.timeoutMs / 1000} s`,
        remedy: 'Raise --timeout, or look at the file.',
      };
    case 'threw':
      return toPlainError(death.error);
  }
}
