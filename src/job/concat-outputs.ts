/**
 * `--concat`: the cleaned inputs as one file. Each was written to a part of its own; when all are
 * there, they are joined in the order of the inputs, and the one output gets its name. If an input
 * failed there is none: half a table under the name of a whole one would be taken for it.
 */
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { CsvcleanError } from '../base/error.js';
import { testPoint } from '../base/test-point.js';
import { type Options, STDOUT } from '../options/options.js';
import { compressionOf } from '../store/compression.js';
import { EMPTY_MARK } from '../store/digest.js';
import {
  createOutput,
  discardOutput,
  finishOutput,
  removeQuietly,
  replaceFile,
  writeOutput,
} from '../store/output-file.js';
import { storeError } from '../store/store-error.js';
import { tempPathIn } from '../store/temp-name.js';
import { compressTemp } from '../task/compress-temp.js';
import { type JoinedPart, joinParts, type TablePart, unitedNames } from '../task/join-parts.js';
import type { InputResult, TaskInput } from '../task/task.js';
import { refuseNewcomer } from './check-outputs.js';
import { commitRejects, removeStaleRejects, type TargetState } from './commit-output.js';
import { appendToJournal, type Journal } from './journal.js';
import type { PlannedInput } from './plan-outputs.js';
import { formOfOptions } from './settings-of-options.js';

/** One cleaned input. */
export interface CleanedPart {
  readonly planned: PlannedInput;
  readonly task: TaskInput;
  readonly result: InputResult;
  readonly target: TargetState;
}

/**
 * Joins the parts, and gives output and rejects their names.
 * @param parts of all inputs, in their order.
 * @param signal ends it; nothing then has its name.
 * @returns what became of each part.
 * @throws CsvcleanError USAGE, CANNOT_READ, CANNOT_WRITE.
 */
export async function concatOutputs(
  parts: readonly CleanedPart[],
  options: Options,
  journal: Journal | null,
  stdout: Writable | null,
  signal: AbortSignal,
): Promise<readonly JoinedPart[]> {
  const tables = parts.map(tableOf);
  refuseSource(tables, options);
  const toStdout = options.concat === STDOUT;
  const joined = toStdout
    ? await joinToStream(tables, options, stdout!, signal)
    : await joinToFile(tables, parts, options, journal, signal);
  if (toStdout && !signal.aborted) {
    for (const { planned, task, result, target } of parts) {
      commitRejects(planned, task, result, target, journal, options);
    }
    for (const part of parts) removeStaleRejects(part.planned, part.result, part.target, options);
  }
  return joined;
}

function tableOf({ planned, task, result }: CleanedPart): TablePart {
  const { outputColumns, columns } = result.report!;
  const hasHeader = columns.length > 0;
  return { path: task.outputTemp!, columns: outputColumns, hasHeader, source: planned.name };
}

function refuseSource(tables: readonly TablePart[], { concatSource }: Options): void {
  if (concatSource === null || !unitedNames(tables).includes(concatSource)) return;
  throw new CsvcleanError('USAGE', `--concat-source ${concatSource}: a column is called that`, {
    remedy: 'Choose another name.',
  });
}

async function joinToFile(
  tables: readonly TablePart[],
  parts: readonly CleanedPart[],
  options: Options,
  journal: Journal | null,
  signal: AbortSignal,
): Promise<readonly JoinedPart[]> {
  const [first] = parts;
  const outputPath = first!.planned.outputPath!;
  const folder = dirname(outputPath);
  const output = createOutput(tempPathIn(folder));
  let temp = output.path;
  try {
    const joined = await joinParts(
      tables,
      options.concatSource,
      formOfOptions(options),
      async (bytes) => {
        // A signal has its turn between two pieces.
        await new Promise(setImmediate);
        writeOutput(output, bytes);
        return !signal.aborted;
      },
    );
    if (signal.aborted) {
      discardOutput(output);
      return [];
    }
    finishOutput(output, options.durable);
    let { mark } = output;
    const { compress } = options;
    const compression = compress === null ? compressionOf(outputPath) : compress;
    if (compression !== null && compression !== 'none') {
      const packed = { ...first!.task, outputTemp: temp, outputCompression: compression };
      const packedTemp = tempPathIn(folder);
      temp = packedTemp;
      mark = await compressTemp({ ...packed, packedTemp }, null, options.durable);
    }
    const { hadOutput } = first!.target;
    refuseNewcomer(outputPath, first!.planned.outputName, hadOutput || options.force);
    for (const { planned, task, result, target } of parts) {
      commitRejects(planned, task, result, target, journal, options);
    }
    if (journal !== null) appendToJournal(journal, outputPath, mark, options.durable);
    testPoint('before-output-rename', options.concat!);
    replaceFile(temp, outputPath, options.durable);
    testPoint('after-output-rename', options.concat!);
    for (const part of parts) removeStaleRejects(part.planned, part.result, part.target, options);
    return joined;
  } catch (error) {
    discardOutput(output);
    removeQuietly(temp);
    throw error;
  }
}

async function joinToStream(
  tables: readonly TablePart[],
  options: Options,
  stdout: Writable,
  signal: AbortSignal,
): Promise<readonly JoinedPart[]> {
  let failure: NodeJS.ErrnoException | null = null;
  const onError = (error: NodeJS.ErrnoException): void => {
    failure ??= error;
  };
  stdout.on('error', onError);
  try {
    const form = formOfOptions(options);
    const joined = await joinParts(tables, options.concatSource, form, async (bytes) => {
      await new Promise<void>((resolve) => stdout.write(bytes, () => resolve()));
      return failure === null && !signal.aborted;
    });
    // A reader that has seen enough is no failure.
    const { code } = (failure ?? {}) as { code?: string };
    if (failure !== null && code !== 'EPIPE') {
      throw storeError('CANNOT_WRITE', failure, 'standard output');
    }
    return joined;
  } finally {
    stdout.off('error', onError);
  }
}

/** @throws CsvcleanError INCOMPLETE where some inputs failed. */
export function refuseIncomplete(failed: number, all: number): void {
  if (failed === 0) return;
  const which = failed === 1 ? '1 input' : `${failed} inputs`;
  throw new CsvcleanError('INCOMPLETE', `not joined: ${which} of ${all} could not be cleaned`, {
    remedy: 'Mend or leave out what failed, and run again.',
  });
}

/** The mark of a part says what it added to the one output. */
export function withJoined(result: InputResult, part: JoinedPart): InputResult {
  if (result.report === null) return result;
  const repairs = { ...result.report.repairs, escapedCells: part.escapedCells };
  const output = { ...EMPTY_MARK, sizeBytes: part.sizeBytes };
  return { ...result, report: { ...result.report, repairs }, output };
}
