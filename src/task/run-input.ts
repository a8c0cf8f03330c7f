/**
 * Cleans one input on the calling thread, from open to close. The one implementation: executors
 * only decide where it runs. A failure is a result, never a throw, and leaves no file behind.
 */
import { CsvcleanError } from '../base/error.js';
import { testPoint } from '../base/test-point.js';
import { createFormWriter } from '../csv/output-form.js';
import type { ByteSource } from '../engine/byte-source.js';
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
import { removeSpillFiles } from '../store/spill-files.js';
import { chooseEngine, chooseQuickLook } from './choose-engine.js';
import { createCheckSink } from './compare-output.js';
import { compressTemp } from './compress-temp.js';
import { startTiming } from './cpu-time.js';
import { doubtsOf } from './doubt-dialect.js';
import { type Effort, failedInput } from './failed-input.js';
import { sourceOfFile, sourceOfPipe, spillOf, walkContext } from './file-source.js';
import { encodingAtFirst, readSignature, UTF8 } from './find-encoding.js';
import {
  makeReadable,
  type Readable,
  removeReadable,
  tryEncodings,
  withReadable,
} from './make-readable.js';
import { formOf } from './output-form.js';
import { createSink } from './output-sink.js';
import { placedError } from './placed-error.js';
import { asText, readTextHeader } from './read-text.js';
import { resolveDialect } from './resolve-dialect.js';
import { spooledInput, spoolInput } from './spool-input.js';
import type {
  FoundDialect,
  InputResult,
  OutputCheck,
  Spooled,
  TaskInput,
  TaskSettings,
} from './task.js';
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
  removeReadable(input);
  if (input.spillTemp !== null) removeSpillFiles(input.spillTemp);
  if (input.spoolTemp !== null) removeQuietly(input.spoolTemp);
  if (input.outputTemp !== null) removeQuietly(input.outputTemp);
  if (input.packedTemp !== null) removeQuietly(input.packedTemp);
  if (input.rejectsTemp !== null) removeQuietly(input.rejectsTemp);
}

/** What cleaning gave: counts, and marks of the files written. */
interface FileCleaned {
  readonly report: TableReport;
  readonly found: FoundDialect;
  readonly output: ContentMark | null;
  readonly rejects: ContentMark | null;
  readonly check: OutputCheck | null;
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
  const clean = async (isOther: boolean): Promise<FileCleaned> => {
    const readable = await makeReadable(file, input, settings, isOther);
    return cleanReadable(file, readable, input, settings, onProgress);
  };
  try {
    const cleaned = await tryEncodings(settings, clean, () => removeReadable(input));
    return { ...cleaned, identity: file.identity };
  } finally {
    closeInput(file);
  }
}

function cleanReadable(
  file: InputFile,
  readable: Readable,
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
): FileCleaned {
  const cleaned = withReadable(file, readable, input, (readFile) =>
    cleanSource(sourceOfFile(readFile), readable, input, settings, onProgress, {
      mode: settings.isInPlace ? file.mode : null,
      original: sourceOfFile(file),
      onEnd: () => assertUnchanged(file),
    }),
  );
  if (readable.isRewritten) removeReadable(input);
  return cleaned;
}

/** Cleans a stream as it comes: whoever gave the task knows that one look at it is enough. */
async function cleanPipe(
  pipe: SharedArrayBuffer,
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
): Promise<Cleaned> {
  const source = sourceOfPipe(pipe);
  const { encoding } = encodingAtFirst(settings.dialect, readSignature(source));
  if (encoding !== UTF8) throw cannotComeAsIs(encoding, `--encoding ${encoding}`);
  const { dialect, layout, hasHeader, found } = await resolveDialect(
    settings.dialect,
    input.name,
    source,
    chooseQuickLook(settings.engine),
  );
  if (dialect === null) {
    const { delimiter, escape: escaping } = found;
    const flag = escaping === null ? `-d '${delimiter}'` : `--escape '${escaping}'`;
    throw cannotComeAsIs('in a dialect that must be rewritten', flag);
  }
  const form = { dialect, layout, hasHeader };
  const readable = { form, found, isRewritten: false, warnings: [], joinedRows: 0 };
  const origin = { mode: null, original: source, onEnd() {} };
  const cleaned = cleanSource(source, readable, input, settings, onProgress, origin);
  return { ...cleaned, identity: null };
}

/** Found out too late for a stream, of which the first bytes are gone. */
function cannotComeAsIs(what: string, flag: string): CsvcleanError {
  return new CsvcleanError('DIALECT', `the stream is ${what}, and is cleaned as it comes`, {
    line: 1,
    remedy: `Set ${flag}: then all of it is read first.`,
  });
}

/** What is known of a source beside its bytes. */
interface Origin {
  /** Permission bits that the output is to have, or null for the default ones. */
  readonly mode: number | null;
  /** The input itself, where what is read was made of it. */
  readonly original: ByteSource;
  /** Called when all was read, before the output is finished. */
  onEnd(): void;
}

function cleanSource(
  source: ByteSource,
  { form, found, isRewritten, warnings, joinedRows }: Omit<Readable, 'path'>,
  input: TaskInput,
  settings: TaskSettings,
  onProgress: OnProgress,
  { mode, original, onEnd }: Origin,
): FileCleaned {
  const { wantsSamples, isDurable } = settings;
  const walk = walkContext(settings, form);
  const context = { ...walk, ...spillOf(input), wantsSamples, onProgress };
  const header = readTextHeader(source, context);
  const check = settings.isCheck ? createCheckSink(original, form.dialect.recordEnd) : null;
  const output = check ?? createSink(input);
  const writer = createFormWriter(formOf(settings, found), true, output.write);
  const rejects = createRejectsWriter(input.rejectsTemp, input.name);
  try {
    const report = asText(source, context, () =>
      chooseEngine(settings.engine).clean(source, header, context, {
        output: writer.write,
        reject(reject) {
          rejects.write(isRewritten ? { ...reject, byteOffset: null } : reject);
        },
        ...(check === null ? {} : { isEnough: check.isEnough }),
      }),
    );
    onEnd();
    if (input.spillTemp !== null) removeSpillFiles(input.spillTemp);
    const repairs = { ...report.repairs, escapedCells: writer.escapedCells(), joinedRows };
    const told = [...warnings, ...doubtsOf(header, found), ...report.warnings];
    const rejectsMark = rejects.finish(isDurable);
    return {
      report: { ...report, warnings: told, repairs },
      found,
      output: output.finish(isDurable, mode),
      rejects: rejectsMark,
      check: check?.result() ?? null,
    };
  } catch (error) {
    rejects.discard();
    output.discard();
    throw error;
  }
}
