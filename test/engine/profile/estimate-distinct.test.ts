import { expect, test } from 'vitest';
import {
  createRegisters,
  ESTIMATE_ERROR,
  estimateDistinct,
  joinRegisters,
} from '../../../src/engine/profile/estimate-distinct.js';
import { registerText } from '../../../src/kernel/scalar/hash-text.js';

/** The registers of `count` texts, each different from the others. */
function registersOf(count: number, textOf: (i: number) => string, from = 0): Uint8Array {
  const registers = createRegisters();
  const bytes = new Uint8Array(100);
  const view = new DataView(bytes.buffer);
  for (let i = from; i < from + count; i++) {
    const { written } = new TextEncoder().encodeInto(textOf(i), bytes);
    registerText(registers, view, 0, written);
  }
  return registers;
}

const WAYS: readonly (readonly [string, (i: number) => string])[] = [
  ['running numbers', (i) => String(i)],
  ['codes of one length', (i) => `K${String(i * 7).padStart(12, '0')}`],
  ['texts alike but for the end', (i) => `the same long beginning of a text, ${i}`],
  ['texts alike but for the beginning', (i) => `${i} has the same long end, whatever it is`],
];

test.each(WAYS)('an estimate of %s lies within five errors', (_, textOf) => {
  for (const count of [0, 1, 100, 10_001, 40_000, 65_000, 300_000]) {
    const estimate = estimateDistinct(registersOf(count, textOf));
    expect(Math.abs(estimate - count)).toBeLessThanOrEqual(Math.ceil(5 * ESTIMATE_ERROR * count));
  }
});

test('joined registers are those of all values', () => {
  const textOf = (i: number): string => String(i);
  const joined = registersOf(30_000, textOf);
  joinRegisters(joined, registersOf(30_000, textOf, 20_000));
  expect(joined).toEqual(registersOf(50_000, textOf));
});
