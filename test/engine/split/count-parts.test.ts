/** How keys are divided, and which parts are merged together. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countParts, groupParts } from '../../../src/engine/split/count-parts.js';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

test('parts are as many as the input asks for, within bounds', () => {
  expect(countParts(1, GIB)).toBe(64);
  expect(countParts(2 * GIB, GIB)).toBe(128);
  expect(countParts(2 * GIB, 128 * MIB)).toBe(512);
  expect(countParts(1e15, GIB)).toBe(4096);
});

test('neighbours are merged together up to 32 MiB, or a sixteenth of the memory', () => {
  const parts = new Float64Array(128).fill(16 * MIB);
  expect(groupParts(parts, GIB)).toHaveLength(64);
  expect(groupParts(parts, 256 * MIB)).toHaveLength(128);
});

test('few keys are shared among sixteen merges, so that all workers have some', () => {
  expect(groupParts(new Float64Array(64).fill(10), GIB)).toHaveLength(16);
});

test('without keys there is nothing to merge', () => {
  expect(groupParts(new Float64Array(64), GIB)).toEqual([]);
});

test('each part that holds something is in one group, and none is too large but for one part', () => {
  const sizes = fc.array(fc.oneof(fc.constant(0), fc.nat(1000)), { minLength: 1, maxLength: 90 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 16, max: 100_000 }), (list, memoryBytes) => {
      const partBytes = Float64Array.from(list);
      const groups = groupParts(partBytes, memoryBytes);
      const held = groups.flatMap(({ first, end }) => list.slice(first, end));
      expect(held.filter((bytes) => bytes > 0)).toEqual(list.filter((bytes) => bytes > 0));
      for (const { first, end } of groups) {
        const filled = list.slice(first, end).filter((bytes) => bytes > 0);
        const bytes = filled.reduce((sum, one) => sum + one, 0);
        expect(filled.length > 0).toBe(true);
        expect(bytes <= memoryBytes / 16 || filled.length === 1).toBe(true);
      }
    }),
  );
});
