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
  const { outputPath, rejectsPath, outputName, rejectsName } = input;
  const { durable } = options;
  if (options.inPlace) assertStillThere(input.path, result.identity!);
  if (outputPath !== null) {
    refuseNewcomer(outputPath, outputName, before.hadOutput || options.force);
  }
  if (result.rejects !== null && rejectsPath !== null) {
    refuseNewcomer(rejectsPath, rejectsName!, before.hadRejects || options.force);
    if (journal !== null) appendToJournal(journal, rejectsPath, result.rejects, durable);
  }
  if (journal !== null && outputPath !== null) {
    appendToJournal(journal, outputPath, result.output!, durable);
  }
  testPoint('before-rejects-rename', input.name);
  if (result.rejects !== null && rejectsPath !== null) {
    replaceFile(task.rejectsTemp!, rejectsPath, durable);
  }
  if (options.backup !== null) keepBackup(input, options.backup, options.force);
  testPoint('before-output-rename', input.name);
  if (outputPath !== null) replaceFile(finishedTemp(task)!, outputPath, durable);
  testPoint('after-output-rename', input.name);
  const isStale = result.rejects === null && before.hadRejects && !options.inPlace;
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
