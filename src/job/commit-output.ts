/**
 * Gives finished temporary files their final names, in the one order that keeps every promise:
 * journal, rejects, backup, output, and only then away with stale rejects.
 */
import { CsvcleanError } from '../base/error.js';
import { testPoint } from '../base/test-point.js';
import type { Options } from '../options/options.js';
import { fileSystem } from '../store/file-system.js';
import { assertStillThere } from '../store/input-file.js';
import { removeQuietly, replaceFile } from '../store/output-file.js';
import { storeError } from '../store/store-error.js';
import { finishedTemp } from '../task/compress-temp.js';
import type { InputResult, TaskInput } from '../task/task.js';
import { isThere, refuseNewcomer } from './check-outputs.js';
import { appendToJournal, type Journal } from './journal.js';
import type { PlannedInput } from './plan-outputs.js';

/** What stood at the final names when they were checked. */
export interface TargetState {
  readonly hadOutput: boolean;
  readonly hadRejects: boolean;
}

export function targetStateOf(input: PlannedInput): TargetState {
  return {
    hadOutput: input.outputPath !== null && isThere(input.outputPath),
    hadRejects: input.rejectsPath !== null && isThere(input.rejectsPath),
  };
}

/** @throws CsvcleanError when a file cannot get its name; the old output is then untouched. */
export function commitOutput(
  input: PlannedInput,
  task: TaskInput,
  result: InputResult,
  before: TargetState,
  journal: Journal | null,
  options: Options,
): void {
  const { outputPath, outputName } = input;
  const { durable } = options;
  if (options.inPlace) assertStillThere(input.path, result.identity!);
  if (outputPath !== null) {
    refuseNewcomer(outputPath, outputName, before.hadOutput || options.force);
  }
  const renameRejects = noteRejects(input, task, result, before, journal, options);
  if (journal !== null && outputPath !== null) {
    appendToJournal(journal, outputPath, result.output!, durable);
  }
  testPoint('before-rejects-rename', input.name);
  renameRejects();
  if (options.backup !== null) keepBackup(input, options.backup, options.force);
  testPoint('before-output-rename', input.name);
  if (outputPath !== null) replaceFile(finishedTemp(task)!, outputPath, durable);
  testPoint('after-output-rename', input.name);
  removeStaleRejects(input, result, before, options);
}

/** Writes the journal line of the rejects. @returns what gives them their name. */
function noteRejects(
  { rejectsPath, rejectsName }: PlannedInput,
  task: TaskInput,
  { rejects }: InputResult,
  before: TargetState,
  journal: Journal | null,
  { force, durable }: Options,
): () => void {
  if (rejects === null || rejectsPath === null) return () => {};
  refuseNewcomer(rejectsPath, rejectsName!, before.hadRejects || force);
  if (journal !== null) appendToJournal(journal, rejectsPath, rejects, durable);
  return () => replaceFile(task.rejectsTemp!, rejectsPath, durable);
}

/** Gives the rejects of an input their name, where its output is one for all. */
export function commitRejects(
  input: PlannedInput,
  task: TaskInput,
  result: InputResult,
  before: TargetState,
  journal: Journal | null,
  options: Options,
): void {
  const renameRejects = noteRejects(input, task, result, before, journal, options);
  testPoint('before-rejects-rename', input.name);
  renameRejects();
}

/** Rejects of an earlier run go when a new output has its name, and there are none any more. */
export function removeStaleRejects(
  { rejectsPath }: PlannedInput,
  { rejects }: InputResult,
  before: TargetState,
  { inPlace }: Options,
): void {
  const isStale = rejects === null && before.hadRejects && !inPlace;
  if (isStale && rejectsPath !== null) removeQuietly(rejectsPath);
}

/** The input under a second name, before the first one gets new content. */
function keepBackup(input: PlannedInput, ending: string, isForced: boolean): void {
  const backupPath = input.path + ending;
  try {
    if (isForced) removeQuietly(backupPath);
    try {
      fileSystem.linkSync(input.path, backupPath);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw error;
      // No hard links here: a copy, which must not exist either.
      fileSystem.copyFileSync(input.path, backupPath, COPY_EXCLUSIVE);
    }
  } catch (error) {
    const { message } = storeError('CANNOT_WRITE', error, backupPath);
    throw new CsvcleanError('CANNOT_WRITE', `no backup ${input.name}${ending}: ${message}`, {
      remedy: 'Choose another --backup ending.',
    });
  }
}

/** `fs.constants.COPYFILE_EXCL`. */
const COPY_EXCLUSIVE = 1;
