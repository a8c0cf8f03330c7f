/** The result of an input that failed. */
import type { PlainError } from '../base/error.js';
import type { InputResult, TaskInput } from './task.js';

/** Who worked on an input, and how long. */
export type Effort = Pick<InputResult, 'worker' | 'wallMs' | 'busyMs' | 'cpuMs'>;

export function failedInput({ index }: TaskInput, error: PlainError, effort: Effort): InputResult {
  const nothing = { report: null, found: null, output: null, identity: null, rejects: null };
  return { index, ...nothing, check: null, error, ...effort, spanCount: 1 };
}
