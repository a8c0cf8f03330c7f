/** Parts of an input in another encoding: the byte ranges that spans of it become by cut rules. */
import { type CutRule, cutRuleOf } from '../encoding/cut-rule.js';
import { type ByteSource, piecesOf } from '../engine/byte-source.js';
import type { Span } from '../engine/split/span.js';

/** Whole characters; empty where none begins in the span. */
export interface Part {
  readonly startBytes: number;
  readonly endBytes: number;
}

const SEARCH_BYTES = 1 << 12;

/**
 * The part of `span`: from the first cut in it to the first behind it. The parts of all spans
 * follow each other, and are all of the input.
 */
export function cutPart(source: ByteSource, span: Span, encoding: string): Part {
  const rule = cutRuleOf(encoding);
  const { sizeBytes } = source;
  const spanEnd = Math.min(span.endBytes, sizeBytes);
  const start = cutFrom(source, rule, span.startBytes, spanEnd);
  if (start === null) return { startBytes: spanEnd, endBytes: spanEnd };
  const end = spanEnd === sizeBytes ? sizeBytes : cutFrom(source, rule, spanEnd, sizeBytes);
  return { startBytes: start, endBytes: end ?? sizeBytes };
}

/** The bytes of a part, in order; a piece is valid until the next. */
export function* piecesOfPart(
  source: ByteSource,
  { startBytes, endBytes }: Part,
  pieceBytes: number,
): Generator<Uint8Array> {
  if (startBytes === endBytes) return;
  let offset = startBytes;
  for (const piece of piecesOf(source, pieceBytes, startBytes)) {
    yield piece.subarray(0, endBytes - offset);
    offset += piece.length;
    if (offset >= endBytes) return;
  }
}

/** The first cut from `fromBytes` on, below `untilBytes`; null where there is none. */
function cutFrom(
  source: ByteSource,
  { unitBytes, endsCharacter }: CutRule,
  fromBytes: number,
  untilBytes: number,
): number | null {
  if (fromBytes === 0) return 0;
  // The unit that ends there, or is the first to end behind it.
  let offset = Math.ceil(fromBytes / unitBytes) * unitBytes - unitBytes;
  for (const piece of piecesOf(source, SEARCH_BYTES, offset)) {
    for (let i = 0; i + unitBytes <= piece.length; i += unitBytes) {
      const cut = offset + i + unitBytes;
      if (cut >= untilBytes) return null;
      if (endsCharacter(piece, i)) return cut;
    }
    offset += piece.length;
  }
  return null;
}
