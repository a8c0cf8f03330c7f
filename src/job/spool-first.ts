/** Inputs that are not a file yet: from a pipe, or compressed. A worker makes one of them. */
import type { Executor } from '../executor/executor.js';
import type { FileIdentity } from '../store/input-file.js';
import { failedInput } from '../task/failed-input.js';
import { spooledInput } from '../task/spool-input.js';
import type { InputResult, StepValues, TaskInput } from '../task/task.js';

export type SpooledFirst =
  | {
      readonly kind: 'file';
      readonly input: TaskInput;
      /** Of the file it came from, where that is another one than is read. */
      readonly origin: { readonly identity: FileIdentity; readonly mode: number } | null;
    }
  | { readonly kind: 'failed'; readonly result: InputResult };

/** @returns null when the executor was closed first. */
export async function spoolFirst(
  input: TaskInput,
  executor: Executor,
  order: number,
): Promise<SpooledFirst | null> {
  if (input.spoolTemp === null) return { kind: 'file', input, origin: null };
  const spooled = await executor.submit({ kind: 'span', input, step: { kind: 'spool' } }, order);
  if (spooled === null) return null;
  const { value, error, worker, wallMs, cpuMs } = spooled;
  if (error !== null) {
    const effort = { worker, wallMs, busyMs: wallMs, cpuMs };
    return { kind: 'failed', result: failedInput(input, error, effort) };
  }
  const spool = value as StepValues['spool'];
  return { kind: 'file', input: spooledInput(input, spool), origin: spool.origin };
}
