/**
 * A limit: Node reads and writes the same bytes on WORKERS threads, one file a thread at a time; a
 * large file is split among them. Nothing is cleaned.
 *
 *   node copy.mjs SRC OUT WORKERS
 */
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, runPool } from './thread-pool.mjs';

/** Larger files are split. */
const SPLIT_BYTES = 64e6;
const BUFFER_BYTES = 4 << 20;

await runPool(import.meta.url, planParts, copyPart);

function planParts([source, target, workers]) {
  return listFiles(source).flatMap((name) => {
    const [from, to] = [join(source, name), join(target, name)];
    const size = statSync(from).size;
    const partCount = size > SPLIT_BYTES ? Number(workers) : 1;
    // Parts of one file open it for writing in any order: none may cut it short.
    closeSync(openSync(to, 'w'));
    return Array.from({ length: partCount }, (_, part) => ({
      ...{ from, to },
      start: Math.floor((size * part) / partCount),
      end: Math.floor((size * (part + 1)) / partCount),
    }));
  });
}

let buffer;

function copyPart({ from, to, start, end }) {
  buffer ??= Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const [input, output] = [openSync(from, 'r'), openSync(to, 'r+')];
  for (let at = start; at < end; ) {
    const length = readSync(input, buffer, 0, Math.min(BUFFER_BYTES, end - at), at);
    if (length === 0) throw new Error(`${from} ended early`);
    writeSync(output, buffer, 0, length, at);
    at += length;
  }
  closeSync(input);
  closeSync(output);
}
