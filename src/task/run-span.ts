/**
 * A step on one span of a large input, on the calling thread: opens the file, works, closes it.
 * A failure is a result, never a throw.
 */
import { createMemoryBudget } from '../base/memory-budget.js';
import { testPoint } from '../base/test-point.js';
import type { EngineContext } from '../engine/engine.js';
import { planTable } from '../engine/plan-table.js';
import { canSplit } from '../engine/split/clean-in-spans.js';
import type { SpanEngine } from '../engine/split/span-engine.js';
import {
  assertUnchanged,
  closeInput,
  type InputFile,
  openInput,
  reopenInput,
} from '../store/input-file.js';
import { chooseSpanEngine } from './choose-engine.js';
import { createComparer } from './compare-output.js';
import { compressTemp } from './compress-temp.js';
import { startTiming } from './cpu-time.js';
import { decodeSpan } from './decode-input.js';
import { doubtsOf } from './doubt-dialect.js';
import { sourceOfFile, spillOf, walkContext } from './file-source.js';
import {
  encodingAhead,
  guessEncodingOf,
  needsDecoding,
  readSignature,
  surveySpan,
} from './find-encoding.js';
import { makeReadable, type Readable, removeReadable, withReadable } from './make-readable.js';
import { formOf } from './output-form.js';
import { placedError } from './placed-error.js';
import { asText, readTextHeader } from './read-text.js';
import type { OnProgress } from './run-input.js';
import { breakLedger, viewLedger } from './span-ledger.js';
import { spoolInput } from './spool-input.js';
import type {
  OpenedTable,
  SpanResult,
  SpanStep,
  SpanTask,
  StepValues,
  TaskInput,
  TaskSettings,
} from './task.js';
import { writeSpan } from './write-span.js';

export async function runSpan(
  { input, step }: SpanTask,
  settings: TaskSettings,
  worker: string,
  onProgress: OnProgress,
): Promise<SpanResult> {
  const timing = startTiming(worker);
  try {
    testPoint('span-start', pointOf(input, step));
    const value = await runStep(input, step, settings, onProgress);
    testPoint('span-end', pointOf(input, step));
    return { value, error: null, ...timing() };
  } catch (error) {
    if ('ledger' in step) breakLedger(viewLedger(step.ledger));
    return { value: null, error: placedError(error, input.name), ...timing() };
  }
}

function pointOf({ name }: TaskInput, step: SpanStep): string {
  if (step.kind === 'merge') return `${name} merge ${step.request.first}`;
  if (!('span' in step) && !('work' in step)) return `${name} ${step.kind}`;
  const span = 'span' in step ? step.span : step.work.span;
  return `${name} ${step.kind} ${span.index}`;
}

/** The steps on an opened table. */
type TableStep = Extract<SpanStep, { table: OpenedTable }>;

async function openTable(
  input: TaskInput,
  settings: TaskSettings,
  { isOther, text }: Extract<SpanStep, { kind: 'open' }>,
): Promise<StepValues['open']> {
  const engine = chooseSpanEngine(settings.engine);
  if (engine === null) return null;
  const file = text === null ? openInput(input.path) : reopenInput(input.path, text.identity);
  try {
    if (text === null) {
      const ahead = encodingAhead(readSignature(sourceOfFile(file)), settings, isOther);
      if (ahead === null || needsDecoding(ahead, settings, isOther)) {
        return { needs: 'text', identity: file.identity, encoding: ahead };
      }
    }
    const readable = await makeReadable(file, input, settings, isOther, text?.encoding);
    const table = withReadable(file, readable, input, (readFile) =>
      openReadable(readFile, readable, settings),
    );
    assertUnchanged(file);
    if (table === null) removeReadable(input);
    return table === null ? null : { ...table, origin: file.identity, mode: file.mode };
  } finally {
    closeInput(file);
  }
}

/** @returns null for what must be cleaned whole. */
function openReadable(
  file: InputFile,
  { path, isRewritten, form, found, warnings, joinedRows }: Readable,
  settings: TaskSettings,
): OpenedTable | null {
  const source = sourceOfFile(file);
  const context = walkContext(settings, form);
  const header = readTextHeader(source, context);
  if (header.names.length === 0) return null;
  const plan = asText(source, context, () => planTable(header.names, context.rules, header.lead));
  if (!canSplit(plan)) return null;
  const { identity } = file;
  const doubts = [...warnings, ...doubtsOf(header, found)];
  const told = { found, warnings: doubts, joinedRows };
  return { ...form, path, isRewritten, identity, header, ...told };
}

