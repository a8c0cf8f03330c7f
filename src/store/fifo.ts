/**
 * A FIFO as a stream. Opened without waiting for its writer: a call that waits could not be ended,
 * and neither could the program.
 */
import { constants } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileSystem } from './file-system.js';
import { storeError } from './store-error.js';

/** @throws CsvcleanError CANNOT_READ. */
export async function openFifo(path: string): Promise<Readable> {
  // Seldom needed, and not loaded in no time.
  const { Socket } = await import('node:net');
  try {
    const fd = fileSystem.openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return new Socket({ fd, readable: true, writable: false });
  } catch (error) {
    throw storeError('CANNOT_READ', error, path);
  }
}
