/**
 * Makes of any input a file that the engines read: UTF-8 in a dialect of single bytes. Most are one
 * already. Others are written anew to temporary files, decoded first, then as RFC 4180.
 */
import { RFC4180 } from '../csv/dialect.js';
import type { ByteSource } from '../engine/byte-source.js';
import type { Warning } from '../engine/engine.js';
import { WHOLE_SPAN } from '../engine/split/span.js';
import { closeInput, type InputFile, openInput } from '../store/input-file.js';
import { removeQuietly } from '../store/output-file.js';
import { chooseQuickLook } from './choose-engine.js';
import { decodeInput } from './decode-input.js';
import { maxRecordBytes, sourceOfFile, type TableForm } from './file-source.js';
import {
  encodingAhead,
  guessEncodingOf,
  needsDecoding,
  readSignature,
  surveySpan,
  UTF8,
} from './find-encoding.js';
import { refuseOtherOutput, resolveDialect } from './resolve-dialect.js';
import type {
  DialectRequest,
  FoundDialect,
  FoundEncoding,
  TaskInput,
  TaskSettings,
} from './task.js';
import { hasDoubledReturns, undoubleReturns } from './undouble-returns.js';

/** A file that can be read, and how. */
export interface Readable {
  /** The input's own path, or that of a temporary file. */
  readonly path: string;
  /** Lines are still the input's own; byte offsets are not, and not to be told. */
  readonly isRewritten: boolean;
  readonly form: TableForm;
  readonly found: FoundDialect;
  readonly warnings: readonly Warning[];
  /** Records that were made of several. */
  readonly joinedRows: number;
}

/**
 * @param file the input, open.
 * @param isOther it was taken for UTF-8, and is not: see `tryEncodings`.
 * @param known its encoding, where that was found before; where it must be decoded, it was.
 * @throws CsvcleanError DIALECT with `--in-place`, where the output would be in another form.
 */
export async function makeReadable(
  file: InputFile,
  input: TaskInput,
  settings: TaskSettings,
  isOther: boolean,
  known: FoundEncoding | null = null,
): Promise<Readable> {
  const text = await makeText(file, input, settings, isOther, known);
  if (!text.isDecoded) return makePlain(file, text, input, settings);
  const decoded = openInput(input.decodedTemp);
  try {
    return await makePlain(decoded, text, input, settings);
  } finally {
    closeInput(decoded);
  }
}

/** Removes what was made. */
export function removeReadable(input: Pick<TaskInput, 'decodedTemp' | 'rewrittenTemp'>): void {
  removeQuietly(input.decodedTemp);
  removeQuietly(input.rewrittenTemp);
}

/**
 * Opens what is read, for as long as `work` takes.
 * @param file the input, open.
 */
export function withReadable<T>(
  file: InputFile,
  { path }: Pick<Readable, 'path'>,
  input: Pick<TaskInput, 'path'>,
  work: (file: InputFile) => T,
): T {
  if (path === input.path) return work(file);
  const made = openInput(path);
  try {
    return work(made);
  } finally {
    closeInput(made);
  }
}

/**
 * An input is UTF-8 until a byte says otherwise, so that files that are cost nothing, and no sample
 * is ever believed. Where it fails for that alone, `attempt` is made once more, after `clear`.
 */
export async function tryEncodings<T>(
  settings: TaskSettings,
  attempt: (isOther: boolean) => Promise<T>,
  clear: () => void = () => {},
): Promise<T> {
  try {
    return await attempt(false);
  } catch (error) {
    if (!isOtherEncoding(error, settings)) throw error;
    clear();
    return attempt(true);
  }
}

/** Whether an input failed only since it is not UTF-8, and nobody said that it is. */
export function isOtherEncoding(error: unknown, { dialect }: TaskSettings): boolean {
  const { code } = error as { code?: unknown };
  const mayBeOther = dialect.encoding === 'auto' && dialect.encodingErrors !== 'strict';
  return code === 'NOT_UTF8' && mayBeOther;
}

/** UTF-8, but for what the request says of other bytes. */
interface Text {
  /** It lies in the temporary file, decoded or with other line ends. */
  readonly isDecoded: boolean;
  readonly encoding: string;
  readonly request: DialectRequest;
  readonly warnings: readonly Warning[];
}

async function makeText(
  file: InputFile,
  { decodedTemp }: TaskInput,
  settings: TaskSettings,
  isOther: boolean,
  known: FoundEncoding | null,
): Promise<Text> {
  const source = sourceOfFile(file);
  const { dialect, isInPlace } = settings;
  const head = readSignature(source);
  const found = known ?? encodingAhead(head, settings, isOther) ?? (await guessWhole(source));
  const { encoding } = found;
  const isKnown = isOther || dialect.encoding !== 'auto' || encoding !== UTF8;
  const request = isKnown ? { ...dialect, encoding: UTF8 } : dialect;
  const isDecoded = needsDecoding(found, settings, isOther);
  const isDoubled = !isDecoded && !isInPlace && hasDoubledReturns(head);
  if (isDoubled) undoubleReturns(source, decodedTemp);
  if (isDecoded && known === null) {
    await decodeInput(source, { encoding, errors: dialect.encodingErrors }, decodedTemp);
  }
  const warnings = isOther && encoding !== UTF8 ? [guessed(encoding, found.reason)] : [];
  return { isDecoded: isDecoded || isDoubled, encoding, request, warnings };
}

async function guessWhole(source: ByteSource): Promise<FoundEncoding> {
  return guessEncodingOf(source, surveySpan(source, WHOLE_SPAN));
}

/** @param file what holds the text. */
async function makePlain(
  file: InputFile,
  { isDecoded, encoding, request, warnings }: Text,
  input: TaskInput,
  settings: TaskSettings,
): Promise<Readable> {
  const source = sourceOfFile(file);
  const reading = await resolveDialect(
    request,
    input.name,
    source,
    chooseQuickLook(settings.engine),
  );
  if (settings.isInPlace) refuseOtherOutput(reading, settings.keepsDialect);
  const { dialect, longDialect, hasHeader } = reading;
  const layout = { ...reading.layout, holdsMarks: isDecoded };
  const found = { ...reading.found, encoding };
  const told = { found, warnings };
  const joins = settings.rules.ragged === 'join';
  if (dialect !== null && !joins) {
    const path = isDecoded ? input.decodedTemp : input.path;
    const form = { dialect, layout, hasHeader };
    return { ...told, path, isRewritten: isDecoded, form, joinedRows: 0 };
  }
  // Loaded only where it is needed, which is seldom.
  const { rewriteDialect } = await import('./rewrite-dialect.js');
  const path = input.rewrittenTemp;
  const { rules } = settings;
  const limits = { rules, maxRecordBytes: maxRecordBytes(settings) };
  const rewriting = { dialect: longDialect, layout, limits, joins };
  const { joinedRows, ...place } = rewriteDialect(source, rewriting, path);
  const rewritten = { ...RFC4180, recordEnd: longDialect.recordEnd };
  const form = { dialect: rewritten, layout: { ...layout, ...place }, hasHeader };
  return { ...told, path, isRewritten: true, form, joinedRows };
}

/** A guess is told: nothing in the file says so. */
function guessed(encoding: string, reason: string): Warning {
  return {
    message: `not UTF-8: read as ${encoding} (${reason})`,
    remedy: `Set --encoding ${encoding} if that is right, or the one it is in.`,
  };
}
