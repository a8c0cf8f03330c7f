/** The compiled kernels as they are shipped. Knows where they lie, not what they do. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { storeError } from './store-error.js';

/** Beside the compiled sources; the same from `src/` and from `dist/`. */
const FOLDER = new URL('../../dist/kernel/', import.meta.url);

/** @throws CsvcleanError CANNOT_READ. */
export function readKernelFile(): Uint8Array {
  return readShipped('kernel.wasm');
}

/** What only profiles need. @throws CsvcleanError CANNOT_READ. */
export function readProfilerFile(): Uint8Array {
  return readShipped('profiler.wasm');
}

function readShipped(name: string): Uint8Array {
  const path = fileURLToPath(new URL(name, FOLDER));
  try {
    return readFileSync(path);
  } catch (error) {
    throw storeError('CANNOT_READ', error, path);
  }
}
