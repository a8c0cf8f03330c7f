/**
 * Cleans one input on the calling thread, from open to close. The one implementation: executors
 * only decide where it runs. A failure is a result, never a throw, and leaves no file behind.
 */
import { assert } from '../base/assert.js';
import { testPoint } from '../base/test-point.js';
import type { Dialect } from '../csv/dialect.js';
import type { ByteSource } from '../engine/byte-source.js';
import { checkEncoding } from '../engine/check-encoding.js';
import type { TableReport } from '../engine/engine.js';
import type { ContentMark } from '../store/digest.js';
import {
  assertUnchanged,
  closeInput,
  type FileIdentity,
  type InputFile,
  openInput,
} from '../store/input-file.js';
import { removeQuietly } from '../store/output-file.js';
import { chooseEngine } from './choose-engine.js';
import { compressTemp } from './compress-temp.js';
import { startTiming } from './cpu-time.js';
import { type Effort, failedInput } from './failed-input.js';
import { sourceOfFile, sourceOfPipe, walkContext } from './file-source.js';
import { createSink } from './output-sink.js';
import { placedError } from './placed-error.js';
import { asText, readTextHeader } from './read-text.js';
import { REWRITTEN, refuseOtherOutput, resolveDialect } from './resolve-dialect.js';
import { spooledInput, spoolInput } from './spool-input.js';
import type { InputResult, Spooled, TaskInput, TaskSettings } from './task.js';
import { createRejectsWriter } from './write-rejects.js';

/** Called with the offset reached, in bytes. */
export type OnProgress = (offsetBytes: number) => void;

/** Cleans `input`; what it wrote is finished under the temporary names. */
export async function runInput(
  input: TaskInput,
  settings: TaskSettings,
  worker: string,
  onProgress: OnProgress,
): Promise<InputResult> {
  const since = startTiming(worker);
  const effort = (): Effort => {
    const times = since();
    return { ...times, busyMs: times.wallMs };
  };
  try {
    // An earlier attempt on a thread that died may have begun them.
    removeTemps(input);
    testPoint('input-start', input.name);
    const done = await cleanAnyInput(input, settings, onProgress);
    testPoint('input-end', input.name);
    return { index: input.index, error: null, ...done, ...effort(), spanCount: 1 };
  } catch (error) {
    removeTemps(input);
    return failedInput(input, placedError(error, input.name), effort());
  }
}

/** Removes every temporary file of `input` that is there. */
export function removeTemps(input: TaskInput): void {
  removeQuietly(input.rewrittenTemp);
  if (input.spoolTemp !== null) removeQuietly(input.spoolTemp);
  if (input.outputTemp !== null) removeQuietly(input.outputTemp);
  if (input.packedTemp !== null) removeQuietly(input.packedTemp);
  if (input.rejectsTemp !== null) removeQuietly(input.rejectsTemp);
}

/** What cleaning gave: counts, and marks of the files written. */
interface FileCleaned {
  readonly report: TableReport;
  readonly output: ContentMark | null;
  readonly rejects: ContentMark | null;
}

interface Cleaned extends FileCleaned {
  readonly identity: FileIdentity | null;
}

/** With what comes before and after cleaning a file: spooling the input, compressing the output. */
async function cleanAnyInput(
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
): Promise<Cleaned> {
  let file = input;
  let origin: Spooled['origin'] = null;
  if (input.compression !== null) {
    const spooled = await spoolInput(input, settings);
    file = spooledInput(input, spooled);
    origin = spooled.origin;
  }
  const cleaned = await cleanInput(file, settings, onProgress);
  if (input.compression !== null) removeQuietly(input.spoolTemp!);
  const identity = origin?.identity ?? cleaned.identity;
  if (input.packedTemp === null) return { ...cleaned, identity };
  const mode = settings.isInPlace && origin !== null ? origin.mode : null;
  const output = await compressTemp(input, mode, settings.isDurable);
  return { ...cleaned, output, identity };
}

async function cleanInput(
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
): Promise<Cleaned> {
  if (input.pipeIn !== null) return cleanPipe(input.pipeIn, input, settings, onProgress);
  const file = openInput(input.path);
  try {
    const source = sourceOfFile(file);
    const resolved = resolveDialect(settings.dialect, input.name, source);
    if (settings.isInPlace) refuseOtherOutput(resolved);
    if (resolved.kind === 'plain') {
      const cleaned = cleanFile(file, resolved.dialect, input, settings, onProgress, false);
      return { ...cleaned, identity: file.identity };
    }
    checkEncoding(source, 'lf');
    // Loaded only where it is needed: it takes longer to load than a small file to clean.
    const { rewriteDialect } = await import('./rewrite-dialect.js');
    const { maxRecordBytes } = walkContext(settings, REWRITTEN);
    await rewriteDialect(file, resolved, input.rewrittenTemp, maxRecordBytes);
    assertUnchanged(file);
    return { ...cleanRewritten(input, settings, onProgress), identity: file.identity };
  } finally {
    closeInput(file);
  }
}

/** Cleans a stream as it comes: whoever gave the task knows that one look at it is enough. */
function cleanPipe(
  pipe: SharedArrayBuffer,
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
): Cleaned {
  const source = sourceOfPipe(pipe);
  const resolved = resolveDialect(settings.dialect, input.name, source);
  assert(resolved.kind === 'plain', 'an exotic dialect is not cleaned as it comes');
  const cleaned = cleanSource(source, resolved.dialect, input, settings, onProgress, {
    isRewritten: false,
    mode: null,
    onEnd() {},
  });
  return { ...cleaned, identity: null };
}

function cleanRewritten(
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
): FileCleaned {
  const file = openInput(input.rewrittenTemp);
  try {
    return cleanFile(file, REWRITTEN, input, settings, onProgress, true);
  } finally {
    closeInput(file);
    removeQuietly(input.rewrittenTemp);
  }
}

function cleanFile(
  file: InputFile,
  dialect: Dialect,
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
  isRewritten: boolean,
): FileCleaned {
  return cleanSource(sourceOfFile(file), dialect, input, settings, onProgress, {
    isRewritten,
    mode: settings.isInPlace ? file.mode : null,
    onEnd: () => assertUnchanged(file),
  });
}

/** What is known of a source beside its bytes. */
interface Origin {
  /** Byte offsets are of the rewritten file, and not to be told. */
  readonly isRewritten: boolean;
  /** Permission bits that the output is to have, or null for the default ones. */
  readonly mode: number | null;
  /** Called when all was read, before the output is finished. */
  onEnd(): void;
}

function cleanSource(
  source: ByteSource,
  dialect: Dialect,
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
  { isRewritten, mode, onEnd }: Origin,
): FileCleaned {
  const { wantsSamples, isDurable } = settings;
  const context = { ...walkContext(settings, dialect), wantsSamples, onProgress };
  const header = readTextHeader(source, context, settings);
  const output = createSink(input);
  const rejects = createRejectsWriter(input.rejectsTemp, input.name);
  try {
    const report = asText(source, context, () =>
      chooseEngine(settings.engine).clean(source, header, context, {
        output: output.write,
        reject(reject) {
          rejects.write(isRewritten ? { ...reject, byteOffset: null } : reject);
        },
      }),
    );
    onEnd();
    const rejectsMark = rejects.finish(isDurable);
    return { report, output: output.finish(isDurable, mode), rejects: rejectsMark };
  } catch (error) {
    rejects.discard();
    output.discard();
    throw error;
  }
}
