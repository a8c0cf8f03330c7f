/** On which lines records start: the obviously right twin of `kernel/assembly/list-lines.ts`. */

/** How many of the bytes before each start are line ends. */
export function linesBefore(
  bytes: Uint8Array,
  starts: readonly number[],
  lineEnd: number,
): readonly number[] {
  return starts.map((start) => bytes.subarray(0, start).filter((byte) => byte === lineEnd).length);
}
