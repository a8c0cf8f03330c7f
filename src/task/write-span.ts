/**
 * Cleans one span and writes its part: held in memory until the spans before it are cleaned, since
 * only then its place is known, and whether its first record was found where it really is. From
 * then on it is written as it comes; so is what does not fit into memory.
 */
import { assert } from '../base/assert.js';
import { CsvcleanError } from '../base/error.js';
import { type MemoryBudget, reserve } from '../base/memory-budget.js';
import { createFormWriter, type OutputForm } from '../csv/output-form.js';
import type { ByteSource } from '../engine/byte-source.js';
import type { EngineContext, Reject } from '../engine/engine.js';
import type { Header } from '../engine/read-header.js';
import type { SpanCleaned, SpanEngine, SpanWork } from '../engine/split/span-engine.js';
import { type ContentMark, EMPTY_MARK } from '../store/digest.js';
import { finishOutput, type OutputFile, openPart, writeOutput } from '../store/output-file.js';
import type { Comparer } from './compare-output.js';
import { bytesHeld, clearHeld, createHeld, type HeldBytes, hold } from './held-bytes.js';
import { writeToReader } from './output-sink.js';
import { awaitPlace, knownPlace, publishPlace, type SpanPlace, viewLedger } from './span-ledger.js';
import type { CleanedPart, Difference, SpanStep, TaskInput } from './task.js';
import { createRejectLines, rejectsHeader } from './write-rejects.js';

/** What this thread holds of a part. */
const heldOutput = createHeld();
const heldRejects = createHeld();

/** What a span adds to a file. */
interface Part {
  /** Null: nothing is written. */
  readonly path: string | null;
  readonly held: HeldBytes;
  /** What the file begins with if anything is in it. */
  readonly lead: () => Uint8Array;
  file: OutputFile | null;
  /** Takes what would be written, and where; null: a file does. */
  readonly comparer: Comparer | null;
  /** What it took, in bytes. */
  comparedBytes: number;
}

/** @returns null when a span before it has failed. */
export function writeSpan(
  engine: SpanEngine,
  source: ByteSource,
  header: Header,
  context: EngineContext,
  input: TaskInput,
  form: OutputForm,
  step: Extract<SpanStep, { kind: 'clean' }>,
  comparer: Comparer | null = null,
): CleanedPart | null {
  const { budget } = context;
  const ledger = viewLedger(step.ledger);
  const { index } = step.work.span;
  const { outputTemp, rejectsTemp, pipeOut } = input;
  const output = createPart(outputTemp, heldOutput, () => NOTHING, budget, comparer);
  const rejects = createPart(rejectsTemp, heldRejects, rejectsHeader, budget, null);
  try {
    const clean = (work: SpanWork): SpanCleaned | null => {
      const placeNow = () => (work.start === null ? null : knownPlace(ledger, index));
      for (const part of [output, rejects]) begin(part);
      const writer = createFormWriter(form, index === 0, (bytes) => {
        if (pipeOut !== null) hold(heldOutput, bytes, budget);
        else add(output, placeNow()?.outputBytes ?? null, bytes, budget);
      });
      const lines = createRejectLines(input.name, (bytes) =>
        add(rejects, placeNow()?.rejectsBytes ?? null, bytes, budget),
      );
      const reject = (one: Reject): void =>
        lines.write(step.table.isRewritten ? { ...one, byteOffset: null } : one);
      const sinks = { output: writer.write, reject: rejectsTemp === null ? () => {} : reject };
      const cleaned = engine.cleanSpan(source, header, context, work, step.settled, sinks);
      lines.flush();
      if (cleaned !== null) cleaned.tally.repairs.escapedCells = writer.escapedCells();
      return cleaned;
    };
    const known = knownPlace(ledger, index);
    let cleaned =
      known === null ? ifItFits(() => clean(step.work)) : clean(startingAt(step.work, known));
    const place = awaitPlace(ledger, index);
    if (place === null) return null;
    const wasRight = cleaned?.start?.offsetBytes === place.offsetBytes;
    if (!wasRight) cleaned = clean(startingAt(step.work, place));
    assert(cleaned !== null, 'a span fails loudly where it begins');
    const { outputBytes, rejectsBytes } = place;
    const ownBytes = sizeOf(output, outputBytes);
    // What goes through a pipe goes in order: the next part after this one.
    if (pipeOut !== null) writeToReader(pipeOut, bytesHeld(heldOutput));
    publishPlace(ledger, index + 1, {
      ...cleaned.end!,
      outputBytes: outputBytes + ownBytes,
      rejectsBytes: rejectsBytes + sizeOf(rejects, rejectsBytes),
    });
    write(output, outputBytes, NOTHING);
    write(rejects, rejectsBytes, NOTHING);
    const difference = comparer && differenceIn(comparer, step, place, outputBytes + ownBytes);
    return { ...cleaned, ...marksOf(output, rejects, ownBytes), difference };
  } finally {
    closeBoth(output, rejects);
  }
}

