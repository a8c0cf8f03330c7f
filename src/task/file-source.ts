/**
 * Joins an open file to what engines read from, and a run's settings to what walking records needs.
 */
import { CsvcleanError } from '../base/error.js';
import { createMemoryBudget } from '../base/memory-budget.js';
import type { Dialect } from '../csv/dialect.js';
import type { ByteSource } from '../engine/byte-source.js';
import type { WalkContext } from '../engine/read-header.js';
import { createStreamSource } from '../engine/stream-source.js';
import { type InputFile, readInput } from '../store/input-file.js';
import { type BytePipe, isBroken, readWaiting, viewPipe } from './byte-pipe.js';
import type { TaskSettings } from './task.js';

export function sourceOfFile(file: InputFile): ByteSource {
  return {
    sizeBytes: file.identity.sizeBytes,
    read: (target, offsetBytes) => readInput(file, target, offsetBytes),
  };
}

/** What comes through a pipe, once. Reading throws CsvcleanError CANNOT_READ where it failed. */
export function sourceOfPipe(buffer: SharedArrayBuffer): ByteSource {
  const pipe = viewPipe(buffer);
  return createStreamSource((room) => readOrFail(pipe, room));
}

/** Waits for bytes. @returns 0 at the end. @throws CsvcleanError CANNOT_READ. */
export function readOrFail(pipe: BytePipe, room: Uint8Array): number {
  const count = readWaiting(pipe, room);
  if (count === 0 && isBroken(pipe)) {
    throw new CsvcleanError('CANNOT_READ', 'reading it failed before its end', {
      remedy: 'Check the program that writes it.',
    });
  }
  return count;
}

/** A record becomes one string in the rejects; V8's longest is 512 MiB. */
const LONGEST_RECORD_BYTES = 256 * 2 ** 20;

/** A record may take a quarter of the arena: the window that holds it grows by doubling. */
export function walkContext(settings: TaskSettings, dialect: Dialect): WalkContext {
  return {
    dialect,
    rules: settings.rules,
    budget: createMemoryBudget(settings.arenaBytes),
    maxRecordBytes: Math.min(LONGEST_RECORD_BYTES, Math.floor(settings.arenaBytes / 4)),
  };
}
