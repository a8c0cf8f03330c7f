/** Adds to a text file that others add to as well. */
import { appendFileSync } from 'node:fs';
import { storeError } from './store-error.js';

/** @throws CsvcleanError CANNOT_WRITE. */
export function appendText(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (error) {
    throw storeError('CANNOT_WRITE', error, path);
  }
}
