/**
 * Counts the buffers one task holds, because V8's heap limit does not: what would exceed the budget
 * is refused with a clear error instead of a killed process.
 */
import { CsvcleanError } from './error.js';

/** What is reserved now, and the most that may be, in bytes. */
export interface MemoryBudget {
  readonly limitBytes: number;
  reservedBytes: number;
}

export function createMemoryBudget(limitBytes: number): MemoryBudget {
  return { limitBytes, reservedBytes: 0 };
}

/**
 * Takes `bytes` from the budget for `purpose` ("the values of column fare").
 * @throws CsvcleanError OUT_OF_MEMORY when the budget does not hold them.
 */
export function reserve(budget: MemoryBudget, bytes: number, purpose: string): void {
  if (budget.reservedBytes + bytes > budget.limitBytes) {
    throw new CsvcleanError(
      'OUT_OF_MEMORY',
      `${purpose} need more than the ${budget.limitBytes} bytes that one worker may hold`,
      { remedy: 'Raise --max-memory, or use fewer workers.' },
    );
  }
  budget.reservedBytes += bytes;
}

/** Gives `bytes` back. */
export function release(budget: MemoryBudget, bytes: number): void {
  budget.reservedBytes -= bytes;
}
