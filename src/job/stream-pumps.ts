/**
 * Carries bytes between the process's streams and the pipes of workers: standard input and FIFOs to
 * the thread that cleans them, and what it writes to standard output. The main thread does it,
 * since only there can waiting be ended by a signal.
 */
import type { Readable, Writable } from 'node:stream';
import { CsvcleanError, type PlainError, toPlainError } from '../base/error.js';
import { type Options, STDIN } from '../options/options.js';
import { openFifo } from '../store/fifo.js';
import { storeError } from '../store/store-error.js';
import {
  breakPipe,
  createPipe,
  endPipe,
  readFromPipe,
  viewPipe,
  writeToPipe,
} from '../task/byte-pipe.js';
import type { PlannedInput } from './plan-outputs.js';
import { NO_PIPES, type TaskPipes } from './plan-tasks.js';

/** What a run may read and write beside files. */
export interface JobStreams {
  readonly stdin: Readable;
  readonly stdout: Writable;
}

interface PumpIn {
  /** How much was carried. */
  bytes(): number;
  /** Ends it at once. */
  stop(): void;
}

interface PumpOut {
  /**
   * Ends it when all that was written is carried, or at once.
   * @returns what the stream said when it failed, or null. Never rejects.
   */
  stop(isAborted: boolean): Promise<NodeJS.ErrnoException | null>;
}

/** @param path of a FIFO, or `-` for standard input. */
function pumpIn(path: string, streams: JobStreams, buffer: SharedArrayBuffer): PumpIn {
  const pipe = viewPipe(buffer);
  let readable: Readable | null = null;
  let carried = 0;
  const carry = async (): Promise<void> => {
    try {
      readable = path === STDIN ? streams.stdin : await openFifo(path);
      for await (const bytes of readable) {
        if (!(await writeToPipe(pipe, bytes as Buffer))) return;
        carried += (bytes as Buffer).length;
      }
      endPipe(pipe);
    } catch {
      breakPipe(pipe);
    }
  };
  void carry();
  return {
    bytes: () => carried,
    stop() {
      breakPipe(pipe);
      readable?.destroy();
    },
  };
}

function pumpOut({ stdout }: JobStreams, buffer: SharedArrayBuffer): PumpOut {
  const pipe = viewPipe(buffer);
  let failure: NodeJS.ErrnoException | null = null;
  const onGone = (error?: NodeJS.ErrnoException): void => {
    failure ??= error ?? null;
    breakPipe(pipe);
  };
  const onClose = (): void => onGone();
  stdout.on('error', onGone);
  stdout.on('close', onClose);
  const carry = async (): Promise<void> => {
    for (let bytes = await readFromPipe(pipe); bytes !== null; bytes = await readFromPipe(pipe)) {
      // An error comes to those who wait for the write to be over.
      await new Promise<void>((resolve) => stdout.write(bytes, () => resolve()));
    }
    stdout.off('close', onClose);
  };
  const done = carry();
  return {
    async stop(isAborted) {
      if (isAborted) onClose();
      else endPipe(pipe);
      await done;
      return failure;
    },
  };
}

/** All pumps of a run. */
export interface Pumps {
  /** The pipes of an input, carried from now on. @param isDry nothing is written. */
  connect(input: PlannedInput, isDry: boolean): TaskPipes;
  /** How much came in for an input. */
  bytesIn(inputIndex: number): number;
  /**
   * Ends all, after what was written is carried, as far as someone takes it; or at once.
   * @returns why standard output took no more, unless its reader has just gone.
   */
  stop(isAborted: boolean): Promise<PlainError | null>;
}

export function createPumps(streams: JobStreams | null): Pumps {
  const inward = new Map<number, PumpIn>();
  const outward: PumpOut[] = [];
  return {
    connect(input, isDry) {
      if (streams === null) return NO_PIPES;
      const pipeIn = input.isStream ? createPipe() : null;
      const pipeOut = input.outputPath === null && !isDry ? createPipe() : null;
      if (pipeIn !== null) inward.set(input.index, pumpIn(input.path, streams, pipeIn));
      if (pipeOut !== null) outward.push(pumpOut(streams, pipeOut));
      return { pipeIn, pipeOut };
    },
    bytesIn: (inputIndex) => inward.get(inputIndex)?.bytes() ?? 0,
    async stop(isAborted) {
      for (const pump of inward.values()) pump.stop();
      const failures = await Promise.all(outward.map((pump) => pump.stop(isAborted)));
      const failure = failures.find((one) => one !== null) ?? null;
      return failure === null || failure.code === 'EPIPE'
        ? null
        : toPlainError(storeError('CANNOT_WRITE', failure, 'standard output'));
    },
  };
}

/** @throws CsvcleanError USAGE for streams where none can be read, written or replaced. */
export function refuseStreams(
  planned: readonly PlannedInput[],
  { inPlace }: Options,
  streams: JobStreams | null,
): void {
  const stream = planned.find((input) => input.isStream);
  if (inPlace && stream !== undefined) {
    throw new CsvcleanError('USAGE', `--in-place cannot replace ${stream.name}, a FIFO`, {
      remedy: 'Name files only.',
    });
  }
  if (streams !== null) return;
  if (planned.some((input) => input.isStream || input.outputPath === null)) {
    throw new CsvcleanError('USAGE', 'the library reads and writes files only', {
      remedy: 'Name a file instead of - or a FIFO.',
    });
  }
}
