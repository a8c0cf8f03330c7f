/**
 * Joins an open file to what engines read from, and a run's settings to what walking records needs.
 */
import { CsvcleanError } from '../base/error.js';
import { createMemoryBudget } from '../base/memory-budget.js';
import type { ByteSource } from '../engine/byte-source.js';
import type { WalkContext } from '../engine/read-header.js';
import type { Rules } from '../engine/rules.js';
import type { Spill } from '../engine/spill.js';
import { createStreamSource } from '../engine/stream-source.js';
import { type InputFile, readInput } from '../store/input-file.js';
import { createSpillFiles } from '../store/spill-files.js';
import { type BytePipe, isBroken, readWaiting, viewPipe } from './byte-pipe.js';
import type { OpenedTable, TaskInput, TaskSettings } from './task.js';

export function sourceOfFile(file: InputFile): ByteSource {
  return {
    sizeBytes: file.identity.sizeBytes,
    read: (target, offsetBytes) =>
      offsetBytes + target.length <= head.room.length
        ? readFromHead(file, target, offsetBytes)
        : readInput(file, target, offsetBytes),
  };
}

/**
 * The first bytes of the file that this thread looks at. Who tells its encoding, its dialect and
 * its header all ask for them, and of many small files every read counts.
 */
const head = { file: null as InputFile | null, room: new Uint8Array(1 << 14), length: 0 };

function readFromHead(file: InputFile, target: Uint8Array, offsetBytes: number): number {
  if (head.file !== file) {
    head.file = null;
    head.length = readInput(file, head.room, 0);
    head.file = file;
  }
  const end = Math.min(head.length, offsetBytes + target.length);
  if (offsetBytes >= end) return readInput(file, target, offsetBytes);
  target.set(head.room.subarray(offsetBytes, end));
  return end - offsetBytes;
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

/** What of how an input is read matters to who walks its records. */
export type TableForm = Pick<OpenedTable, 'dialect' | 'layout' | 'hasHeader'>;

export function walkContext(settings: TaskSettings, form: TableForm): WalkContext {
  const { dialect, layout } = form;
  return {
    ...{ dialect, layout },
    rules: rulesFor(settings, form),
    budget: createMemoryBudget(settings.arenaBytes),
    maxRecordBytes: maxRecordBytes(settings),
  };
}

/** Where what does not stay in memory goes, as the part of a context that says so. */
export function spillOf({ spillTemp }: Pick<TaskInput, 'spillTemp'>): { readonly spill?: Spill } {
  return spillTemp === null ? {} : { spill: createSpillFiles(spillTemp) };
}

/** A record may take a quarter of the arena: the window that holds it grows by doubling. */
export function maxRecordBytes({ arenaBytes }: Pick<TaskSettings, 'arenaBytes'>): number {
  return Math.min(LONGEST_RECORD_BYTES, Math.floor(arenaBytes / 4));
}

const headless = new WeakMap<Rules, Rules>();

/**
 * The rules for an input with or without header; the same object for the same ones, as plans are
 * kept by it.
 */
export function rulesFor(
  { rules }: Pick<TaskSettings, 'rules'>,
  { hasHeader }: Pick<TableForm, 'hasHeader'>,
): Rules {
  if (rules.hasHeader === hasHeader) return rules;
  let other = headless.get(rules);
  if (other === undefined) {
    other = Object.freeze({ ...rules, hasHeader });
    headless.set(rules, other);
  }
  return other;
}
