/** Counts one byte's occurrences, sixty-four at a time: lines, for messages. */
import { equalMask, STEP_BYTES } from './masks';

/** How many of the `length` bytes at `source` are `byte`; 64 bytes beyond them must be readable. */
export function countBytes(source: usize, length: i32, byte: i32): i32 {
  const wanted = i8x16.splat(<i8>byte);
  let count = 0;
  for (let p = 0; p < length; p += STEP_BYTES) {
    const left = length - p;
    const valid: u64 = left >= STEP_BYTES ? ~(<u64>0) : ((<u64>1) << left) - 1;
    count += <i32>popcnt(equalMask(source + p, wanted) & valid);
  }
  return count;
}
