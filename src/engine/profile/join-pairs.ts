/** Numbers with their counts, of parts in which the same ones stand again and again. */
import { halvesOf, slotOf } from '../statistics/double-halves.js';
import type { CountedNumbers, HeldNumbers } from './column-state.js';

/** A hash table of numbers, NaN where a slot is free; half of the slots stay free. */
interface NumberTable {
  readonly numbers: Float64Array;
  readonly counts: Float64Array;
  /** See `slotOf`. */
  readonly shift: number;
}

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

/** The slot that holds the value at `index`, or the free one where it belongs. */
function slotFor(
  { numbers, shift }: NumberTable,
  values: Float64Array,
  halves: Int32Array,
  index: number,
): number {
  const x = values[index]!;
  // -0 belongs where 0 does.
  let slot = x === 0 ? 0 : slotOf(halves, index, shift);
  for (;;) {
    const known = numbers[slot]!;
    if (known === x || Number.isNaN(known)) return slot;
    slot = (slot + 1) & (numbers.length - 1);
  }
}

/** @param met gets what is new, from `size` on. @returns how many numbers it holds then. */
function countIn(table: NumberTable, part: HeldNumbers, met: Float64Array, size: number): number {
  const { numbers, counts } = table;
  const { values } = part;
  const halves = halvesOf(values);
  let next = size;
  for (let i = 0; i < values.length; i++) {
    const slot = slotFor(table, values, halves, i);
    if (Number.isNaN(numbers[slot])) {
      // Adding 0 turns -0 into 0 and changes nothing else.
      numbers[slot] = met[next++] = values[i]! + 0;
    }
    counts[slot] = counts[slot]! + (part.counts?.[i] ?? 1);
  }
  return next;
}

/** Of numbers that are all in the table. */
function countsOf(table: NumberTable, values: Float64Array): Float64Array {
  const halves = halvesOf(values);
  return values.map((_, i) => table.counts[slotFor(table, values, halves, i)]!);
}
