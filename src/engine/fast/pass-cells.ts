/**
 * Passes, in the kernel, over the cells of a column of a block that tell nothing new: those that
 * were added to its evidence before, by their bytes, and dates that are written plainly.
 */
import { NO_QUOTE } from '../../csv/dialect.js';
import { MOST_WORD_BYTES, WORD_BYTES, WORD_LENGTH } from '../../kernel/known-words.js';
import type { Selection } from '../expression/vector/vectors.js';
import { bytesIn, ensureRoom, wordsIn } from './arena.js';
import { type Block, viewsOf } from './block.js';
import { cellFinder } from './find-cell.js';

/** Short cells of a column that were looked at, as they stand in the input. */
export interface KnownWords {
  /** The first `count` of `MOST_WORDS`, as the kernel reads them. */
  readonly bytes: Uint8Array;
  count: number;
}

/** More are rarely few enough to be passed sooner than they are read. */
const MOST_WORDS = 8;

export function createKnownWords(): KnownWords {
  return { bytes: new Uint8Array(MOST_WORDS * WORD_BYTES), count: 0 };
}

export interface Passer {
  /** The first place from `k` on whose cell must be looked at; or how many places there are. */
  pass(k: number, dates: number): number;
  /** Notes the cell of a record that was looked at. */
  learn(record: number): void;
}

/** Valid until the memory grows, or something else is put behind what it holds. */
export function createPasser(
  block: Block,
  { rows, count }: Selection,
  column: number,
  words: KnownWords,
): Passer {
  const { arena, context } = block;
  const { quote, recordEnd } = context.dialect;
  ensureRoom(arena, 4 * count + words.bytes.length);
  const rowsAt = arena.used;
  const wordsAt = rowsAt + 4 * count;
  wordsIn(arena, rowsAt, count).set(rows.subarray(0, count));
  bytesIn(arena, wordsAt, words.bytes.length).set(words.bytes);
  const { bytes } = viewsOf(block);
  const { find, at } = cellFinder(block, column);
  const { passCells } = arena.kernel.exports;
  return {
    pass: (k, dates) =>
      passCells(
        ...([block.source, block.fieldEnds, block.recordFields, block.flagsAt, column] as const),
        ...([quote === NO_QUOTE ? -1 : quote, recordEnd === 'cr' ? 1 : 0] as const),
        ...([rowsAt, k, count, wordsAt, words.count, dates] as const),
      ),
    learn: (record) => {
      if (words.count === MOST_WORDS || !find(record)) return;
      const { start, end } = at;
      if (start === end || end - start > MOST_WORD_BYTES) return;
      const word = words.bytes.subarray(words.count++ * WORD_BYTES).subarray(0, WORD_BYTES);
      word.set(bytes.subarray(start, end));
      word[WORD_LENGTH] = end - start;
      bytesIn(arena, wordsAt, words.bytes.length).set(words.bytes);
    },
  };
}
