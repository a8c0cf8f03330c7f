/**
 * Cleans one span and writes its part: held in memory until the spans before it are cleaned, since
 * only then its place is known, and whether its first record was found where it really is. From
 * then on it is written as it comes.
 */
import { assert } from '../base/assert.js';
import { reserve } from '../base/memory-budget.js';
import type { ByteSource } from '../engine/byte-source.js';
import type { EngineContext } from '../engine/engine.js';
import type { Header } from '../engine/read-header.js';
import type { SpanCleaned, SpanEngine, SpanWork } from '../engine/split/span-engine.js';
import { type ContentMark, EMPTY_MARK } from '../store/digest.js';
import { closePart, type OutputPart, openPart, writeAt } from '../store/output-file.js';
import { bytesHeld, clearHeld, createHeld, type HeldBytes, hold } from './held-bytes.js';
import { writeToReader } from './output-sink.js';
import { awaitPlace, knownPlace, publishPlace, type SpanPlace, viewLedger } from './span-ledger.js';
import type { CleanedPart, SpanStep, TaskInput } from './task.js';
import { rejectsHeader, rejectsLine } from './write-rejects.js';

/** What this thread holds of a part. */
const heldOutput = createHeld();
const heldRejects = createHeld();

/** @returns null when a span before it has failed. */
export function writeSpan(
  engine: SpanEngine,
  source: ByteSource,
  header: Header,
  context: EngineContext,
  input: TaskInput,
  step: Extract<SpanStep, { kind: 'clean' }>,
): CleanedPart | null {
  const { budget } = context;
  const ledger = viewLedger(step.ledger);
  const { index } = step.work.span;
  for (const held of [heldOutput, heldRejects]) {
    clearHeld(held);
    reserve(budget, held.room.length, 'what a span writes');
  }
  const output = input.outputTemp === null ? null : openPart(input.outputTemp);
  try {
    const clean = (work: SpanWork): SpanCleaned | null => {
      heldOutput.length = 0;
      heldRejects.length = 0;
      return engine.cleanSpan(source, header, context, work, step.settled, {
        output(bytes) {
          if (input.pipeOut !== null) hold(heldOutput, bytes, budget);
          if (output === null) return;
          const place = work.start === null ? null : knownPlace(ledger, index);
          if (place !== null) append(output, heldOutput, place.outputBytes, bytes);
          else hold(heldOutput, bytes, budget);
        },
        reject(reject) {
          if (input.rejectsTemp === null) return;
          hold(heldRejects, rejectsLine(reject, input.name), budget);
        },
      });
    };
    const known = knownPlace(ledger, index);
    let cleaned = clean(known === null ? step.work : startingAt(step.work, known));
    const place = awaitPlace(ledger, index);
    if (place === null) return null;
    if (cleaned?.start?.offsetBytes !== place.offsetBytes) {
      cleaned = clean(startingAt(step.work, place));
    }
    assert(cleaned !== null, 'a span fails loudly where it begins');
    const lead = place.rejectsBytes === 0 && heldRejects.length > 0 ? rejectsHeader() : NOTHING;
    const written = output?.mark.sizeBytes ?? 0;
    const held = heldOutput.length;
    // What goes through a pipe goes in order: the next part after this one.
    if (input.pipeOut !== null) writeToReader(input.pipeOut, bytesHeld(heldOutput));
    publishPlace(ledger, index + 1, {
      ...cleaned.end!,
      outputBytes: place.outputBytes + written + held,
      rejectsBytes: place.rejectsBytes + lead.length + heldRejects.length,
    });
    if (output !== null) append(output, heldOutput, place.outputBytes, NOTHING);
    const rejects = writeRejects(input.rejectsTemp, place.rejectsBytes, lead);
    const mark = output?.mark ?? { ...EMPTY_MARK, sizeBytes: held };
    return { ...cleaned, output: mark, rejects };
  } finally {
    if (output !== null) closePart(output);
  }
}

const NOTHING = Buffer.alloc(0);

function startingAt(work: SpanWork, { offsetBytes, line }: SpanPlace): SpanWork {
  return { ...work, start: { offsetBytes, line } };
}

/** Writes what is held, and `bytes` behind it, to a part that begins at `offsetBytes`. */
function append(part: OutputPart, held: HeldBytes, offsetBytes: number, bytes: Uint8Array): void {
  for (const piece of [bytesHeld(held), bytes]) {
    if (piece.length > 0) writeAt(part, piece, offsetBytes + part.mark.sizeBytes);
  }
  held.length = 0;
}

function writeRejects(path: string | null, offsetBytes: number, lead: Buffer): ContentMark {
  if (path === null || heldRejects.length === 0) return EMPTY_MARK;
  const part = openPart(path);
  try {
    writeAt(part, lead, offsetBytes);
    append(part, heldRejects, offsetBytes, NOTHING);
  } finally {
    closePart(part);
  }
  return part.mark;
}
