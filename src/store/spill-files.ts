/**
 * Streams that do not fit into memory, each a temporary file beside one name: `NAME.tmp` gives
 * `NAME.0.tmp`, `NAME.1.tmp`, … Whoever gives the name removes them all by it.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CsvcleanError } from '../base/error.js';
import { testPoint } from '../base/test-point.js';
import type { Spill, SpillReader, SpillWriter } from '../engine/spill.js';
import { closeInput, openInput, readInput } from './input-file.js';
import { createOutput, finishOutput, removeQuietly, writeFully } from './output-file.js';
import { storeError } from './store-error.js';

const ENDING = '.tmp';

/** @param basePath ends in `.tmp`; no file lies there. */
export function createSpillFiles(basePath: string): Spill {
  const pathOf = (stream: number): string =>
    `${basePath.slice(0, -ENDING.length)}.${stream}${ENDING}`;
  return {
    create(stream) {
      testPoint('spill', String(stream));
      // One that an earlier attempt left.
      removeQuietly(pathOf(stream));
      return createWriter(pathOf(stream));
    },
    open: (stream) => openReader(pathOf(stream)),
    drop: (stream) => void removeQuietly(pathOf(stream)),
  };
}

function createWriter(path: string): SpillWriter {
  const file = createOutput(path);
  return {
    append(bytes) {
      try {
        writeFully(file.fd!, bytes);
      } catch (error) {
        throw storeError('CANNOT_WRITE', error, path);
      }
    },
    end: () => finishOutput(file, false),
  };
}

function openReader(path: string): SpillReader {
  const file = openInput(path);
  return {
    sizeBytes: file.identity.sizeBytes,
    read(target, offsetBytes) {
      for (let done = 0; done < target.length; ) {
        const length = readInput(file, target.subarray(done), offsetBytes + done);
        if (length === 0) throw cutShort(path);
        done += length;
      }
    },
    close: () => closeInput(file),
  };
}

function cutShort(path: string): CsvcleanError {
  return new CsvcleanError('CANNOT_READ', 'a temporary file is shorter than it was written', {
    path,
    remedy: 'Let nothing else write to the output folder, and run again.',
  });
}

/** Removes all that lie beside that name. Never throws. */
export function removeSpillFiles(basePath: string): void {
  const stem = `${basename(basePath).slice(0, -ENDING.length)}.`;
  let names: string[];
  try {
    names = readdirSync(dirname(basePath));
  } catch {
    return;
  }
  for (const name of names) {
    if (name.startsWith(stem) && name !== basename(basePath)) {
      removeQuietly(join(dirname(basePath), name));
    }
  }
}
