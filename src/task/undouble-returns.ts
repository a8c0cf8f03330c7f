/**
 * Lines that end in CR CR LF: a text file written as text a second time. One CR is part of no line
 * end, and would stand in the last cell of every row; here it goes, to a temporary file.
 */
import { CR, LF } from '../csv/dialect.js';
import { type ByteSource, piecesOf } from '../engine/byte-source.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from '../store/output-file.js';

const ROOM_BYTES = 1 << 18;

/** Whether every line of the first bytes, and two at least, ends so. */
export function hasDoubledReturns(head: Uint8Array): boolean {
  let lines = 0;
  for (let at = head.indexOf(LF); at >= 0; at = head.indexOf(LF, at + 1)) {
    if (at < 2 || head[at - 1] !== CR || head[at - 2] !== CR) return false;
    lines++;
  }
  return lines > 1;
}

/** Writes `source` to `path`, each CR CR LF as LF. */
export function undoubleReturns(source: ByteSource, path: string): void {
  const output = createOutput(path);
  // What a piece ends in, and may be cut off: CRs, two at most.
  let held = Buffer.alloc(0);
  try {
    for (const piece of piecesOf(source, ROOM_BYTES)) {
      const bytes = Buffer.concat([held, piece]);
      const end = bytes.length - trailingReturns(bytes);
      held = bytes.subarray(end);
      writeOutput(output, withoutDoubled(bytes.subarray(0, end)));
    }
    writeOutput(output, held);
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
