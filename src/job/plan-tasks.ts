/**
 * Cuts the work into tasks by bytes, never by the number of workers, so that no result can depend
 * on who did what. Pure.
 */
import { dirname, join } from 'node:path';
import type { PackTask, TaskInput } from '../task/task.js';
import type { PlannedInput } from './plan-outputs.js';

/** Small inputs share a task up to this size, so that a message costs nothing beside them. */
export const PACK_BYTES = 16 * 1024;
export const PACK_INPUTS = 64;

export function planTasks(inputs: readonly TaskInput[]): readonly PackTask[] {
  return packInputs(inputs).map((pack) => ({ kind: 'pack', inputs: pack }));
}

/**
 * The inputs of each task. Largest first: the last task to finish is a small one. Ties in the order
 * of the inputs.
 */
export function packInputs<T extends Pick<TaskInput, 'index' | 'sizeBytes'>>(
  inputs: readonly T[],
): readonly (readonly T[])[] {
  const sorted = [...inputs].sort((a, b) => b.sizeBytes - a.sizeBytes || a.index - b.index);
  const packs: T[][] = [];
  let packBytes = Number.POSITIVE_INFINITY;
  for (const input of sorted) {
    const pack = packs.at(-1);
    if (
      pack === undefined ||
      packBytes + input.sizeBytes > PACK_BYTES ||
      pack.length === PACK_INPUTS
    ) {
      packs.push([input]);
      packBytes = input.sizeBytes;
    } else {
      pack.push(input);
      packBytes += input.sizeBytes;
    }
  }
  return packs;
}

/** A new temporary path in a folder. */
export type TempPath = (folder: string) => string;

/**
 * What a thread must know of an input.
 * @param scratch where rewritten inputs go when nothing is written, or null to write beside the
 *   output.
 */
export function toTaskInput(
  input: PlannedInput,
  tempPath: TempPath,
  scratch: string | null,
): TaskInput {
  const { index, path, name, sizeBytes, outputPath, rejectsPath } = input;
  const folder = dirname(outputPath);
  return {
    index,
    path,
    name,
    sizeBytes,
    outputTemp: scratch === null ? tempPath(folder) : null,
    rejectsTemp: scratch === null && rejectsPath !== null ? tempPath(dirname(rejectsPath)) : null,
    rewrittenTemp: scratch === null ? tempPath(folder) : join(scratch, `rewritten-${index}.tmp`),
  };
}
