/**
 * Lines that end in CR CR LF: a text file written as text a second time. One CR is part of no line
 * end, and would stand in the last cell of every row; here it goes, to a temporary file.
 */
import { CR, LF } from '../csv/dialect.js';
import { type ByteSource, readFully } from '../engine/byte-source.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';

/** The first lines tell. */
const LOOKED_AT_BYTES = 1 << 12;
const ROOM_BYTES = 1 << 18;

/** Whether every line of the first ones, and two at least, ends so. */
export function hasDoubledReturns(source: ByteSource): boolean {
  const head = new Uint8Array(Math.min(LOOKED_AT_BYTES, source.sizeBytes));
  const { length } = head.subarray(0, readFully(source, head, 0));
  let lines = 0;
  for (let at = head.indexOf(LF); at >= 0 && at < length; at = head.indexOf(LF, at + 1)) {
    if (at < 2 || head[at - 1] !== CR || head[at - 2] !== CR) return false;
    lines++;
  }
  return lines > 1;
}

/** Writes `source` to `path`, each CR CR LF as LF. */
export function undoubleReturns(source: ByteSource, path: string): void {
  const output = createOutput(path);
  const room = Buffer.alloc(ROOM_BYTES);
  let held = 0;
  try {
    for (let offset = 0; ; ) {
      const read = readFully(source, room.subarray(held), offset);
      offset += read;
      const length = held + read;
      const isLast = length < room.length;
      // What may be cut off comes again with the next piece.
      held = isLast ? 0 : trailingReturns(room);
      writeOutput(output, withoutDoubled(room.subarray(0, length - held)));
      if (isLast) break;
      room.copyWithin(0, length - held, length);
    }
    finishOutput(output, false);
  } catch (error) {
    discardOutput(output);
    throw error;
  }
}

/** How many CRs stand at the end, two at most. */
function trailingReturns(bytes: Uint8Array): number {
  if (bytes.at(-1) !== CR) return 0;
  return bytes.at(-2) === CR ? 2 : 1;
}

function withoutDoubled(bytes: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (const byte of bytes) {
    if (byte === LF && length > 1 && kept[length - 1] === CR && kept[length - 2] === CR)
      length -= 2;
    kept[length++] = byte;
  }
  return kept.subarray(0, length);
}
