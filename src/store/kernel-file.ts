/** The compiled kernel as it is shipped. Knows where it lies, not what it does. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { storeError } from './store-error.js';

/** Beside the compiled sources; the same from `src/` and from `dist/`. */
const KERNEL = fileURLToPath(new URL('../../dist/kernel/kernel.wasm', import.meta.url));

/** @throws CsvcleanError CANNOT_READ. */
export function readKernelFile(): Uint8Array {
  try {
    return readFileSync(KERNEL);
  } catch (error) {
    throw storeError('CANNOT_READ', error, KERNEL);
  }
}
