/** Assertions, for faults of ours only: bad input is a `CsvcleanError`, never an assertion. */

/** Throws when `condition` does not hold; `message` says what was taken for granted. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** Closes an exhaustive `switch`: the compiler refuses a case left out. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
