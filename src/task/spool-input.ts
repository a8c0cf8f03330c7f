/**
 * Writes an input that comes only once, or compressed, to a temporary file: for those who look at
 * it at any place, and more than once.
 */
import { expandInput } from '../store/expand-input.js';
import { assertUnchanged, closeInput, openInput } from '../store/input-file.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';
import { viewPipe } from './byte-pipe.js';
import { readOrFail } from './file-source.js';
import type { Spooled, TaskInput, TaskSettings } from './task.js';

const ROOM_BYTES = 1 << 18;

export async function spoolInput(
  input: TaskInput,
  { expandLimits }: Pick<TaskSettings, 'expandLimits'>,
): Promise<Spooled> {
  const output = createOutput(input.spoolTemp!);
  const write = (bytes: Uint8Array): void => writeOutput(output, bytes);
  try {
    let origin: Spooled['origin'] = null;
    if (input.pipeIn !== null) copyPipe(input.pipeIn, write);
    else {
      const file = openInput(input.path);
      try {
        await expandInput(file, input.compression!, expandLimits, write);
        assertUnchanged(file);
        origin = { identity: file.identity, mode: file.mode };
      } finally {
        closeInput(file);
      }
    }
    finishOutput(output, false);
    return { sizeBytes: output.mark.sizeBytes, origin };
  } catch (error) {
    discardOutput(output);
    throw error;
  }
}

function copyPipe(buffer: SharedArrayBuffer, write: (bytes: Uint8Array) => void): void {
  const room = new Uint8Array(ROOM_BYTES);
  const pipe = viewPipe(buffer);
  for (let length = readOrFail(pipe, room); length > 0; length = readOrFail(pipe, room)) {
    write(room.subarray(0, length));
  }
}

/** The input as it lies in its spool. */
export function spooledInput(input: TaskInput, { sizeBytes }: Spooled): TaskInput {
  const path = input.spoolTemp!;
  return { ...input, path, sizeBytes, compression: null, pipeIn: null, spoolTemp: null };
}
