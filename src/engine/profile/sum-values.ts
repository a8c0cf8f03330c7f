/** Sums of a column that came with all of its values, as if its table had been left. */
import { parseNumber } from '../../csv/parse-number.js';
import { registerText } from '../../kernel/scalar/hash-text.js';
import type { ManyValues, PackedValues } from './column-state.js';
import { createRegisters } from './estimate-distinct.js';
import { addCounted, createHeldRoom, finishNumbers, growNumbers } from './grow-numbers.js';
import type { ProfileLimits } from './limits.js';

/** Hashing reads words behind the last text. */
const PADDING = 16;

export function sumValues(packed: PackedValues, limits: ProfileLimits): ManyValues {
  const { counts, ends, pool } = packed;
  const registers = createRegisters();
  const bytes = Buffer.alloc(pool.length + PADDING);
  bytes.set(pool);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values: number[] = [];
  const times: number[] = [];
  let start = 0;
  ends.forEach((end, at) => {
    registerText(registers, view, start, end - start);
    const value = parseNumber(bytes.toString('utf8', start, end));
    start = end;
    if (Number.isNaN(value)) return;
    values.push(value);
    times.push(counts[at]!);
  });
  if (values.length === 0) return { registers, numbers: null };
  const numbers = growNumbers(createHeldRoom(limits));
  addCounted(numbers, Float64Array.from(values), Float64Array.from(times));
  return { registers, numbers: finishNumbers(numbers) };
}
