/** Sums of a column that came with all of its values, as if its table had been left. */
import { registerText } from '../../kernel/scalar/hash-text.js';
import type { ManyValues, PackedValues } from './column-state.js';
import { createRegisters } from './estimate-distinct.js';
import { addCounted, createHeldRoom, finishNumbers, growNumbers } from './grow-numbers.js';
import type { ProfileLimits } from './limits.js';

/** Hashing reads words behind the last text. */
const PADDING = 16;

export function sumValues(packed: PackedValues, limits: ProfileLimits): ManyValues {
  const { ends, pool, numbers } = packed;
  const registers = createRegisters();
  const bytes = Buffer.alloc(pool.length + PADDING);
  bytes.set(pool);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let start = 0;
  for (const end of ends) {
    registerText(registers, view, start, end - start);
    start = end;
  }
  if (numbers === null) return { registers, numbers };
  const growing = growNumbers(createHeldRoom(limits));
  addCounted(growing, numbers);
  return { registers, numbers: finishNumbers(growing) };
}
