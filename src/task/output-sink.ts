/** Where an output goes as it is made: to a temporary file, to a pipe, or nowhere. */
import { CsvcleanError } from '../base/error.js';
import { type ContentMark, EMPTY_MARK } from '../store/digest.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';
import { endPipe, viewPipe, writeWaiting } from './byte-pipe.js';
import type { TaskInput } from './task.js';

export interface OutputSink {
  /** @throws CsvcleanError CANNOT_WRITE, BROKEN_PIPE. */
  write(bytes: Uint8Array): void;
  /** @returns what was written, or null when nothing was to be. */
  finish(isDurable: boolean, mode: number | null): ContentMark | null;
  /** Never throws. */
  discard(): void;
}

export function createSink(input: Pick<TaskInput, 'outputTemp' | 'pipeOut'>): OutputSink {
  if (input.pipeOut !== null) return pipeSink(input.pipeOut);
  if (input.outputTemp !== null) return fileSink(input.outputTemp);
  return { write() {}, finish: () => null, discard() {} };
}

function fileSink(path: string): OutputSink {
  const output = createOutput(path);
  return {
    write: (bytes) => writeOutput(output, bytes),
    finish(isDurable, mode) {
      finishOutput(output, isDurable, mode);
      return output.mark;
    },
    discard: () => discardOutput(output),
  };
}

/** What was written is gone: there is nothing to discard, and no checksum to keep. */
function pipeSink(buffer: SharedArrayBuffer): OutputSink {
  const pipe = viewPipe(buffer);
  let sizeBytes = 0;
  return {
    write(bytes) {
      writeToReader(buffer, bytes);
      sizeBytes += bytes.length;
    },
    finish() {
      endPipe(pipe);
      return { ...EMPTY_MARK, sizeBytes };
    },
    discard() {},
  };
}

/** @throws CsvcleanError BROKEN_PIPE when nobody reads any more. */
export function writeToReader(buffer: SharedArrayBuffer, bytes: Uint8Array): void {
  if (writeWaiting(viewPipe(buffer), bytes)) return;
  throw new CsvcleanError('BROKEN_PIPE', 'nobody reads the output any more', {
    remedy: 'Run it without the program that ended.',
  });
}
