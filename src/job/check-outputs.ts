/**
 * Looks at what already stands where outputs are to go: ours is replaced, anything else is kept
 * unless forced, and an input is never an output. Decides per input, before any work.
 */
import { lstatSync, type Stats, statSync } from 'node:fs';
import { CsvcleanError, type PlainError, toPlainError } from '../base/error.js';
import type { Options } from '../options/options.js';
import { isAbsent, storeError } from '../store/store-error.js';
import { isOurs, type Journal } from './journal.js';
import type { PlannedInput } from './plan-outputs.js';

/** What stands at a final name, or null when nothing does. */
function look(path: string): Stats | null {
  try {
    // Mostly nothing does, and an error costs more than the look.
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw storeError('CANNOT_WRITE', error, path);
  }
}

/** The inputs that may not be cleaned because of what stands at their output, with the reason. */
export function checkOutputs(
  planned: readonly PlannedInput[],
  options: Options,
  journal: Journal | null,
): ReadonlyMap<number, PlainError> {
  const refused = new Map<number, PlainError>();
  if (options.check) return refused;
  const [first] = planned;
  const inputs = new Set(options.inPlace ? [] : planned.flatMap((input) => idOf(input.path)));
  // What stands in the place of the one output is in the way of all of them.
  if (options.concat !== null && first !== undefined && first.outputPath !== null) {
    checkTarget(first.outputPath, first.outputName, options, journal, inputs);
  }
  for (const input of planned) {
    try {
      if (options.inPlace) checkInPlace(input, options);
      else if (input.outputPath !== null && options.concat === null) {
        checkTarget(input.outputPath, input.outputName, options, journal, inputs);
      }
      if (input.rejectsPath !== null && !options.inPlace) {
        checkTarget(input.rejectsPath, input.rejectsName!, options, journal, inputs);
      }
    } catch (error) {
      refused.set(input.index, { ...toPlainError(error), path: input.name });
    }
  }
  return refused;
}

function idOf(path: string): readonly string[] {
  try {
    const { dev, ino } = statSync(path);
    return [`${dev}:${ino}`];
  } catch {
    return [];
  }
}

function checkTarget(
  path: string,
  name: string,
  options: Options,
  journal: Journal | null,
  inputs: ReadonlySet<string>,
): void {
  const stats = look(path);
  if (stats === null) return;
  if (stats.isDirectory()) throw exists(name, 'is a folder', 'Choose another --out-dir.');
  if (idOf(path).some((id) => inputs.has(id))) {
    throw new CsvcleanError('OUTPUT_IS_INPUT', `the output ${name} is an input itself`, {
      remedy: 'Choose another --out-dir, or --in-place if that is meant.',
    });
  }
  const isKnown = stats.isFile() && journal !== null && isOurs(journal, path, stats.size);
  if (!isKnown && !options.force) {
    const remedy = 'Move it away, choose another --out-dir, or add --force to replace it.';
    throw exists(name, 'exists and was not written by csvclean', remedy);
  }
}

function exists(name: string, what: string, remedy: string): CsvcleanError {
  return new CsvcleanError('OUTPUT_EXISTS', `${name} ${what}`, { remedy });
}

function checkInPlace(input: PlannedInput, options: Options): void {
  if (look(input.path)?.isSymbolicLink()) {
    throw new CsvcleanError('NOT_A_FILE', 'it is a symbolic link, which --in-place would replace', {
      remedy: 'Name the file it points to.',
    });
  }
  if (options.force) return;
  const backup = input.name + (options.backup ?? '');
  const remedy = 'Move it away, choose another --backup ending, or add --force to replace it.';
  if (options.backup !== null && look(input.path + options.backup) !== null) {
    throw exists(backup, 'exists already', remedy);
  }
  if (input.rejectsPath !== null && look(input.rejectsPath) !== null) {
    const move = 'Move it away, or add --force to replace it.';
    throw exists(input.rejectsName!, 'exists already, from an earlier run', move);
  }
}

/** Refuses a target that has appeared since it was checked. */
export function refuseNewcomer(path: string, name: string, wasThere: boolean): void {
  if (wasThere || look(path) === null) return;
  throw exists(name, 'appeared during the run', 'Run again, with --force to replace it.');
}

/** Whether something stands at `path` now. */
export function isThere(path: string): boolean {
  return look(path) !== null;
}
