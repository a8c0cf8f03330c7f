/**
 * Opens a large input, in whatever encoding: where it is another than UTF-8, all workers guess it
 * and write it anew first.
 */
import { addCounts, NO_COUNTS } from '../encoding/survey-utf8.js';
import { planSpans, type Span } from '../engine/split/span.js';
import type { FileIdentity } from '../store/input-file.js';
import { beginDecoding } from '../task/decode-input.js';
import { needsDecoding } from '../task/find-encoding.js';
import { breakLedger, viewLedger } from '../task/span-ledger.js';
import type { FoundEncoding, StepValues, TextFound, TextNeeded } from '../task/task.js';
import { runOne, runSpans, type SplitInput } from './run-steps.js';

export type OpenedText = Exclude<StepValues['open'], TextNeeded | null>;

/** What is decoded at once, at most: it is held in memory, three times as large at worst. */
const MOST_DECODED_BYTES = 1 << 22;

/** What of the work on an input it is to decode it, and of that, to guess its encoding. */
export const DECODED_SHARE = 0.4;
const GUESSED_SHARE = 0.1;

/**
 * @param isOther it was taken for UTF-8, and is not.
 * @returns null for an input that must be cleaned whole.
 * @throws SplitEnd where it fails; CsvcleanError DIALECT: see `needsDecoding`.
 */
export async function openText(split: SplitInput, isOther: boolean): Promise<OpenedText | null> {
  const first = await open(split, isOther, null);
  if (first === null || !('needs' in first)) return first;
  const { identity } = first;
  const { spanBytes, settings } = split.context;
  const spans = planSpans(0, identity.sizeBytes, Math.min(spanBytes, MOST_DECODED_BYTES));
  const encoding = first.encoding ?? (await guess(split, identity, spans));
  if (needsDecoding(encoding, settings, isOther)) {
    await decode(split, identity, spans, encoding.encoding);
  }
  return (await open(split, isOther, { identity, encoding })) as OpenedText | null;
}

async function open(
  split: SplitInput,
  isOther: boolean,
  text: TextFound | null,
): Promise<StepValues['open']> {
  return (await runOne(split, { kind: 'open', isOther, text })) as StepValues['open'];
}

async function guess(
  split: SplitInput,
  identity: FileIdentity,
  spans: readonly Span[],
): Promise<FoundEncoding> {
  let counts = NO_COUNTS;
  const steps = spans.map((span) => ({ kind: 'survey', identity, span }) as const);
  const take = (value: unknown): null => {
    counts = addCounts(counts, value as StepValues['survey']);
    return null;
  };
  const advance = advancing(split, steps.length, 0, GUESSED_SHARE);
  await runSpans(split, steps, take, advance);
  return (await runOne(split, { kind: 'guess', identity, counts })) as FoundEncoding;
}

async function decode(
  split: SplitInput,
  identity: FileIdentity,
  spans: readonly Span[],
  encoding: string,
): Promise<void> {
  const ledger = beginDecoding(split.input.decodedTemp, spans.length);
  await runSpans(
    split,
    spans.map((span) => ({ kind: 'decode', identity, span, encoding, ledger })),
    () => null,
    advancing(split, spans.length, GUESSED_SHARE, DECODED_SHARE),
    () => breakLedger(viewLedger(ledger)),
  );
}

/** Tells how far the input has come when so many steps are done. */
function advancing({ input, context }: SplitInput, stepCount: number, from: number, to: number) {
  return (done: number): void =>
    context.onAdvance((from + ((to - from) * done) / stepCount) * input.sizeBytes);
}
