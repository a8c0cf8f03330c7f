/**
 * Passes over spans as a conversation: who settles a table asks something of some spans, and goes
 * on with their answers in the order of the spans. Who runs the passes, and where, is not known
 * here.
 */
import type { MeasureRequest, Measures } from './measures.js';

/** One pass: a request to the spans from the first to the last of these, by index. */
export interface Ask {
  readonly request: MeasureRequest;
  readonly firstSpan: number;
  readonly lastSpan: number;
}

export type Passes<Result> = Generator<Ask, Result, readonly Measures[]>;

/** The answers of one kind, in the order of the spans. */
export type Answers<Kind extends Measures['kind']> = readonly Extract<
  Measures,
  { readonly kind: Kind }
>[];

/** Asks spans, and takes their answers for what the request asks for. */
export function* askSpans<Kind extends Measures['kind']>(
  request: MeasureRequest,
  firstSpan: number,
  lastSpan: number,
): Generator<Ask, Answers<Kind>, readonly Measures[]> {
  if (lastSpan < firstSpan) return [];
  return (yield { request, firstSpan, lastSpan }) as Answers<Kind>;
}
