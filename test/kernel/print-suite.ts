/** Compares the kernel's number printer with `String(x)`. */
import { expect } from 'vitest';
import type { Kernel } from '../../src/kernel/load-kernel.js';
import { POWER_TABLE_BYTES, writePowerTable } from '../../src/kernel/power-table.js';
import { mulberry32 } from './random.js';

const POWERS = 1024;
const TEXT = POWERS + POWER_TABLE_BYTES;

/** Prints with the kernel, once it has its table. */
export function createPrinter(kernel: Kernel): (value: number) => string {
  writePowerTable(kernel.memory.buffer, POWERS);
  const bytes = Buffer.from(kernel.memory.buffer);
  return (value) => {
    const end = kernel.exports.printNumber(value, TEXT, POWERS);
    return bytes.toString('latin1', TEXT, end);
  };
}

/** Every power of two, and what is hard about doubles. */
export const HARD_NUMBERS: readonly number[] = [
  ...Array.from({ length: 2098 }, (_, i) => 2 ** (i - 1074)),
  ...Array.from({ length: 632 }, (_, i) => Number(`1e${i - 323}`)),
  ...[0, 5e-324, 1e-323, 2.2250738585072014e-308, 1.7976931348623157e308, 2 ** 53 - 1, 2 ** 53 + 2],
  ...[
    1e21,
    1e21 - 2 ** 17,
    123456789012345680000,
    1e-7,
    9.999e-7,
    1e-6,
    0.1,
    1 / 3,
    100,
    120,
    4.35,
  ],
  ...[9007199254740994, 1e23, 8.41e21, 0.00001234, 1234.5678, 299792458],
];

/** Random doubles of every kind: bits, ratios, cents, powers. */
export function checkPrinter(print: (value: number) => string, seed: number, count: number): void {
  const random = mulberry32(seed);
  const bits = new Uint32Array(2);
  const double = new Float64Array(bits.buffer);
  const kinds: readonly (() => number)[] = [
    () => {
      bits[0] = random() * 2 ** 32;
      bits[1] = random() * 2 ** 32;
      return double[0]!;
    },
    () => random() / random(),
    () => Math.round(random() * 1e7) / 100,
    () => random() * 10 ** Math.floor(random() * 60 - 30),
    () => Math.floor(random() * 2 ** Math.floor(random() * 70)),
  ];
  for (let i = 0; i < count; i++) {
    const value = kinds[i % kinds.length]!();
    if (!Number.isFinite(value)) continue;
    const sign = i % 2 === 0 ? 1 : -1;
    const wanted = String(sign * value);
    // `expect` costs more than printing: only asked when there is something to say.
    if (print(sign * value) !== wanted) expect(print(sign * value), `value ${i}`).toBe(wanted);
  }
}
