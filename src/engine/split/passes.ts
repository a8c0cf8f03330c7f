/**
 * Passes over spans as a conversation: who settles a table asks something of some spans, and goes
 * on with the sum of their answers. Who runs the passes, and where, is not known here.
 */
import type { MeasureRequest, Measures } from './measures.js';

/** One pass: a request to the spans from the first to the last of these, by index. */
export interface Ask {
  readonly request: MeasureRequest;
  readonly firstSpan: number;
  readonly lastSpan: number;
}

export type Passes<Result> = Generator<Ask, Result, Measures>;

/** An answer of one kind. */
export type Answer<Kind extends Measures['kind']> = Extract<Measures, { readonly kind: Kind }>;

/** Asks at least one span, and takes the answer for what the request asks for. */
export function* askSpans<Kind extends Measures['kind']>(
  request: MeasureRequest,
  firstSpan: number,
  lastSpan: number,
): Generator<Ask, Answer<Kind>, Measures> {
  return (yield { request, firstSpan, lastSpan }) as Answer<Kind>;
}
