/**
 * The most frequent of a column's different values. Looks at counts and bytes: texts are made of
 * those that are told only.
 */
import type { ValueCount } from './column-profile.js';
import type { PackedValues } from './column-state.js';
import { TOP_COUNT } from './limits.js';

/** By counts, and equal ones in the order of their texts. */
export function topValues(packed: PackedValues): readonly ValueCount[] {
  const { counts, ends, pool } = packed;
  const top: number[] = [];
  let last = -1;
  for (let value = 0; value < counts.length; value++) {
    if (top.length === TOP_COUNT && !isBefore(packed, value, last)) continue;
    const place = top.findIndex((other) => isBefore(packed, value, other));
    top.splice(place < 0 ? top.length : place, 0, value);
    if (top.length > TOP_COUNT) top.pop();
    last = top.at(-1)!;
  }
  const text = Buffer.from(pool.buffer, pool.byteOffset, pool.byteLength);
  return top.map((value) => ({
    value: text.toString('utf8', value === 0 ? 0 : ends[value - 1]!, ends[value]),
    count: counts[value]!,
  }));
}

/** UTF-8 sorts as the characters do. */
function isBefore({ counts, ends, pool }: PackedValues, a: number, b: number): boolean {
  if (counts[a] !== counts[b]) return counts[a]! > counts[b]!;
  let at = a === 0 ? 0 : ends[a - 1]!;
  let other = b === 0 ? 0 : ends[b - 1]!;
  const end = ends[a]!;
  const otherEnd = ends[b]!;
  while (at < end && other < otherEnd) {
    const difference = pool[at++]! - pool[other++]!;
    if (difference !== 0) return difference < 0;
  }
  return at === end && other < otherEnd;
}
