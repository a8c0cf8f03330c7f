/**
 * Writes an input that comes only once to a temporary file: for jobs that must look at it more than
 * once.
 */
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';
import { viewPipe } from './byte-pipe.js';
import { readOrFail } from './file-source.js';
import type { TaskInput } from './task.js';

const ROOM_BYTES = 1 << 18;

/** @returns how many bytes there were. */
export function spoolInput({ pipeIn, spoolTemp }: TaskInput): number {
  const output = createOutput(spoolTemp!);
  try {
    const room = new Uint8Array(ROOM_BYTES);
    const pipe = viewPipe(pipeIn!);
    for (;;) {
      const length = readOrFail(pipe, room);
      if (length === 0) break;
      writeOutput(output, room.subarray(0, length));
    }
    finishOutput(output, false);
    return output.mark.sizeBytes;
  } catch (error) {
    discardOutput(output);
    throw error;
  }
}
