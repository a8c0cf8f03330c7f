/**
 * Looks at the workers ten times a second and tells how far the run has come, in bytes of input.
 */
import type { Executor } from '../executor/executor.js';
import type { InFlight, OnEvent } from './job-result.js';

export interface ProgressWatch {
  /** A large input has come so far, in bytes of its size. */
  advanced(inputIndex: number, doneBytes: number): void;
  /** An input has its result. */
  finished(inputIndex: number): void;
  stop(): void;
}

/** An input, by its index in the list. */
interface WatchedInput {
  readonly name: string;
  readonly sizeBytes: number;
}

const INTERVAL_MS = 100;

export function watchProgress(
  executor: Executor,
  inputs: readonly WatchedInput[],
  onEvent: OnEvent,
): ProgressWatch {
  const done = new Set<number>();
  const advancedBytes = new Map<number, number>();
  let finishedBytes = 0;
  const tell = (): void => {
    const workers: InFlight[] = executor.progress().map((worker) => ({
      ...worker,
      input: worker.inputIndex === null ? null : inputs[worker.inputIndex]!.name,
    }));
    // Several workers may be at one large input: that tells by itself how far it is.
    const inFlight = workers.filter(
      ({ inputIndex }) =>
        inputIndex !== null && !done.has(inputIndex) && !advancedBytes.has(inputIndex),
    );
    const inFlightBytes = inFlight.reduce(
      (sum, { inputIndex, offsetBytes }) =>
        sum + Math.min(offsetBytes, inputs[inputIndex!]!.sizeBytes),
      [...advancedBytes.values()].reduce((sum, bytes) => sum + bytes, 0),
    );
    onEvent({
      kind: 'progress',
      doneFiles: done.size,
      doneBytes: finishedBytes + inFlightBytes,
      workers,
    });
  };
  const timer = setInterval(tell, INTERVAL_MS);
  timer.unref();
  return {
    advanced(inputIndex, doneBytes) {
      if (!done.has(inputIndex)) advancedBytes.set(inputIndex, doneBytes);
    },
    finished(inputIndex) {
      if (done.has(inputIndex)) return;
      done.add(inputIndex);
      advancedBytes.delete(inputIndex);
      finishedBytes += inputs[inputIndex]!.sizeBytes;
    },
    stop() {
      clearInterval(timer);
      tell();
    },
  };
}
