/** The quick look at a sample, by the kernel. */

import { LOOKS_BYTES } from '../../sniff/plain-looks.js';
import { judgeLooks, type PlainWidth, stretchOf, viewLooks } from '../../sniff/plain-table.js';
import { type Arena, bytesIn, ensureRoom } from './arena.js';

/** What looks, in what is free of `arena`. Twin: `plainWidth` of `sniff/plain-table`. */
export function createPlainWidth(arena: Arena): PlainWidth {
  return (bytes, isWhole, delimiter) => {
    ensureRoom(arena, LOOKS_BYTES + bytes.length);
    const looks = arena.used;
    const source = looks + LOOKS_BYTES;
    bytesIn(arena, source, bytes.length).set(bytes);
    const { start, end, isAll } = stretchOf(bytes, isWhole);
    const { exports, memory } = arena.kernel;
    const width = exports.tallyLooks(
      source,
      bytes.length,
      start,
      end,
      isAll ? 1 : 0,
      delimiter,
      looks,
    );
    return judgeLooks(width, viewLooks(memory.buffer, looks)) ? width : 0;
  };
}
