/** Seeded numbers and pieces of rows that the generators share: the same seed, the same bytes. */
import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Text is written in pieces of about this many characters, so memory does not grow with the file.
 */
const PIECE_LENGTH = 1 << 20;

/** Uniform numbers in [0, 1), 32 bits each: mulberry32. */
export function createRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Writes the header and as many rows as it takes to reach `fileBytes`. */
export function writeTable(path, header, fileBytes, nextRow) {
  const file = openSync(path, 'w');
  let writtenBytes = 0;
  let rowCount = 0;
  let text = header;
  while (writtenBytes < fileBytes) {
    const wantedLength = Math.min(PIECE_LENGTH, fileBytes - writtenBytes);
    while (text.length < wantedLength) {
      text += nextRow();
      rowCount += 1;
    }
    const piece = Buffer.from(text);
    writeSync(file, piece);
    writtenBytes += piece.length;
    text = '';
  }
  closeSync(file);
  return { writtenBytes, rowCount };
}
