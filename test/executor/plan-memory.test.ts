import { expect, test } from 'vitest';
import {
  DEFAULT_MAX_MEMORY_BYTES,
  MIN_MAX_MEMORY_BYTES,
  planMemory,
} from '../../src/executor/plan-memory.js';

const MIB = 2 ** 20;

test('planMemory gives half to the heap and half to the arena', () => {
  expect(planMemory(512 * MIB)).toEqual({ heapMiB: 256, arenaBytes: 256 * MIB });
  expect(planMemory(DEFAULT_MAX_MEMORY_BYTES)).toEqual({ heapMiB: 1024, arenaBytes: 1024 * MIB });
});

test('planMemory keeps both within what was given, when that is no whole number of MiB', () => {
  const given = 300 * MIB + 12_345;
  const { heapMiB, arenaBytes } = planMemory(given);
  expect(heapMiB * MIB + arenaBytes).toBeLessThanOrEqual(given);
  expect(Number.isInteger(arenaBytes)).toBe(true);
});

test('planMemory leaves Node room to start, when the least is given', () => {
  expect(planMemory(MIN_MAX_MEMORY_BYTES).heapMiB).toBeGreaterThanOrEqual(32);
  expect(planMemory(1).heapMiB).toBe(32);
});