const NOTHING = Buffer.alloc(0);

/** @param ownBytes size of the output's part, also where it is in no file. */
function marksOf(output: Part, rejects: Part, ownBytes: number) {
  const written = output.path === null ? { ...EMPTY_MARK, sizeBytes: ownBytes } : markOf(output);
  return { output: written, rejects: markOf(rejects) };
}

/** @param endBytes where the part ends in the output. */
function differenceIn(
  comparer: Comparer,
  { work, table }: Extract<SpanStep, { kind: 'clean' }>,
  place: SpanPlace,
  endBytes: number,
): Difference | null {
  const isLast = work.span.endBytes === Number.POSITIVE_INFINITY;
  if (isLast) comparer.end(endBytes);
  return comparer.describe(table.isRewritten ? undefined : place);
}

function createPart(
  path: string | null,
  held: HeldBytes,
  lead: () => Uint8Array,
  budget: MemoryBudget,
  comparer: Comparer | null,
): Part {
  clearHeld(held);
  reserve(budget, held.room.length, 'what a span writes');
  return { path, held, lead, file: null, comparer, comparedBytes: 0 };
}

/** Null when more must be held than may be: at its place, most of it is not held. */
function ifItFits<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof CsvcleanError && error.code === 'OUT_OF_MEMORY') return null;
    throw error;
  }
}

function startingAt(work: SpanWork, { offsetBytes, line }: SpanPlace): SpanWork {
  return { ...work, start: { offsetBytes, line } };
}

/** Forgets what an earlier attempt has made; what it wrote is written anew. */
function begin(part: Part): void {
  part.held.length = 0;
  if (part.file !== null) part.file.mark = EMPTY_MARK;
  part.comparer?.reset();
  part.comparedBytes = 0;
}

/** Less is held, so that it is written together. */
const LEAST_WRITTEN_BYTES = 1 << 18;

/** @param offsetBytes where the part begins in its file; null as long as nobody knows. */
function add(
  part: Part,
  offsetBytes: number | null,
  bytes: Uint8Array,
  budget: MemoryBudget,
): void {
  if (part.path === null && part.comparer === null) return;
  const isLittle = part.held.length + bytes.length < LEAST_WRITTEN_BYTES;
  if (offsetBytes === null || isLittle) hold(part.held, bytes, budget);
  else write(part, offsetBytes, bytes);
}

/** Writes what is held, and `bytes` behind it. */
function write(part: Part, offsetBytes: number, bytes: Uint8Array): void {
  const { path, held } = part;
  if (held.length + bytes.length === 0) return;
  if (part.comparer !== null) compare(part, part.comparer, offsetBytes, bytes);
  if (path === null) return;
  part.file ??= openPart(path);
  const { file } = part;
  for (const piece of [leadOf(part, offsetBytes), bytesHeld(held), bytes]) {
    if (piece.length > 0) writeOutput(file, piece, offsetBytes + file.mark.sizeBytes);
  }
  held.length = 0;
}

function compare(part: Part, comparer: Comparer, offsetBytes: number, bytes: Uint8Array): void {
  for (const piece of [bytesHeld(part.held), bytes]) {
    comparer.compare(piece, offsetBytes + part.comparedBytes);
    part.comparedBytes += piece.length;
  }
  part.held.length = 0;
}

function leadOf(part: Part, offsetBytes: number): Uint8Array {
  const isFirst = offsetBytes === 0 && markOf(part).sizeBytes === 0;
  return isFirst ? part.lead() : NOTHING;
}

/** Of what is written and what is held. */
function sizeOf(part: Part, offsetBytes: number): number {
  const { length } = part.held;
  const lead = length === 0 ? 0 : leadOf(part, offsetBytes).length;
  return markOf(part).sizeBytes + part.comparedBytes + lead + length;
}

function closeBoth(output: Part, rejects: Part): void {
  try {
    close(output);
  } finally {
    close(rejects);
  }
}

function close({ file }: Part): void {
  if (file !== null) finishOutput(file, false);
}

function markOf({ file }: Part): ContentMark {
  return file?.mark ?? EMPTY_MARK;
}
