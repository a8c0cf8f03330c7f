/** Limits that are dates: compared as precisely as they are given. */
import { expect, test } from 'vitest';
import { planSchema } from '../../../src/engine/schema/plan-schema.js';

const column = { index: 0, original: 'd', cleaned: 'd', name: 'd' };

function isWithin(text: string, rules: { readonly min?: string; readonly max?: string }): boolean {
  const [planned] = planSchema([{ column: 'd', rules }], () => column).columns;
  return planned!.checks.every(({ complaint }) => complaint(text) === null);
}

test.each([
  ['2024-01-01', { min: '2024-01-01' }, true],
  ['2023-12-31T23:59', { min: '2024-01-01' }, false],
  ['2024-12-31 23:59:59Z', { max: '2024-12-31' }, true],
  ['2025-01-01', { max: '2024-12-31' }, false],
  // A day alone begins at midnight.
  ['2024-01-01', { min: '2024-01-01T00:00' }, true],
  ['2024-01-01', { min: '2024-01-01 00:01' }, false],
  ['2024-01-01T10:00', { min: '2024-01-01T10:00:00' }, true],
  ['2024-01-01T10:00Z', { max: '2024-01-01T10:00:00' }, true],
  ['2024-01-01T10:00:00+02:00', { max: '2024-01-01T10:00:00.5' }, true],
  ['2024-01-01T10:00:00.75', { max: '2024-01-01T10:00:00.5' }, false],
  ['2024-01-01T10:00:00.75', { max: '2024-01-01T10:00:00' }, true],
] as const)('%s in %j: %s', (text, rules, wanted) => {
  expect(isWithin(text, rules)).toBe(wanted);
});
