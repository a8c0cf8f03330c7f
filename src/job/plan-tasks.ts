/**
 * Cuts the work into tasks by bytes, never by the number of workers, so that no result can depend
 * on who did what. Pure.
 */
import { dirname, join } from 'node:path';
import { compressionOf } from '../store/compression.js';
import { tempPathIn } from '../store/temp-name.js';
import type { PackTask, TaskInput } from '../task/task.js';
import type { FoundInput } from './find-inputs.js';
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

/** The pipes of an input that does not come from a file, or go to one. */
export interface TaskPipes {
  readonly pipeIn: SharedArrayBuffer | null;
  readonly pipeOut: SharedArrayBuffer | null;
}

export const NO_PIPES: TaskPipes = { pipeIn: null, pipeOut: null };

/**
 * What a thread must know of an input.
 * @param scratch where temporary files go that belong to no output, or null to write beside the
 *   output.
 * @param spills its rules may ask for more than memory holds.
 */
export function toTaskInput(
  input: PlannedInput,
  tempPath: TempPath,
  scratch: string | null,
  pipes: TaskPipes = NO_PIPES,
  spills = false,
): TaskInput {
  const { index, settingsIndex, path, name, sizeBytes, compression } = input;
  const { outputPath, rejectsPath } = input;
  const writes = scratch === null || pipes.pipeOut !== null;
  const inScratch = (what: string): string =>
    scratch === null ? tempPath(dirname(outputPath!)) : join(scratch, `${what}-${index}.tmp`);
  const newOutput = (): string | null =>
    scratch === null && outputPath !== null ? tempPath(dirname(outputPath)) : null;
  const comesOnce = pipes.pipeIn !== null || compression !== null;
  return {
    ...{ index, settingsIndex, path, name, sizeBytes, compression },
    outputCompression: input.outputCompression,
    ...pipes,
    outputTemp: newOutput(),
    packedTemp: input.outputCompression === null ? null : newOutput(),
    rejectsTemp: writes && rejectsPath !== null ? tempPath(dirname(rejectsPath)) : null,
    rewrittenTemp: inScratch('rewritten'),
    decodedTemp: inScratch('decoded'),
    spoolTemp: comesOnce ? inScratch('spool') : null,
    spillTemp: spills ? inScratch('spill') : null,
  };
}

/**
 * Writes the output of an input to a part of its own, which is joined with the others later.
 * @param scratch where to, if that is to standard output.
 */
export function asPart(
  task: TaskInput,
  { outputPath, rejectsPath, index }: PlannedInput,
  tempPath: TempPath,
  scratch: string | null,
): TaskInput {
  const outputTemp =
    outputPath === null ? join(scratch!, `part-${index}.tmp`) : tempPath(dirname(outputPath));
  const rejectsTemp = rejectsPath === null ? null : tempPath(dirname(rejectsPath));
  return { ...task, outputTemp, rejectsTemp, packedTemp: null, pipeOut: null };
}

/** What must be known of an input that is only looked at. */
export function toTaskWithoutOutput(input: FoundInput, index: number, scratch: string): TaskInput {
  const outputs = { outputPath: null, outputName: '', outputCompression: null };
  const rejects = { rejectsPath: null, rejectsName: null };
  const compression = compressionOf(input.path);
  const planned = { ...input, index, settingsIndex: 0, compression, ...outputs, ...rejects };
  return toTaskInput(planned, tempPathIn, scratch);
}
