/**
 * What a run holds while it works: the lock and journal of its output folder, and a place for
 * scratch files. Opened after all checks of usage, closed in any case.
 */
import { dirname, join, resolve } from 'node:path';
import { type PlainError, toPlainError } from '../base/error.js';
import { type Options, oneOutput, STDOUT } from '../options/options.js';
import { makeScratch, removeDeadTemps, removeScratch } from '../store/temp-name.js';
import { closeJournal, type Journal, readJournal, STATE_FOLDER } from './journal.js';
import { acquireLock, type Lock, releaseLock } from './lock.js';
import { type PlannedInput, STDOUT_REJECTS } from './plan-outputs.js';

export interface Workspace {
  /** Null with `--in-place`, which keeps none. */
  readonly journal: Journal | null;
  readonly lock: Lock | null;
  /** Where temporary files go that lie beside no output; null when there is one. */
  readonly scratch: string | null;
}

/** The folder that holds lock and journal, or null when there is none. */
function stateParent(options: Options): string | null {
  if (options.inPlace || options.check) return null;
  const output = oneOutput(options);
  if (output === STDOUT) {
    return options.rejects === 'none' ? null : resolve(options.rejects ?? STDOUT_REJECTS);
  }
  return output === null ? resolve(options.outDir) : dirname(resolve(output));
}

/** The journal as it stands, to know our own outputs by. */
export function peekJournal(options: Options): Journal | null {
  const folder = stateParent(options);
  return folder === null ? null : readJournal(folder);
}

/**
 * Takes the lock and removes what dead runs left in the folders this one writes to.
 * @throws CsvcleanError LOCKED, OUTPUT_FOLDER.
 */
export function openWorkspace(planned: readonly PlannedInput[], options: Options): Workspace {
  const folder = stateParent(options);
  if (options.check) return { journal: null, lock: null, scratch: makeScratch() };
  if (options.dryRun) return { journal: peekJournal(options), lock: null, scratch: makeScratch() };
  const output = oneOutput(options);
  if (output === STDOUT) {
    // Pipelines side by side share no output, so they need no lock.
    const journal = folder === null ? null : readJournal(folder);
    sweep(planned, journal);
    return { journal, lock: null, scratch: makeScratch() };
  }
  if (folder === null) {
    sweep(planned, null);
    return { journal: null, lock: null, scratch: null };
  }
  const shown = output === null ? options.outDir : dirname(output);
  const lock = acquireLock(folder, shown);
  try {
    const journal = readJournal(folder);
    sweep(planned, journal);
    return { journal, lock, scratch: null };
  } catch (error) {
    releaseLock(lock);
    throw error;
  }
}

function sweep(planned: readonly PlannedInput[], journal: Journal | null): void {
  const folders = new Set<string>();
  for (const { outputPath, rejectsPath } of planned) {
    if (outputPath !== null) folders.add(dirname(outputPath));
    if (rejectsPath !== null) folders.add(dirname(rejectsPath));
  }
  if (journal !== null) {
    folders.add(join(journal.folder, STATE_FOLDER));
    for (const path of journal.marks.keys()) folders.add(dirname(path));
  }
  for (const folder of folders) removeDeadTemps(folder);
}

/** @returns what is wrong with the journal, if its last lines may be lost. */
export function closeWorkspace(workspace: Workspace): PlainError | null {
  try {
    if (workspace.journal !== null) closeJournal(workspace.journal);
    return null;
  } catch (error) {
    return toPlainError(error);
  } finally {
    if (workspace.lock !== null) releaseLock(workspace.lock);
    if (workspace.scratch !== null) removeScratch(workspace.scratch);
  }
}
