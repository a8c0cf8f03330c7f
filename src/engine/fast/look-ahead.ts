/** A look at the first records from some place of an input on, by the kernel; for guesses only. */
import { LONG, REQUOTE, SHORT, STRAY } from '../../kernel/record-flags.js';
import { readFully } from '../byte-source.js';
import type { RecordsSeen } from '../split/guess-start.js';
import { allocate, bytesIn, freeFrom } from './arena.js';
import type { BlockReader } from './block-reader.js';
import { indexBytes, PADDING_BYTES } from './index-block.js';

/** What a record has that is not as wide as the header, or holds quotes where none should be. */
const UNUSUAL = SHORT | LONG | STRAY | REQUOTE;
/** Some fifty usual records. */
const LOOKED_BYTES = 1 << 12;

export function lookAhead(
  reader: Pick<BlockReader, 'arena' | 'source' | 'header' | 'plan' | 'context'>,
  offsetBytes: number,
): RecordsSeen {
  const { arena, source, context } = reader;
  const bottom = arena.used;
  const address = allocate(arena, context.budget, LOOKED_BYTES + PADDING_BYTES, 'read buffers');
  const length = readFully(source, bytesIn(arena, address, LOOKED_BYTES), offsetBytes);
  const { recordCount, flagsAt } = indexBytes(reader, address, length, false);
  let others = 0;
  for (const flags of bytesIn(arena, flagsAt, recordCount)) {
    if ((flags & UNUSUAL) !== 0) others++;
  }
  freeFrom(arena, context.budget, bottom);
  return { even: recordCount - others, others };
}
