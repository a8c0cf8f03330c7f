/** Errors as they are told: plain data under the name the user knows the input by. */
import { type PlainError, toPlainError } from '../base/error.js';

/** The error under the input's name, whatever temporary file it arose at. */
export function placedError(error: unknown, inputName: string): PlainError {
  const plain = isOutOfBuffers(error)
    ? {
        code: 'OUT_OF_MEMORY' as const,
        message: 'cleaning it needs more memory than there is',
        remedy: 'Use fewer workers, or a machine with more memory.',
      }
    : toPlainError(error);
  return { ...plain, path: inputName };
}

/** What V8 throws when a buffer or string cannot be made. */
function isOutOfBuffers(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /allocation failed|invalid (string|.*array) length/i.test(error.message)
  );
}