function runStep(
  input: TaskInput,
  step: SpanStep,
  settings: TaskSettings,
  onProgress: OnProgress,
): SpanResult['value'] | Promise<SpanResult['value']> {
  switch (step.kind) {
    case 'spool':
      return spoolInput(input, settings);
    case 'compress':
      return compressTemp(input, step.mode, settings.isDurable);
    case 'open':
      return openTable(input, settings, step);
    case 'merge':
      return mergeKeys(input, settings, step);
    case 'survey':
    case 'guess':
    case 'decode':
      return runOnBytes(input, step, settings);
    default:
      return runOnTable(input, step, settings, onProgress);
  }
}

/** Of keys that spans have written. */
function mergeKeys(
  input: TaskInput,
  { engine, arenaBytes }: TaskSettings,
  { request }: Extract<SpanStep, { kind: 'merge' }>,
): number {
  const context = { budget: createMemoryBudget(arenaBytes), ...spillOf(input) };
  return chooseSpanEngine(engine)!.mergeKeys(context, request);
}

/** Steps that make text of an input in another encoding. */
async function runOnBytes(
  input: TaskInput,
  step: Extract<SpanStep, { kind: 'survey' | 'guess' | 'decode' }>,
  { dialect }: TaskSettings,
): Promise<SpanResult['value']> {
  const file = reopenInput(input.path, step.identity);
  try {
    const source = sourceOfFile(file);
    if (step.kind === 'survey') return surveySpan(source, step.span);
    if (step.kind === 'guess') return await guessEncodingOf(source, step.counts);
    const decoding = { encoding: step.encoding, errors: dialect.encodingErrors };
    await decodeSpan(source, decoding, step.span, input.decodedTemp, step.ledger);
    return null;
  } finally {
    closeInput(file);
  }
}

function runOnTable(
  input: TaskInput,
  step: TableStep,
  settings: TaskSettings,
  onProgress: OnProgress,
): SpanResult['value'] {
  const { table } = step;
  const file = reopenInput(table.path, table.identity);
  try {
    const source = sourceOfFile(file);
    const { wantsSamples } = settings;
    const walk = walkContext(settings, table);
    const context: EngineContext = { ...walk, ...spillOf(input), wantsSamples, onProgress };
    const engine = chooseSpanEngine(settings.engine)!;
    const value = asText(source, context, () =>
      workOn(engine, source, table, context, input, settings, step),
    );
    assertUnchanged(file);
    return value;
  } finally {
    closeInput(file);
  }
}

function workOn(
  engine: SpanEngine,
  source: ReturnType<typeof sourceOfFile>,
  table: OpenedTable,
  context: EngineContext,
  input: TaskInput,
  settings: TaskSettings,
  step: TableStep,
): SpanResult['value'] {
  const { header } = table;
  switch (step.kind) {
    case 'count':
      return engine.countSpan(source, step.span, context);
    case 'measure':
      return engine.measureSpan(source, header, context, step.work, step.settled, step.request);
    case 'clean':
      return cleanSpan(engine, source, table, context, input, settings, step);
  }
}

function cleanSpan(
  engine: SpanEngine,
  source: ReturnType<typeof sourceOfFile>,
  { header, found, dialect, isRewritten }: OpenedTable,
  context: EngineContext,
  input: TaskInput,
  settings: TaskSettings,
  step: Extract<SpanStep, { kind: 'clean' }>,
): SpanResult['value'] {
  const form = formOf(settings, found);
  const write = (original: ReturnType<typeof sourceOfFile> | null): SpanResult['value'] => {
    const comparer = original === null ? null : createComparer(original, dialect.recordEnd);
    return writeSpan(engine, source, header, context, input, form, step, comparer);
  };
  if (!settings.isCheck) return write(null);
  if (!isRewritten) return write(source);
  const file = openInput(input.path);
  try {
    return write(sourceOfFile(file));
  } finally {
    closeInput(file);
  }
}
