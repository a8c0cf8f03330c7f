/** The quick look at both ends of a file, by the kernel. */

import { END_BYTES, endsPlainly } from '../../sniff/ends-plainly.js';
import { LOOKS_BYTES } from '../../sniff/plain-looks.js';
import { judgeLooks, stretchOf, viewLooks } from '../../sniff/plain-table.js';
import type { QuickLook } from '../../sniff/quick-look.js';
import { type Arena, bytesIn, ensureRoom } from './arena.js';

/** What looks, in what is free of `arena`. Twin: `sniff/quick-look`. */
export function createQuickLook(arena: Arena): QuickLook {
  const { exports, memory } = arena.kernel;
  /** Puts the bytes behind room for the looks. @returns where. */
  const place = (bytes: Uint8Array): number => {
    ensureRoom(arena, LOOKS_BYTES + bytes.length);
    const source = arena.used + LOOKS_BYTES;
    bytesIn(arena, source, bytes.length).set(bytes);
    return source;
  };
  return {
    plainWidth(bytes, isWhole, delimiter) {
      const source = place(bytes);
      const looks = arena.used;
      const { start, end, isAll } = stretchOf(bytes, isWhole);
      const { length } = bytes;
      const flag = isAll ? 1 : 0;
      const width = exports.tallyLooks(source, length, start, end, flag, delimiter, looks);
      return judgeLooks(width, viewLooks(memory.buffer, looks)) ? width : 0;
    },
    endsPlainly(bytes, delimiter, width) {
      const last = bytes.subarray(Math.max(0, bytes.length - END_BYTES));
      const isPlain = exports.endsInDigitRows(place(last), last.length, delimiter, width) !== 0;
      return isPlain || endsPlainly(bytes, delimiter, width);
    },
  };
}
