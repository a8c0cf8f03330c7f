/** Numbers with their counts, of parts in which the same ones stand again and again. */
import type { CountedNumbers, HeldNumbers } from './column-state.js';

/** A hash table of numbers, NaN where a slot is free; half of the slots stay free. */
interface NumberTable {
  readonly numbers: Float64Array;
  readonly counts: Float64Array;
  /** The upper bits of a product of 32 bits tell the slot. */
  readonly shift: number;
}

/** Its multiples are spread evenly (D. Knuth, "Sorting and Searching", 6.4). */
const SPREAD = 0x9e3779b1;

/** Each number once, in ascending order; -0 is 0. */
export function joinPairs(parts: readonly HeldNumbers[]): CountedNumbers {
  const total = parts.reduce((sum, { values }) => sum + values.length, 0);
  const bits = Math.max(1, Math.ceil(Math.log2(2 * total)));
  const table = {
    numbers: new Float64Array(2 ** bits).fill(Number.NaN),
    counts: new Float64Array(2 ** bits),
    shift: 32 - bits,
  };
  const met = new Float64Array(total);
  let size = 0;
  for (const part of parts) size = countIn(table, part, met, size);
  // Few of many: to sort is what takes long.
  const values = met.slice(0, size).sort();
  return { values, counts: countsOf(table, values) };
}

/** How many numbers there are, each as often as it was met. */
export function countOf(counts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

function wordsOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** @param met gets what is new, from `size` on. @returns how many numbers it holds then. */
function countIn(
  { numbers, counts, shift }: NumberTable,
  part: HeldNumbers,
  met: Float64Array,
  size: number,
): number {
  const { values } = part;
  const words = wordsOf(values);
  const last = numbers.length - 1;
  let next = size;
  for (let i = 0; i < values.length; i++) {
    // Adding 0 turns -0 into 0 and changes nothing else.
    const x = values[i]! + 0;
    let slot = x === 0 ? 0 : Math.imul(words[2 * i]! ^ words[2 * i + 1]!, SPREAD) >>> shift;
    let known = numbers[slot]!;
    for (; known !== x && !Number.isNaN(known); known = numbers[slot]!) slot = (slot + 1) & last;
    if (known !== x) {
      numbers[slot] = x;
      met[next++] = x;
    }
    counts[slot] = counts[slot]! + (part.counts?.[i] ?? 1);
  }
  return next;
}

/** Of numbers that are all in the table, none of them -0. */
function countsOf({ numbers, counts, shift }: NumberTable, values: Float64Array): Float64Array {
  const words = wordsOf(values);
  const last = numbers.length - 1;
  const found = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    let slot = x === 0 ? 0 : Math.imul(words[2 * i]! ^ words[2 * i + 1]!, SPREAD) >>> shift;
    while (numbers[slot] !== x) slot = (slot + 1) & last;
    found[i] = counts[slot]!;
  }
  return found;
}
