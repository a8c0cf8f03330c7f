/**
 * Passes, in the kernel, over the cells of a column of a block that tell nothing new: those that
 * were added to its evidence before, by their bytes or by their shapes, and dates that are written
 * plainly.
 */
import { NO_QUOTE } from '../../csv/dialect.js';
import { KEY_BYTES, SHAPE_SLOTS } from '../../kernel/key-table-layout.js';
import { MOST_WORD_BYTES, WORD_BYTES, WORD_LENGTH } from '../../kernel/known-words.js';
import type { Selection } from '../expression/vector/vectors.js';
import { bytesIn, ensureRoom, wordsIn } from './arena.js';
import { type Block, viewsOf } from './block.js';
import { cellFinder } from './find-cell.js';

/** Cells of a column that were looked at, as the kernel knows them. */
export interface PassedCells {
  /** Short ones as they stand in the input: the first `wordCount` of `MOST_WORDS`. */
  readonly words: Uint8Array;
  wordCount: number;
  /** See `kernel/key-table-layout`; all those of a shape tell the same. */
  readonly shapes: Uint8Array;
}

/** More are rarely few enough to be passed sooner than they are read. */
const MOST_WORDS = 8;
/** Room for a text whose shape is learned, and readable behind it. */
const TEXT_BYTES = 256;
const READABLE = 64;

export function createPassedCells(): PassedCells {
  const words = new Uint8Array(MOST_WORDS * WORD_BYTES);
  return { words, wordCount: 0, shapes: new Uint8Array(SHAPE_SLOTS * KEY_BYTES) };
}

export interface Passer {
  /**
   * The first place from `k` on whose cell must be looked at; or how many places there are.
   *
   * @param dates the kinds of dates that are passed, see `passCells` of the kernel.
   * @param areShapes whether shapes are.
   */
  pass(k: number, dates: number, areShapes: boolean): number;
  /** Notes the cell of a record that was looked at. */
  learnWord(record: number): void;
  /** Notes that all cells of the shape of a text tell the same. */
  learnShape(text: string): void;
  /** Keeps what was learned for the next block. */
  end(): void;
}

/** Valid until the memory grows, or something else is put behind what it holds. */
export function createPasser(
  block: Block,
  { rows, count }: Selection,
  column: number,
  passed: PassedCells,
): Passer {
  const { arena, context } = block;
  const { quote, recordEnd } = context.dialect;
  const { words, shapes } = passed;
  const shapesAt = arena.used;
  const wordsAt = shapesAt + shapes.length;
  const textAt = wordsAt + words.length;
  const rowsAt = textAt + TEXT_BYTES + READABLE;
  ensureRoom(arena, rowsAt + 4 * count - shapesAt);
  wordsIn(arena, rowsAt, count).set(rows.subarray(0, count));
  bytesIn(arena, wordsAt, words.length).set(words);
  bytesIn(arena, shapesAt, shapes.length).set(shapes);
  const { bytes } = viewsOf(block);
  const { find, at } = cellFinder(block, column);
  const { exports } = arena.kernel;
  return {
    pass: (k, dates, areShapes) =>
      exports.passCells(
        ...([block.source, block.fieldEnds, block.recordFields, block.flagsAt, column] as const),
        ...([quote === NO_QUOTE ? -1 : quote, recordEnd === 'cr' ? 1 : 0] as const),
        ...([rowsAt, k, count, wordsAt, passed.wordCount] as const),
        ...([dates, areShapes ? shapesAt : 0] as const),
      ),
    learnWord: (record) => {
      if (passed.wordCount === MOST_WORDS || !find(record)) return;
      const { start, end } = at;
      if (start === end || end - start > MOST_WORD_BYTES) return;
      const word = words.subarray(passed.wordCount++ * WORD_BYTES).subarray(0, WORD_BYTES);
      word.set(bytes.subarray(start, end));
      word[WORD_LENGTH] = end - start;
      bytesIn(arena, wordsAt, words.length).set(words);
    },
    learnShape: (text) => {
      const length = bytesIn(arena, textAt, TEXT_BYTES).write(text);
      exports.learnShape(shapesAt, textAt, length);
    },
    end: () => shapes.set(bytesIn(arena, shapesAt, shapes.length)),
  };
}
